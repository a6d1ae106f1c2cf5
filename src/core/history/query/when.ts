import { fail, ok, type Result } from '../../result.ts';

const UNITS_S: Readonly<Record<string, number>> = {
  ...{ s: 1, sec: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 7 * 86_400, y: 365 * 86_400 },
};

/** A duration such as `24h`, `10min`, `7d`, in whole seconds from 1 on; the error says what is taken. */
export function parseDuration(text: string): Result<number, string> {
  const [, number, unit = ''] = /^(\d{1,6}(?:\.\d+)?) ?([a-z]+)$/.exec(text.trim()) ?? [];
  const seconds = Math.round(Number(number) * (UNITS_S[unit] ?? Number.NaN));
  if (seconds >= 1) return ok(seconds);
  return fail('It takes a number and s, min, h, d, w or y, as in 90s, 24h or 7d.');
}

/**
 * A moment as a person writes it, in ms since 1970, by the local calendar: `2026-11-29`, `2026-11-29 14:00`, `14:00:05`,
 * `yesterday`, `today 03:00`, `now`, `2 h ago`, or with a zone as `2026-11-29T13:00Z`. `now` is ms. Of an hour that comes
 * twice the first one is meant, and a time that is left out is the one that the clocks then show.
 */
export function parseWhen(text: string, now: number): Result<number, string> {
  const words = text.trim().replace('T', ' ');
  if (words === 'now') return ok(now);
  if (words.endsWith('ago')) return parseAgo(words, now);
  if (/[Zz]|[+-]\d\d:\d\d$/.test(words)) return parseZoned(text.trim());
  const [, day, clock] = /^(\d{4}-\d\d-\d\d|today|yesterday)?\s*(\d\d?:\d\d(?::\d\d)?)?$/.exec(words) ?? [];
  if (day === undefined && clock === undefined) return fail(TAKEN);
  const date = dateOf(day ?? 'today', now);
  const time = clockOf(clock ?? '00:00');
  if (date === null || time === null) return fail(`There is no such time. ${TAKEN}`);
  return ok(new Date(date[0], date[1], date[2], time[0], time[1], time[2]).getTime());
}

/** The same of what is over: a time of day alone that is yet to come is that of yesterday. */
export function parsePast(text: string, now: number): Result<number, string> {
  const parsed = parseWhen(text, now);
  if (!parsed.ok || parsed.value <= now) return parsed;
  const isTimeAlone = /^\d\d?:\d\d(?::\d\d)?$/.test(text.trim());
  return isTimeAlone ? parseWhen(`yesterday ${text.trim()}`, now) : fail('That is yet to come.');
}

const TAKEN = 'It takes 2026-11-29, "2026-11-29 14:00", 14:00, yesterday, "yesterday 03:00", "2 h ago" or now.';

function parseAgo(words: string, now: number): Result<number, string> {
  const duration = parseDuration(words.replace(/\s*ago$/, ''));
  return duration.ok ? ok(now - duration.value * 1_000) : fail(TAKEN);
}

function parseZoned(text: string): Result<number, string> {
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isFinite(at) ? ok(at) : fail(TAKEN);
}

function dateOf(word: string, now: number): readonly [year: number, month: number, day: number] | null {
  if (word === 'today' || word === 'yesterday') {
    const here = new Date(now);
    return [here.getFullYear(), here.getMonth(), here.getDate() - (word === 'yesterday' ? 1 : 0)];
  }
  const [year = 0, month = 0, day = 0] = word.split('-').map(Number);
  const isReal = new Date(year, month - 1, day).getMonth() === month - 1;
  return isReal ? [year, month - 1, day] : null;
}

function clockOf(word: string): readonly [hours: number, minutes: number, seconds: number] | null {
  const [hours = 0, minutes = 0, seconds = 0] = word.split(':').map(Number);
  return hours < 24 && minutes < 60 && seconds < 60 ? [hours, minutes, seconds] : null;
}
