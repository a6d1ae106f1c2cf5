/**
 * Whether two units are one: `C`, `°c`, `℃`, `degC` and `Celsius` are `°C`, `m3` is `m³`, `ug` is `µg`, and both
 * characters for micro are one. Capitals do not count, but for the prefix that they make another by a factor of 1e9: `mW`
 * is no `MW` (SI Brochure, table 7).
 */
export function isSameUnit(one: string, other: string): boolean {
  const [left, right] = [plain(one), plain(other)];
  if (left.toLowerCase() !== right.toLowerCase()) return false;
  return left === right || left.length === 1 || !(left.startsWith('m') || left.startsWith('M')) || left[0] === right[0];
}

/** Names that are written out, in small letters. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['degc', 'C'],
  ['celsius', 'C'],
  ['degreescelsius', 'C'],
  ['degf', 'F'],
  ['fahrenheit', 'F'],
  ['degreesfahrenheit', 'F'],
  ['kelvin', 'K'],
  ['percent', '%'],
  ['ohm', 'Ω'],
]);

/** A `u` that stands for micro: a prefix before a unit that takes one. */
const MICRO = /^[uU](?=(?:g|m|s|S|V|A|W|l|L|F|H|Sv|Pa)(?:$|[^A-Za-z]))/u;

function plain(unit: string): string {
  // The degree sign has twins that normalizing would make a letter, and normalizing makes it of ℃.
  const bare = unit
    .replace(/[°º\s]/gu, '')
    .normalize('NFKC')
    .replace(/[°^]/gu, '');
  return NAMES.get(bare.toLowerCase()) ?? bare.replace(MICRO, 'μ');
}
