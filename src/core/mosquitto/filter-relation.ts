/**
 * Whether each topic that `narrow` matches is matched by `wide` too. Both are valid topic filters (MQTT 5.0, 4.7);
 * a filter that begins with a wildcard matches no topic that begins with `$`.
 */
export function filterCovers(wide: string, narrow: string): boolean {
  if (startsWithDollar(narrow) !== startsWithDollar(wide)) return false;
  return levelsCover(wide.split('/'), narrow.split('/'));
}

/** Whether some topic is matched by both filters. */
export function filtersOverlap(one: string, other: string): boolean {
  if (startsWithDollar(one) !== startsWithDollar(other)) return false;
  return levelsOverlap(one.split('/'), other.split('/'));
}

function startsWithDollar(filter: string): boolean {
  return filter.startsWith('$');
}

function levelsCover(wide: readonly string[], narrow: readonly string[]): boolean {
  for (const [index, level] of wide.entries()) {
    if (level === '#') return true;
    const other = narrow[index];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return wide.length === narrow.length;
}

function levelsOverlap(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const left = one[index];
    const right = other[index];
    // `a/#` matches `a` too, so that a filter may end one level before the other's `#`.
    if (left === '#' || right === '#') return true;
    if (left === undefined || right === undefined) return false;
    if (left !== right && left !== '+' && right !== '+') return false;
  }
  return true;
}
