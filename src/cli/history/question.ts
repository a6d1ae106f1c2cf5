import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { HistoryItem } from '../../core/history/query.ts';
import type { SeriesInfo } from '../../core/history/series.ts';
import { stepFor } from '../../core/history/step.ts';
import type { House } from '../../core/house/house.ts';
import type { Result } from '../../core/result.ts';
import type { Flags } from '../args/options.ts';
import { localEdges } from './edges.ts';
import { parseDuration, parseWhen } from './when.ts';

/** Which stretch of time is asked for, and in which parts. Seconds since 1970. */
export interface AskedTime {
  readonly from: number;
  readonly until: number;
  /** How long a part is; `null` where every value is asked for. */
  readonly stepS: number | null;
  readonly edges: readonly number[];
}

/** So many parts fit a line of a terminal of 80 columns beside a label. */
const COLUMNS = 48;
const DEFAULT_LAST = '24h';
/** More than a person reads and a machine holds. */
const MOST_PARTS = 100_000;

/** Reads what `--last`, `--from`, `--to` and `--every` ask for; `now` is ms. Throws a `Failure` (64). */
export function readTime(flags: Flags, now: number, isForPeople: boolean): AskedTime {
  if (flags.last !== undefined && flags.from !== undefined) {
    throw new Failure(ExitCode.usage, '--last and --from say the same in two ways', 'Leave one of them out.');
  }
  const to = flags.to === undefined ? now : take('--to', flags.to, parseWhen(flags.to, now));
  const until = Math.ceil(to / 1_000);
  const from =
    flags.from === undefined
      ? until - take('--last', flags.last ?? DEFAULT_LAST, parseDuration(flags.last ?? DEFAULT_LAST))
      : Math.floor(take('--from', flags.from, parseWhen(flags.from, now)) / 1_000);
  if (from >= until) {
    throw new Failure(ExitCode.usage, 'the time that is asked for ends before it begins', 'Give --from before --to.');
  }
  const every = flags.every === undefined ? null : take('--every', flags.every, parseDuration(flags.every));
  const stepS = every ?? (isForPeople ? stepFor(until - from, COLUMNS) : null);
  if (stepS !== null && (until - from) / stepS > MOST_PARTS) {
    throw new Failure(
      ExitCode.usage,
      `--every ${flags.every} makes more than ${MOST_PARTS} lines`,
      'Give a longer one.',
    );
  }
  return { from, until, stepS, edges: stepS === null ? [from, until] : localEdges(from, until, stepS) };
}

function take(option: string, text: string, parsed: Result<number, string>): number {
  if (parsed.ok) return parsed.value;
  throw new Failure(ExitCode.usage, `${option} does not understand "${cleanText(text, 60)}"`, parsed.error);
}

/** What is asked for of what was recorded: in the order of the house, what it no longer has behind it. */
export function readItems(
  series: readonly SeriesInfo[],
  house: House,
  only: ReadonlySet<string> | null,
): HistoryItem[] {
  const items = new Map<string, HistoryItem>();
  for (const one of series) {
    if (only !== null && !only.has(one.id)) continue;
    const key = `${one.id} ${one.unit}`;
    const sensor = house.sensors.get(one.id);
    const known = items.get(key);
    items.set(key, {
      ...{ id: one.id, unit: one.unit, series: [...(known?.series ?? []), one] },
      ...{ everyS: sensor?.every ?? null, expireAfterS: sensor?.expireAfter ?? null },
    });
  }
  const order = [...house.sensors.keys()];
  const place = ({ id }: HistoryItem): number => (order.indexOf(id) < 0 ? order.length : order.indexOf(id));
  return [...items.values()].sort((one, other) => place(one) - place(other));
}
