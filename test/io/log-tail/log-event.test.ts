import { expect, it } from 'vitest';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { emitLogLine } from '../../../src/io/log-tail/log-event.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

/** When the house takes a line to have been written that the broker writes this moment. */
function heardAt(clock: ReturnType<typeof createFakeClock>): {
  readonly at: number;
  readonly writtenAt: number | null;
} {
  const events: HomeEvent[] = [];
  const line = `${Math.floor(clock.wallNow() / 1_000)}: Reloading config.`;
  emitLogLine(line, { source: 'file', isPast: false }, clock, event => events.push(event));
  const [event] = events;
  if (event?.type !== 'log-line-read') throw new Error('the line was not read');
  return { at: event.at, writtenAt: event.entry.at };
}

it('takes the time of a line as it is', () => {
  const { at, writtenAt } = heardAt(createFakeClock());
  expect(writtenAt).toBe(at);
});

it('takes a line that is written after the clock was set back for news and not for history', () => {
  const clock = createFakeClock();
  clock.advance(5_000);
  clock.setWall(-3_600_000);
  clock.advance(5_000);
  const { at, writtenAt } = heardAt(clock);
  expect(writtenAt).toBe(at);
});
