import type { Intent } from '../keys/intent.ts';
import { type Arrangement, chosenIn } from '../layout/arrangement.ts';
import type { AppContext } from './app-state.ts';

type Direction = Extract<Intent, { type: 'move' }>['to'];

/** The row that a key leads to from another one, as if the list had no ends. */
export function target(focus: number, to: Direction, { pageRows }: AppContext): number {
  switch (to) {
    case 'up':
      return focus - 1;
    case 'down':
      return focus + 1;
    case 'page-up':
      return focus - pageRows;
    case 'page-down':
      return focus + pageRows;
    case 'first':
      return 0;
    case 'last':
      return Number.MAX_SAFE_INTEGER;
    case 'left':
    case 'right':
      return focus;
  }
}

/** The item that is chosen next, by its place among all of the house. */
export function moveItem(focus: number, to: Direction, context: AppContext, shown: Arrangement): number {
  const { places } = shown;
  const from = places.indexOf(chosenIn(shown, focus));
  if (from < 0) return focus;
  const next =
    to === 'left' || to === 'right' ? neighbourPanel(from, to === 'left' ? -1 : 1, shown) : target(from, to, context);
  return places[clamp(next, 0, places.length - 1)] ?? focus;
}

/** The item as far down in the next panel as this one is in its own; both by their places among what is shown. */
function neighbourPanel(from: number, by: 1 | -1, { panels }: Arrangement): number {
  const starts = panels.map((_, panel) => panels.slice(0, panel).reduce((sum, { places }) => sum + places.length, 0));
  const panel = starts.findLastIndex(start => start <= from);
  const to = (panel + by + panels.length) % panels.length;
  const depth = from - (starts[panel] ?? 0);
  return (starts[to] ?? 0) + Math.min(depth, (panels[to]?.places.length ?? 1) - 1);
}

/** A number within its limits. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
