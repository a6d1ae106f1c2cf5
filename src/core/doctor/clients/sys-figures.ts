/** What mosquitto tells of its sessions and queues below $SYS, as of one moment. */
export interface SysFigures {
  /** Sessions that are kept for clients that are away; `null` where it did not say. */
  readonly away: number | null;
  /** Messages that it holds for somebody: all that it stores, less the retained ones. */
  readonly held: number | null;
  /** Messages that it dropped since its start, because a queue was full. */
  readonly dropped: number | null;
}

/** The figures over a while; `mute` where none could be had as of then: why, one clause. */
export type SysRead =
  | { readonly kind: 'heard'; readonly first: SysFigures; readonly last: SysFigures /** ms */; readonly spanMs: number }
  | { readonly kind: 'mute'; readonly why: string; readonly cure: string };

/** Goes up with each update (mosquitto.conf(5), sys_interval): what is not told anew with it has not changed. */
export const HEARTBEAT = '$SYS/broker/uptime';
const AWAY = '$SYS/broker/clients/disconnected';
const TOTAL = '$SYS/broker/clients/total';
const CONNECTED = '$SYS/broker/clients/connected';
const STORED = '$SYS/broker/messages/stored';
const RETAINED = '$SYS/broker/retained messages/count';
const DROPPED = '$SYS/broker/publish/messages/dropped';

/** What is to be listened to. */
export const SYS_TOPICS: readonly string[] = [HEARTBEAT, AWAY, TOTAL, CONNECTED, STORED, RETAINED, DROPPED];

/**
 * The figures out of what was last told on each topic. mosquitto 2.0 lets its figures go after a minute and tells anew only
 * what has changed: who logs in changes two of them, of which the third follows.
 */
export function sysFigures(told: ReadonlyMap<string, string>): SysFigures {
  const count = (topic: string): number | null => countOf(told.get(topic));
  const away = count(AWAY) ?? difference(count(TOTAL), count(CONNECTED));
  return { away, held: difference(count(STORED), count(RETAINED)), dropped: count(DROPPED) };
}

function difference(all: number | null, some: number | null): number | null {
  return all === null || some === null ? null : Math.max(0, all - some);
}

/** mosquitto 2.1.2 says 4294967295 for a moment where it means -1. */
function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return null;
  const count = Number(text);
  return count < 2 ** 31 ? count : null;
}
