import { openSession, type Source } from '../../app/session.ts';
import { logSource } from '../../app/sources/log-source.ts';
import type { World } from '../../app/world.ts';
import { type Check, unexamined } from '../../core/doctor/check.ts';
import type { LoggedClients } from '../../core/doctor/clients/log-clients.ts';
import { HEARTBEAT, type SysRead } from '../../core/doctor/clients/sys-figures.ts';
import { aclOfListener } from '../../core/doctor/files.ts';
import { examineHouse } from '../../core/doctor/house.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { examineRights, WRITING } from '../../core/doctor/rights.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { type House, readTopics } from '../../core/house/house.ts';
import { checkAccess } from '../../core/mosquitto/acl-check.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import { planProbe } from '../../core/mosquitto/acl-probe.ts';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';
import { listenerName } from '../../core/mosquitto/conf/listeners.ts';
import type { Clock } from '../../io/clock.ts';
import { readSys } from '../../io/examine/read-sys.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../io/rights-trial/try-rights.ts';
import { closeSoon } from '../link/wait-for-state.ts';
import { readSeals } from '../settings/read-seals.ts';
import { listenerOf, otherListeners } from './live.ts';
import { onListener } from './on-listener.ts';

/** What is listened to. */
export interface ListenInput {
  /** Those that the broker lets in; at least one. */
  readonly accepted: readonly LinkOptions[];
  readonly house: House;
  readonly installation: Installation;
  readonly isItsFiles: boolean;
  readonly log: string | null;
  /** What it told before; `null` where it could not be read. */
  readonly logged: LoggedClients | null;
  readonly listenMs: number;
  /** When the examination began, ms: what was denied since may be ours. */
  readonly startedAt: number;
  readonly version: BrokerVersion | null;
  readonly stopped: AbortSignal;
  readonly world: World;
}

/** What was heard. */
export interface Heard {
  readonly checks: readonly Check[];
  readonly sys: SysRead;
}

/** Listens to the house for a while with every login, on each listener: what comes, and to whom. */
export async function examineByListening(input: ListenInput): Promise<Heard> {
  const { accepted, house, installation, isItsFiles, listenMs, world } = input;
  const [first] = accepted;
  if (first === undefined) return { checks: [], sys: NOBODY };
  const listener = isItsFiles ? listenerOf(installation, first.session.port) : null;
  const listed = listener === null ? null : aclOfListener(installation, listener.acls);
  const acl = listed ?? (installation.conf === null ? (installation.acls[0] ?? null) : null);
  const topics = readTopics(house);
  const others = isItsFiles ? otherStages(input, first.session.port) : [];
  const named = listener === null || others.length === 0 ? null : listenerName(listener);
  // Each login has a client of its own beside the one that the session listens with.
  const stages: readonly Stage[] = [...(acl === null ? [] : [{ acl, logins: accepted, where: named }]), ...others];
  const reader = readerOfSys(accepted, acl);
  const [state, sys, ...rights] = await Promise.all([
    listen(input, widest(accepted, acl), acl),
    readSys(withId(reader, 's'), listenMs, world.clock),
    ...stages.map(stage => tryStage(stage, topics, input)),
  ]);
  const { logged, startedAt } = input;
  const aclChangedAt = installation.changedAt.get(acl?.file ?? '') ?? null;
  const tried = stages.length === 0 ? [] : [...rights.flat(), WRITING];
  return { checks: [...examineHouse(state, { acl, aclChangedAt, logged, startedAt }), ...tried], sys };
}

const NOBODY: SysRead = {
  kind: 'mute',
  why: 'only $SYS tells of them, and nobody was let in who could read it',
  cure: 'Name a login that may read $SYS/#: --login master=FILE',
};

/** A listener with its rights, and who logs in there; or why nobody can. */
type Stage = {
  readonly acl: AclFile;
  readonly where: string | null;
} & ({ readonly logins: readonly LinkOptions[] } | { readonly why: string });

/** The other listeners of this broker that have rights of a file. */
function otherStages({ accepted, installation, world }: ListenInput, port: number): readonly Stage[] {
  return otherListeners(installation, port).flatMap((listener): readonly Stage[] => {
    const acl = aclOfListener(installation, listener.acls);
    if (acl === null) return [];
    const where = listenerName(listener);
    if (listener.isMounted) return [{ acl, where, why: 'its topics have other names there (mount_point)' }];
    const logins = accepted.map(login => onListener(login, listener, world.cwd));
    const refused = logins.find(login => !login.ok);
    if (refused?.ok === false) return [{ acl, where, why: refused.error }];
    return [{ acl, where, logins: logins.flatMap(login => (login.ok ? [login.value] : [])) }];
  });
}

async function tryStage(
  stage: Stage,
  topics: readonly string[],
  { listenMs, version, world }: ListenInput,
): Promise<readonly Check[]> {
  const { acl, where } = stage;
  if ('why' in stage) return [unexamined('rights', `reading, on ${where}`, stage.why, null)];
  const { logins } = stage;
  const seen = await tryRights({ logins, topics, writes: [], payload: '', listenMs, clock: world.clock });
  const clients = logins.map(({ session }) => session);
  return examineRights({ acl, clients, topics, seen, version, where, listenMs });
}

/** Who may read what the broker tells of itself, by the file of rights; where that is not known, whoever is widest. */
function readerOfSys(accepted: readonly LinkOptions[], acl: AclFile | null): LinkOptions {
  const mayRead = ({ session: { user, clientId } }: LinkOptions): boolean =>
    acl !== null && checkAccess(acl, { user, clientId, access: 'read', topic: HEARTBEAT }).allowed;
  return accepted.find(mayRead) ?? widest(accepted, acl);
}

/** The same login under another client identifier: two with one throw each other out. */
function withId(login: LinkOptions, end: string): LinkOptions {
  const clientId = `${login.session.clientId}-${end}`;
  return { ...login, session: { ...login.session, clientId } };
}

/** Who may write everything mostly reads everything too: with that login all is heard. */
function widest(accepted: readonly LinkOptions[], acl: AclFile | null): LinkOptions {
  const [first] = accepted as readonly [LinkOptions];
  if (acl === null) return first;
  return accepted.find(({ session }) => planProbe(acl, session, 'x').kind === 'may-write-all') ?? first;
}

/** The rights as they were read: what is wrong with the file is told with the files. */
function known(acl: AclFile, clock: Clock): Source {
  return emit => {
    emit({ type: 'acl-read', at: clock.now(), acl });
    return { close: () => {} };
  };
}

/** The house as it is after a while of listening. */
async function listen(
  { house, log, listenMs, stopped, world }: ListenInput,
  login: LinkOptions,
  acl: AclFile | null,
): Promise<HomeState> {
  const { clock, random } = world;
  const sources = [...(acl === null ? [] : [known(acl, clock)]), ...(log === null ? [] : [logSource(log, clock)])];
  const connection = withId(login, 'h');
  const read = (await readSeals(house, login, world)).now();
  // An examination leaves nothing behind.
  const seals = { now: () => (read === null ? null : { ...read, marks: null }) };
  const session = openSession({ connection, house, seals, clock, random, sources });
  try {
    await new Promise<void>(resolve => {
      clock.after(listenMs, resolve);
      stopped.addEventListener('abort', () => resolve(), { once: true });
    });
    session.store.dispatch({ type: 'ticked', at: clock.now() });
    return session.store.getState();
  } finally {
    await closeSoon(session, clock);
  }
}
