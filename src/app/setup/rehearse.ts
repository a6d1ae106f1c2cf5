import { parseAclFile } from '../../core/mosquitto/acl-file.ts';
import { SETUP_NAMES } from '../../core/mosquitto/setup/conf.ts';
import { keptUsers, planBrokerFiles, type SetupWish } from '../../core/mosquitto/setup/plan.ts';
import { setupUsers } from '../../core/mosquitto/setup/users.ts';
import { judgeTrial, type TrialAnswer } from '../../core/mosquitto/trial/judge.ts';
import { trialQuestions } from '../../core/mosquitto/trial/question.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { MosquittoProgram } from '../../io/broker-setup/mosquitto-program.ts';
import { type StartFailure, startRehearsal } from '../../io/broker-setup/rehearsal-broker.ts';
import type { Clock } from '../../io/clock.ts';
import { type LinkOptions, parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../io/rights-trial/try-rights.ts';

/** What a rehearsal showed. */
export interface Rehearsal {
  readonly answers: readonly TrialAnswer[];
  /** Who could not log in, and why. */
  readonly refused: readonly { readonly user: string | null; readonly why: string }[];
  /** Users whose own password was not tried: only its hash is known, and another one stood in. */
  readonly untried: readonly string[];
  /** Whether a login over TLS was tried, with the authority of the set-up. */
  readonly isTlsTried: boolean;
}

export interface RehearsalSetup {
  readonly wish: SetupWish;
  readonly program: MosquittoProgram;
  /** The certificates by their names in the folder; empty where nothing is encrypted. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
  readonly hash: (password: string) => string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

const STAND_IN = 'stand-in';

/**
 * Runs the broker's own program with the files of a set-up on a loopback port, logs every user in, and tries every topic of
 * the house both ways. Nothing but a temporary folder is written, and that goes. Fails where the broker does not start.
 */
export async function rehearse(setup: RehearsalSetup): Promise<Result<Rehearsal, StartFailure>> {
  const { wish, clock } = setup;
  const untried = keptUsers(wish);
  const passwords = new Map([...untried.map(user => [user, STAND_IN] as const), ...wish.passwords]);
  let acl = '';
  const started = await startRehearsal({
    program: setup.program.path,
    ports: wish.listeners.length,
    conf: SETUP_NAMES.conf,
    clock,
    filesFor: ({ folder, ports }) => {
      const listeners = wish.listeners.map((listener, index) => ({
        ...{ ...listener, bind: '127.0.0.1', port: ports[index] ?? 0 },
      }));
      const staged = { ...wish, passwords, listeners, brokerFolder: folder };
      const planned = planBrokerFiles(staged, new Uint8Array(), setup.hash);
      const files = planned.ok ? planned.value : [];
      acl = new TextDecoder().decode(files.find(({ name }) => name === SETUP_NAMES.acl)?.content);
      return new Map([...files.map(({ name, content }) => [name, content] as const), ...setup.certificates]);
    },
  });
  if (!started.ok) return fail(started.error);
  const broker = started.value;
  try {
    return ok({ ...(await tryAll(setup, broker, passwords, acl)), untried });
  } finally {
    await broker.close();
  }
}

type Tried = Omit<Rehearsal, 'untried'>;

async function tryAll(
  setup: RehearsalSetup,
  { folder, ports }: { readonly folder: string; readonly ports: readonly number[] },
  passwords: ReadonlyMap<string, string>,
  acl: string,
): Promise<Tried> {
  const { wish, clock, random, program } = setup;
  const { house, listeners } = wish;
  const users = setupUsers(house, wish.roles).map(({ name }) => name);
  const encrypted = listeners.findIndex(({ isEncrypted }) => isEncrypted);
  const linkOf = (user: string, index: number): LinkOptions => {
    // The first user comes in by the encrypted way, where there is one; what he may is asked on the way.
    const isEncrypted = encrypted >= 0 && (index === 0 || listeners.length === 1);
    const port = ports[isEncrypted ? encrypted : listeners.findIndex(listener => !listener.isEncrypted)] ?? 0;
    const tls = isEncrypted ? { cafile: `${folder}/${SETUP_NAMES.ca}` } : {};
    const password = passwords.get(user) ?? '';
    const link = parseConnectionOptions({ host: '127.0.0.1', port, user, password, ...tls }, random);
    if (!link.ok) throw new Error(link.error.map(({ message }) => message).join('; '));
    return link.value;
  };
  const logins = users.map(linkOf);
  const topics = [...house.routes.keys()];
  const writes = users.flatMap(user => topics.map(topic => ({ user, topic })));
  const seen = await tryRights({ logins, topics, writes, payload: 'rehearsal', listenMs: 0, clock });
  const clients = logins.map(({ session }) => ({ user: session.user, clientId: session.clientId }));
  const questions = trialQuestions(parseAclFile(acl, SETUP_NAMES.acl), clients, topics, program.version);
  return { answers: judgeTrial(questions, seen), refused: seen.absent, isTlsTried: encrypted >= 0 };
}
