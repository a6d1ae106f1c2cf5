import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import { localEdges } from '../../core/history/query/local-edges.ts';
import { stepFor } from '../../core/history/query/step.ts';
import { parseDuration, parsePast, parseWhen } from '../../core/history/query/when.ts';
import type { Result } from '../../core/result.ts';
import type { Flags } from '../args/options.ts';

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
      : Math.floor(take('--from', flags.from, parsePast(flags.from, now)) / 1_000);
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

/** So far back is told where nothing else is said, days. */
const EVENT_DAYS = 7;

/** Reads what `--since` and `--until` ask for, as seconds; `now` is ms. Throws a `Failure` (64). */
export function readSince({ since, until }: Flags, now: number): { readonly from: number; readonly until: number } {
  const end = until === undefined ? now : take('--until', until, parseWhen(until, now));
  const ago = since === undefined ? null : parseDuration(since);
  const begin =
    since === undefined
      ? end - EVENT_DAYS * 86_400_000
      : ago?.ok === true
        ? now - ago.value * 1_000
        : take('--since', since, parsePast(since, now));
  if (begin < end) return { from: Math.floor(begin / 1_000), until: Math.ceil(end / 1_000) };
  throw new Failure(ExitCode.usage, 'the time that is asked for ends before it begins', 'Give --since before --until.');
}

function take(option: string, text: string, parsed: Result<number, string>): number {
  if (parsed.ok) return parsed.value;
  throw new Failure(ExitCode.usage, `${option} does not understand "${cleanText(text, 60)}"`, parsed.error);
}
