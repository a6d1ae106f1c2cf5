import type { AppState } from '../app-state.ts';
import { topPage } from '../app-state.ts';
import type { Binding, Keymap } from '../keymap.ts';
import { fitLine, type Line, lineWidth, type Span, span } from '../line.ts';
import type { View } from '../view.ts';

/** The last row of every screen: a short answer to the last key, or the keys that mean something here. */
export function footerLine(view: View, app: AppState, keymap: Keymap, width: number): Line {
  const { notice } = app;
  if (notice !== null && view.home.at < notice.until) {
    return fitLine([span(` ${view.glyphs.symbols.arrow} `, 'notice'), span(notice.text, 'notice')], width);
  }
  const screen = topPage(app).screen;
  const place = app.dialog === null ? screen : 'dialog';
  const bindings = keymap.bindings.filter(
    ({ label, places, intent }) =>
      label !== null &&
      places.includes(place) &&
      !(intent.type === 'back' && screen === 'overview' && place !== 'dialog'),
  );
  return fitLine(keysThatFit(bindings, width - 1), width);
}

/** Help and the way out stay; of the rest, the last ones go first where there is not enough room. */
function keysThatFit(bindings: readonly Binding[], width: number): Line {
  const isKept = ({ intent }: Binding): boolean =>
    intent.type === 'leave' || intent.type === 'back' || (intent.type === 'go' && intent.screen === 'help');
  const kept = bindings.filter(isKept).flatMap(keySpans);
  let room = width - lineWidth(kept);
  const others: Span[] = [];
  for (const binding of bindings) {
    if (isKept(binding)) continue;
    const spans = keySpans(binding);
    room -= lineWidth(spans);
    if (room < 0) break;
    others.push(...spans);
  }
  return [...others, ...kept];
}

/** One key and one word: the first of its keys is enough here, help has them all. */
function keySpans(binding: Binding): readonly Span[] {
  const key = binding.shown.split(' ')[0] ?? binding.shown;
  const word = binding.label ?? '';
  return [span(' '), span(key, 'key'), span(` ${word} `, 'muted')];
}
