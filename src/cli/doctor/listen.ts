import { logSource } from '../../app/log-source.ts';
import { openSession, type Source } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import type { Check } from '../../core/doctor/check.ts';
import { aclOfListener } from '../../core/doctor/files.ts';
import { examineHouse } from '../../core/doctor/house.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { examineRights } from '../../core/doctor/rights.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { type House, readTopics } from '../../core/house/house.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import { planProbe } from '../../core/mosquitto/acl-probe.ts';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';
import type { Clock } from '../../io/clock.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../io/rights-trial/try-rights.ts';
import { closeSoon } from '../link/wait-for-state.ts';
import { listenerOf } from './live.ts';

/** What is listened to. */
export interface ListenInput {
  /** Those that the broker lets in; at least one. */
  readonly accepted: readonly LinkOptions[];
  readonly house: House;
  readonly installation: Installation;
  readonly isItsFiles: boolean;
  readonly log: string | null;
  readonly listenMs: number;
  /** When the examination began, ms: what was denied since may be ours. */
  readonly startedAt: number;
  readonly version: BrokerVersion | null;
  readonly stopped: AbortSignal;
  readonly world: World;
}

/** Listens to the house for a while with every login: what comes, and to whom. */
export async function examineByListening(input: ListenInput): Promise<readonly Check[]> {
  const { accepted, house, installation, isItsFiles, log, listenMs, world } = input;
  const [first] = accepted;
  if (first === undefined) return [];
  const listener = isItsFiles ? listenerOf(installation, first.session.port) : null;
  const listed = listener === null ? null : aclOfListener(installation, listener.acls);
  const acl = listed ?? (installation.conf === null ? (installation.acls[0] ?? null) : null);
  const topics = readTopics(house);
  // Each login has a client of its own beside the one that the session listens with.
  const trial = { logins: accepted, topics, writes: [], payload: '', listenMs, clock: world.clock };
  const [state, seen] = await Promise.all([listen(input, widest(accepted, acl), acl), tryRights(trial)]);
  const clients = accepted.map(({ session }) => session);
  const rights = acl === null ? [] : examineRights({ acl, clients, topics, seen, version: input.version, listenMs });
  return [...examineHouse(state, { acl, hasLog: log !== null, startedAt: input.startedAt }), ...rights];
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
  const clientId = `${login.session.clientId}-h`;
  const connection = { ...login, session: { ...login.session, clientId } };
  const session = openSession({ connection, house, clock, random, sources });
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
