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
const STORED = '$SYS/broker/messages/stored';
const RETAINED = '$SYS/broker/retained messages/count';
const DROPPED = '$SYS/broker/publish/messages/dropped';

/** What is to be listened to. */
export const SYS_TOPICS: readonly string[] = [HEARTBEAT, AWAY, STORED, RETAINED, DROPPED];

/** The figures out of what was last told on each topic. */
export function sysFigures(told: ReadonlyMap<string, string>): SysFigures {
  const [away, stored, retained, dropped] = [AWAY, STORED, RETAINED, DROPPED].map(topic => countOf(told.get(topic)));
  const held = stored == null || retained == null ? null : Math.max(0, stored - retained);
  return { away: away ?? null, held, dropped: dropped ?? null };
}

/** mosquitto 2.1.2 says 4294967295 for a moment where it means -1. */
function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return null;
  const count = Number(text);
  return count < 2 ** 31 ? count : null;
}
