const DAY_S = 86_400;

/**
 * The seconds at which stretches of `stepS` begin, from the one that `from` is in to the end of the one before `until`.
 * They begin at the local midnight, so that days have 23, 24 or 25 hours as they had here; a stretch that does not fit
 * into what is left of a day is as long as that. From a day on they are whole days. All in seconds since 1970.
 */
export function localEdges(from: number, until: number, stepS: number): readonly number[] {
  const days = Math.round(stepS / DAY_S);
  const edges = stepS >= DAY_S ? wholeDays(from, until, days) : partsOfDays(from, until, stepS);
  // The one that `from` is in.
  const first = edges.findLastIndex(edge => edge <= from);
  const end = edges.findIndex(edge => edge >= until);
  return edges.slice(first, end + 1);
}

function wholeDays(from: number, until: number, days: number): readonly number[] {
  const edges: number[] = [];
  for (let offset = 0; ; offset += days) {
    const edge = midnight(from, offset);
    edges.push(edge);
    if (edge >= until) return edges;
  }
}

function partsOfDays(from: number, until: number, stepS: number): readonly number[] {
  const edges: number[] = [];
  for (let offset = 0; ; offset++) {
    const [start, end] = [midnight(from, offset), midnight(from, offset + 1)];
    for (let edge = start; edge < end; edge += stepS) edges.push(edge);
    if (end >= until) return [...edges, end];
  }
}

/** The midnight of here before a moment, so many days later. */
function midnight(second: number, days: number): number {
  const date = new Date(second * 1_000);
  return Math.floor(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime() / 1_000);
}
