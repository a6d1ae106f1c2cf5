import type { House } from '../../core/house/house.ts';
import { type AclFile, aclUsers, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import { judgeTrial, type TrialAnswer } from '../../core/mosquitto/trial/judge.ts';
import { trialQuestions } from '../../core/mosquitto/trial/question.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { MosquittoProgram } from '../../io/broker-setup/mosquitto-program.ts';
import { type StartFailure, startRehearsal } from '../../io/broker-setup/rehearsal-broker.ts';
import type { Clock } from '../../io/clock.ts';
import { parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../io/rights-trial/try-rights.ts';

/** What a trial of an ACL file showed. */
export interface AclRehearsal {
  readonly answers: readonly TrialAnswer[];
  /** Why somebody could not be tried; `null` where all could. */
  readonly absent: string | null;
}

export interface AclRehearsalSetup {
  /** The file as it will be. */
  readonly acl: Uint8Array;
  /** The right that it is about. */
  readonly request: { readonly user: string; readonly topic: string };
  readonly house: House;
  readonly program: MosquittoProgram;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ends it: then the result is worth nothing. */
  readonly stopped: AbortSignal;
  /** The broker runs: so many users will be tried on so many topics. */
  readonly onStarted: (users: number, topics: number) => void;
}

/** More answers take too long for a person who waits: then it is the one topic that is tried. */
const MOST_ANSWERS = 2_000;

/**
 * Runs the broker's own program with an ACL file on a loopback port, and tries every user of it on the topics of the house
 * both ways. Names only count there: it takes no passwords. Fails where the broker does not start.
 */
export async function rehearseAcl(setup: AclRehearsalSetup): Promise<Result<AclRehearsal, StartFailure>> {
  const { acl: content, request, house, program, clock, random, stopped, onStarted } = setup;
  const acl = parseAclFile(new TextDecoder().decode(content), 'acl');
  const witness = `hometui-witness-${Math.floor(random() * 0x1_0000_0000).toString(16)}`;
  const users = usersOf(acl, request.user);
  const all = [...new Set([request.topic, ...house.routes.keys()])];
  const topics = all.length * users.length * 2 > MOST_ANSWERS ? [request.topic] : all;
  const started = await startRehearsal({
    ...{ program: program.path, ports: 1, conf: 'conf', user: null, clock },
    filesFor: ({ folder, ports }) =>
      new Map([
        ['acl', withWitness(content, witness)],
        ['conf', new TextEncoder().encode(confText(folder, ports[0] ?? 0))],
      ]),
  });
  if (!started.ok) return fail(started.error);
  const broker = started.value;
  const close = (): void => void broker.close();
  stopped.addEventListener('abort', close, { once: true });
  try {
    if (stopped.aborted) return ok({ answers: [], absent: null });
    onStarted(users.length, topics.length);
    const logins = [...users, witness].map(user => {
      const login = user === null ? {} : { user, password: '-' };
      const link = parseConnectionOptions({ host: '127.0.0.1', port: broker.ports[0] ?? 0, ...login }, random);
      if (!link.ok) throw new Error(link.error.map(({ message }) => message).join('; '));
      return link.value;
    });
    const writes = [...users, witness].flatMap(user => topics.map(topic => ({ user, topic })));
    const seen = await tryRights({ logins, topics, writes, payload: 'rehearsal', listenMs: 0, clock });
    const clients = logins.map(({ session }) => session).filter(({ user }) => user !== witness);
    const answers = judgeTrial(trialQuestions(acl, clients, topics, program.version), seen);
    return ok({ answers, absent: seen.absent[0]?.why ?? null });
  } finally {
    stopped.removeEventListener('abort', close);
    await broker.close();
  }
}

/** Everybody whom it names, and who is to get the right; `null` is the client without a name, where it has rules for it. */
function usersOf(acl: AclFile, user: string): readonly (string | null)[] {
  const named: readonly (string | null)[] = [...new Set([...aclUsers(acl), user])].filter(name => name !== '');
  return acl.order.anonymous.length > 0 ? [...named, null] : named;
}

/**
 * The file with a user below it who may do everything: what a witness got and another did not is denied to that one, and
 * silence alone would prove nothing.
 */
function withWitness(content: Uint8Array, witness: string): Uint8Array {
  const section = new TextEncoder().encode(`\nuser ${witness}\ntopic readwrite #\n`);
  const bytes = new Uint8Array(content.length + section.length);
  bytes.set(content);
  bytes.set(section, content.length);
  return bytes;
}

/** With no password file mosquitto lets in every name, and the rights are those of the name. */
function confText(folder: string, port: number): string {
  return [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    `acl_file ${folder}/acl`,
    'log_dest stderr',
    ...['error', 'warning', 'notice', 'information'].map(type => `log_type ${type}`),
    '',
  ].join('\n');
}
