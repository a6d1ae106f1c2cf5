import { parseAclFile } from '../../core/mosquitto/acl-file.ts';
import { findSetting } from '../../core/mosquitto/broker-conf.ts';
import { SETUP_NAMES } from '../../core/mosquitto/setup/conf.ts';
import { keptUsers, planBrokerFiles, type SetupWish } from '../../core/mosquitto/setup/plan.ts';
import {
  filesNamedIn,
  listenersIn,
  type OtherConf,
  STAGED_MAIN,
  stageConf,
} from '../../core/mosquitto/setup/staged-conf.ts';
import { setupUsers } from '../../core/mosquitto/setup/users.ts';
import { judgeTrial, type TrialAnswer } from '../../core/mosquitto/trial/judge.ts';
import { trialQuestions } from '../../core/mosquitto/trial/question.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { readCopies } from '../../io/broker-files/read-copies.ts';
import type { MosquittoProgram } from '../../io/broker-setup/mosquitto-program.ts';
import { type Stage, type StartFailure, startRehearsal } from '../../io/broker-setup/rehearsal-broker.ts';
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
  /** What of the broker's own conf was left out or stood elsewhere, one clause each. */
  readonly leftOut: readonly string[];
}

export interface RehearsalSetup {
  readonly wish: SetupWish;
  readonly program: MosquittoProgram;
  /** The broker's own conf, which will include the fragment; `null` where the fragment is all of it. */
  readonly others: OtherConf | null;
  /** The certificates by their names in the folder; empty where nothing is encrypted. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
  readonly hash: (password: string) => string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

const STAND_IN = 'stand-in';

/**
 * Runs the broker's own program with the files of a set-up, and with the rest of its conf, on loopback ports, logs every
 * user in, and tries every topic of the house both ways. Nothing but a temporary folder is written, and that goes. Fails
 * where the broker does not start.
 */
export async function rehearse(setup: RehearsalSetup): Promise<Result<Rehearsal, StartFailure>> {
  const { wish, clock, others } = setup;
  const untried = keptUsers(wish);
  const passwords = new Map([...untried.map(user => [user, STAND_IN] as const), ...wish.passwords]);
  const listeners = wish.listeners.length;
  let acl = '';
  let staged: Staged = { files: new Map(), untried: [], realNames: new Map() };
  const started = await startRehearsal({
    program: setup.program.path,
    ports: listeners + (others === null ? 0 : listenersIn(others.conf)),
    conf: others === null ? SETUP_NAMES.conf : STAGED_MAIN,
    user: others === null ? null : (findSetting(others.conf, 'user')?.value ?? null),
    clock,
    filesFor: stage => {
      const files = plannedFiles(setup, passwords, stage);
      acl = new TextDecoder().decode(files.get(SETUP_NAMES.acl));
      if (others !== null) staged = stageOthers(others, wish, { ...stage, ports: stage.ports.slice(listeners) });
      return new Map([...staged.files, ...files, ...setup.certificates]);
    },
  });
  if (!started.ok) return fail({ ...started.error, said: withRealNames(started.error.said, staged.realNames) });
  const broker = started.value;
  try {
    return ok({ ...(await tryAll(setup, broker, passwords, acl)), untried, leftOut: staged.untried });
  } finally {
    await broker.close();
  }
}

/** The files of the set-up as they will be, but for the folder, the ports and the passwords that are not known. */
function plannedFiles(
  { wish, hash }: RehearsalSetup,
  passwords: ReadonlyMap<string, string>,
  { folder, ports }: Stage,
): ReadonlyMap<string, Uint8Array> {
  const listeners = wish.listeners.map((listener, index) => ({
    ...{ ...listener, bind: '127.0.0.1', port: ports[index] ?? 0 },
  }));
  const planned = planBrokerFiles({ ...wish, passwords, listeners, brokerFolder: folder }, new Uint8Array(), hash);
  return new Map(planned.ok ? planned.value.map(({ name, content }) => [name, content] as const) : []);
}

/** The rest of the broker's conf in the stage. */
interface Staged {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly untried: readonly string[];
  /** What the files of the stage are really called, by their paths. */
  readonly realNames: ReadonlyMap<string, string>;
}

function stageOthers(others: OtherConf, { brokerFolder }: SetupWish, { folder, ports }: Stage): Staged {
  const { contents, closed } = readCopies(filesNamedIn(others.conf));
  const fragmentFolder = SETUP_NAMES.conf.slice(0, SETUP_NAMES.conf.lastIndexOf('/'));
  const realFragmentFolder = `${brokerFolder}/${fragmentFolder}`;
  const conf = stageConf(others, { folder, ports, fragmentFolder, realFragmentFolder, closed });
  const encoder = new TextEncoder();
  const copied = [...conf.copies].flatMap(([path, name]): readonly (readonly [string, Uint8Array])[] => {
    const content = contents.get(path);
    return content === undefined ? [] : [[name, content]];
  });
  const written = [...conf.files].map(([name, text]) => [name, encoder.encode(text)] as const);
  const names = [...conf.copies, ...conf.realNames].map(([real, name]) => [`${folder}/${name}`, real] as const);
  return {
    files: new Map([...written, ...copied]),
    untried: conf.untried,
    realNames: new Map([...names, [folder, brokerFolder]]),
  };
}

/** The broker's words, with the names of the files as the person knows them. */
function withRealNames(said: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((text, [staged, real]) => text.replaceAll(staged, real), said);
}

type Tried = Omit<Rehearsal, 'untried' | 'leftOut'>;

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
