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
const MOST_CELLS = 4_000;

/**
 * The pieces into which `filters` cut the topics of `seeds`, as filters: of each topic of a seed it is all the same which
 * of the pieces that match it is the narrowest, and what that one says holds for it. The seeds are among them.
 * `null` where there are too many.
 */
export function cellsOf(seeds: readonly string[], filters: readonly string[]): readonly string[] | null {
  const cells = new Set(seeds);
  for (const filter of new Set(filters)) {
    for (const cell of [...cells]) {
      const piece = intersectFilters(cell, filter);
      if (piece !== null) cells.add(piece);
    }
    if (cells.size > MOST_CELLS) return null;
  }
  return [...cells];
}

/**
 * A topic of a cell that is in no narrower one: matched by those of the filters only that cover the whole cell. `null`
 * where the narrower ones leave nothing of it.
 */
export function exampleOf(cell: string, filters: readonly string[]): string | null {
  const narrower = filters.filter(filter => filtersOverlap(filter, cell) && !filterCovers(filter, cell));
  const levels = cell.split('/');
  const isOpen = levels.at(-1) === '#';
  const fresh = freshLevel([cell, ...filters]);
  const head = (isOpen ? levels.slice(0, -1) : levels).map(level => (level === '+' ? fresh : level));
  const deepest = isOpen
    ? Math.max(levels.length, ...filters.map(filter => filter.split('/').length)) + 1
    : head.length;
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
