import type { LogSource } from '../../core/home/state/broker.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import { parseLogLine } from '../../core/mosquitto/log/log-line.ts';
import { type Clock, eventTimeOf } from '../clock.ts';

/** How a line was come by: on which way, and whether it stood there before we began to follow the log. */
export interface LogWay {
  readonly source: LogSource;
  readonly isPast: boolean;
}

/**
 * Tells of a line of the broker's log, where it says something. The broker's clock is taken to be in our time zone.
 * `true` where it tells of a start or a reload: what an older line says of the broker's files is then of no interest.
 */
export function emitLogLine(line: string, way: LogWay, clock: Clock, emit: (event: HomeEvent) => void): boolean {
  const at = clock.now();
  const utcOffsetMs = -new Date(at).getTimezoneOffset() * 60_000;
  const entry = parseLogLine(line, utcOffsetMs);
  if (entry === null) return false;
  const heard = entry.at === null ? entry : { ...entry, at: eventTimeOf(clock, entry.at) };
  emit({ type: 'log-line-read', at, entry: heard, ...way });
  return entry.kind === 'reload' || entry.kind === 'starting' || entry.kind === 'started';
}
