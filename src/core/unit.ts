/**
 * Whether two units are one: `C`, `°c` and `° C` are `°C`, `m3` is `m³`, and both characters for micro are one. Capitals
 * do not count, but for the prefix that they make another by a factor of 1e9: `mW` is no `MW` (SI Brochure, table 7).
 */
export function isSameUnit(one: string, other: string): boolean {
  const [left, right] = [plain(one), plain(other)];
  if (left.toLowerCase() !== right.toLowerCase()) return false;
  return left === right || left.length === 1 || !(left.startsWith('m') || left.startsWith('M')) || left[0] === right[0];
}

/** The degree sign has twins that normalizing would make a letter. */
function plain(unit: string): string {
  return unit.replace(/[°º\s]/gu, '').normalize('NFKC');
}
