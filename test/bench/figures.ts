/** One row of the table that `npm run bench` prints. */
export interface Figure {
  readonly what: string;
  /** With its unit, as in `72 ms`. */
  readonly value: string;
  /** Against what it was measured in the same run, as in `2.9 × node -e 0`. */
  readonly compared?: string;
  /** What the project promises, as in `≤ 3.5 ×`. */
  readonly goal?: string;
}

/** The middle one of several numbers; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 50);
}

/** The value below which so many per cent of the numbers lie, interpolated between neighbours. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const [low = Number.NaN, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** Between which two of the numbers the median of all that could be measured is, with 95 % certainty (by their order alone). */
export function medianBounds(numbers: readonly number[]): readonly [low: number, high: number] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - reach));
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + reach) - 1);
  return [sorted[low] ?? Number.NaN, sorted[high] ?? Number.NaN];
}

/** `1234.5` → `1,235`, `2.345` → `2.35`. */
export function round(number: number): string {
  const digits = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
  return number.toLocaleString('en', { maximumFractionDigits: digits });
}

/** The figures as a table of aligned columns. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, compared = '', goal = '' }) => [what, value, compared, goal]);
  const all = [['what', 'median', 'compared', 'goal'], ...rows];
  const widths = [0, 1, 2, 3].map(column => Math.max(...all.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(all[0] ?? []), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
