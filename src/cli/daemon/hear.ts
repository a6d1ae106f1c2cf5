import { resolve } from 'node:path';
import type { World } from '../../app/world.ts';
import { unpackState } from '../../core/daemon/packed-state.ts';
import { DIFFERENCES, type Likeness, noteLine, parseHead, questionLine } from '../../core/daemon/protocol.ts';
import { isoTime } from '../../core/format/iso-time.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import { update } from '../../core/home/update.ts';
import { type Clock, eventTimeOf } from '../../io/clock.ts';
import { askDaemonSocket } from '../../io/daemon-socket/client.ts';
import { likenessOf } from '../../io/daemon-socket/likeness.ts';
import type { SettledHouse } from '../settings/connection.ts';
import type { Answer } from './answer.ts';

/**
 * Hears from a daemon what we would hear: of the same house, broker and broker user. Freshness is judged here, from what
 * was heard when: nothing of it is frozen in the answer.
 */
export async function hearDaemon(folder: string, read: SettledHouse, world: World): Promise<Answer> {
  const like = ownLikeness(read, world, read.settings.id?.value ?? null);
  const asked = await askDaemonSocket(folder, questionLine(world.version, like), world.clock);
  if (asked.kind === 'answered') return readAnswer(asked.lines, read, world.clock);
  if (asked.kind === 'nobody') return { kind: 'none' };
  return asked.kind === 'foreign' ? unused(null, 'its socket is not ours') : ailing(null, 'it did not answer in time');
}

/** Has an event noted by the daemon that records this house, if one does. */
export async function noteEvent(folder: string, event: HistoryEvent, read: SettledHouse, world: World): Promise<void> {
  await askDaemonSocket(folder, noteLine(world.version, ownLikeness(read, world, null), event), world.clock);
}

function readAnswer([first = '', second = '']: readonly string[], read: SettledHouse, clock: Clock): Answer {
  const head = parseHead(first);
  if (head === null) return unused(null, DIFFERENCES.version);
  const { pid, differs } = head;
  const [difference] = differs;
  if (difference !== undefined) return unused(pid, DIFFERENCES[difference] ?? DIFFERENCES.version);
  const known = unpackState(parseJson(second), read.house, read.link.session, eventTimeOf(clock, 0));
  if (known === null) return unused(pid, DIFFERENCES.version);
  const { state } = update(known, { type: 'ticked', at: clock.now() });
  const { link, listeningSince } = state;
  if (link.phase !== 'connected' || listeningSince === null) return ailing(pid, 'it has no link to the broker itself');
  const { protocolVersion } = read.link;
  const wanted = protocolVersion === '311' ? '3.1.1' : protocolVersion;
  if (wanted !== 'auto' && wanted !== link.protocol) return unused(pid, 'it speaks another version of MQTT');
  return { kind: 'heard', state, daemon: { pid, listeningSince: isoTime(listeningSince) } };
}

function unused(pid: number | null, why: string): Answer {
  return { kind: 'unused', pid, why, isAtFault: false };
}

function ailing(pid: number | null, why: string): Answer {
  return { kind: 'unused', pid, why, isAtFault: true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What we are like, for comparing; `id` is the client identifier where it counts. */
export function ownLikeness({ house, link, settings }: SettledHouse, { cwd }: World, id: string | null): Likeness {
  const acl = settings.acl === undefined ? null : resolve(cwd, settings.acl.value);
  const log = settings.brokerLog?.value;
  const brokerLog = log === undefined || log === 'journal' ? (log ?? null) : resolve(cwd, log);
  return likenessOf(house, link, { acl, brokerLog }, id);
}
