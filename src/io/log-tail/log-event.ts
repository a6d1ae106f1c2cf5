import type { HomeEvent, LogSource } from '../../core/home/event.ts';
import { parseLogLine } from '../../core/mosquitto/log-line.ts';
import { type Clock, eventTimeOf } from '../clock.ts';

/**
 * Tells of a line of the broker's log, where it says something. The broker's clock is taken to be in our time zone.
 * `true` where it tells of a start or a reload: what an older line says of the broker's files is then of no interest.
 */
export function emitLogLine(line: string, source: LogSource, clock: Clock, emit: (event: HomeEvent) => void): boolean {
  const at = clock.now();
  const utcOffsetMs = -new Date(at).getTimezoneOffset() * 60_000;
  const entry = parseLogLine(line, utcOffsetMs);
  if (entry === null) return false;
  const heard = entry.at === null ? entry : { ...entry, at: eventTimeOf(clock, entry.at) };
  emit({ type: 'log-line-read', at, entry: heard, source });
  return entry.kind === 'reload' || entry.kind === 'started';
}
