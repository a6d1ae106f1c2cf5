import { ExitCode } from '../../app/exit-code.ts';
import type { World } from '../../app/world.ts';
import { formatDuration } from '../../core/duration.ts';
import { historyText } from '../../core/format/history/history-text.ts';
import type { HistoryEvent } from '../../core/history/history-event.ts';
import type { HistoryAnswer } from '../../core/history/query/query.ts';
import type { House } from '../../core/house/house.ts';
import { print } from '../stdio/output.ts';
import { styleFor } from '../stdio/text-style.ts';
import type { AskedTime } from './question.ts';
import { timeText } from './time-text.ts';

/** What is told, and of which time. */
export interface SaidAnswer {
  readonly house: House;
  readonly answer: HistoryAnswer;
  readonly events: readonly HistoryEvent[];
  readonly time: AskedTime;
  /** Seconds since 1970. */
  readonly now: number;
  /** Stretch by stretch, in place of a line of bars. */
  readonly isTable: boolean;
}

/** Tells a person what was measured and what happened; 3 where that is nothing. */
export async function sayAnswer(said: SaidAnswer, world: World): Promise<ExitCode> {
  const { house, answer, events, time, now, isTable } = said;
  const text = historyText({
    ...{ house, answer, events, now, isTable, style: styleFor(world) },
    ...{ timeText: second => timeText(second, time), ...drawnWith(world) },
  });
  const every = time.stepS === null ? '' : `, every ${formatDuration(time.stepS * 1_000)}`;
  const [from = time.from, until = time.until] = [time.edges[0], time.edges.at(-1)];
  const head = `${house.config.name}, ${timeText(from, null)} to ${timeText(Math.min(until, now), null)}${every}\n\n`;
  await print(world.stdout, head + text);
  return tellsNothing(answer, events) ? ExitCode.unknown : ExitCode.ok;
}

/** Whether nothing was measured and nothing happened. */
export function tellsNothing({ items }: HistoryAnswer, events: readonly HistoryEvent[]): boolean {
  return events.length === 0 && items.every(({ buckets }) => buckets.every(({ n }) => n === 0));
}

/** Blocks where the locale is UTF-8, else what each terminal has. */
function drawnWith({ env }: World) {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  if (/utf-?8/i.test(locale)) {
    return { bars: [...'▁▂▃▄▅▆▇█'], marks: { 'not-listening': '░', silent: '·', damaged: '?' } } as const;
  }
  return { bars: [...ASCII_BARS], marks: { 'not-listening': '/', silent: '_', damaged: '?' } } as const;
}

const ASCII_BARS = '.:-=+*#@';
