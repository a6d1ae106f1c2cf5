import { matchesFilter } from '../../mqtt/topic.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';

/**
 * The topics that two filters have in common: always those of one filter, or none (`null`). `$` topics are met by no
 * leading wildcard.
 */
function intersectFilters(one: string, other: string): string | null {
  if (!filtersOverlap(one, other)) return null;
  const [left, right] = [one.split('/'), other.split('/')];
  const levels: string[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    if (left[index] === '#') return [...levels, ...right.slice(index)].join('/');
    if (right[index] === '#') return [...levels, ...left.slice(index)].join('/');
    levels.push((left[index] === '+' ? right[index] : left[index]) ?? '');
  }
  return levels.join('/');
}

/** No file that a person wrote comes near; one that was made to tie us up shall not. */
const MOST_CELLS = 2_000;

/**
 * The pieces into which `filters` cut the topics of `seeds`, as filters: of each topic of a seed it is all the same which
 * of the pieces that match it is the narrowest, and what that one says holds for it. The seeds are among them.
 * `null` where there are too many.
 */
export function cellsOf(seeds: readonly string[], filters: readonly string[]): readonly string[] | null {
  const cells = new Set(seeds);
  // A topic name is one piece, whatever cuts it.
  const open = seeds.filter(hasWildcard);
  for (const filter of new Set(filters)) {
    const pieces = open.map(cell => intersectFilters(cell, filter));
    for (const piece of pieces) {
      if (piece === null || cells.has(piece)) continue;
      cells.add(piece);
      if (hasWildcard(piece)) open.push(piece);
    }
    if (open.length > MOST_CELLS) return null;
  }
  return [...cells];
}

/** Whether a filter may match more than one topic. */
export function hasWildcard(filter: string): boolean {
  return /[+#]/.test(filter);
}

/**
 * A topic of a cell that is in no narrower one: matched by those of the filters only that cover the whole cell. `null`
 * where the narrower ones leave nothing of it.
 */
export function exampleOf(cell: string, filters: readonly string[]): string | null {
  if (!hasWildcard(cell)) return cell;
  const narrower = filters.filter(filter => filtersOverlap(filter, cell) && !filterCovers(filter, cell));
  const levels = cell.split('/');
  const isOpen = levels.at(-1) === '#';
  const fresh = freshLevel([cell, ...narrower]);
  const head = (isOpen ? levels.slice(0, -1) : levels).map(level => (level === '+' ? fresh : level));
  const depths = narrower.map(filter => filter.split('/').length);
  const deepest = isOpen ? Math.max(levels.length, ...depths) + 1 : head.length;
  for (let depth = head.length; depth <= deepest; depth++) {
    const topic = [...head, ...Array.from({ length: depth - head.length }, () => fresh)].join('/');
    if (topic !== '' && !narrower.some(filter => matchesFilter(filter, topic))) return topic;
  }
  return null;
}

/** A level that no filter names. */
function freshLevel(filters: readonly string[]): string {
  const taken = new Set(filters.flatMap(filter => filter.split('/')));
  let fresh = 'x';
  while (taken.has(fresh)) fresh += 'x';
  return fresh;
}
