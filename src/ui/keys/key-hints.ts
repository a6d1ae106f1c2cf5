import type { HouseView } from '../text/house-view.ts';
import { type Line, type Span, span } from '../text/line.ts';

const ARROWS: Readonly<Record<string, string>> = { '↑': 'Up', '↓': 'Down', '→': 'Right', '←': 'Left' };

/** The keys as the terminal can show them: in ASCII an arrow down would look like the key v, one to the left like <. */
export function keysText(keys: string, { symbols }: HouseView['glyphs']): string {
  return symbols.arrow === '→' ? keys : keys.replace(/[↑↓→←]/g, arrow => ARROWS[arrow] ?? arrow);
}

/** A key, or several, with a word for what it does. */
export type KeyHint = readonly [keys: string, word: string];

/** Keys as the last row of a screen tells them: ` Enter open  q quit `. */
export function keyHints(hints: readonly KeyHint[], glyphs: HouseView['glyphs']): Line {
  return hints.flatMap(([keys, word]): readonly Span[] => [
    span(' '),
    span(keysText(keys, glyphs), 'key'),
    span(` ${word} `, 'muted'),
  ]);
}

const NAMES: Readonly<Record<string, string>> = {
  ...{ ' ': 'Space', up: 'Up', down: 'Down', left: 'Left', right: 'Right', home: 'Home', end: 'End' },
  ...{ pageUp: 'PgUp', pageDown: 'PgDn', enter: 'Enter', escape: 'Esc', tab: 'Tab', backspace: 'Backspace' },
  ...{ insert: 'Ins', delete: 'Del' },
};
const MODIFIERS: Readonly<Record<string, string>> = { 'ctrl+': 'Ctrl-', 'alt+': 'Alt-', 'shift+': 'Shift-' };

/** A key press as `nameOfKey` gives it, as help writes it: `Ctrl-L`, `PgDn`, `F5`. */
export function shownKey(name: string): string {
  const [, modifiers = '', key = ''] = /^((?:(?:ctrl|alt|shift)\+)*)(.+)$/s.exec(name) ?? [];
  const isChord = modifiers !== '';
  const plain = /^[!-~]$/.test(key) ? (isChord ? key.toUpperCase() : key) : 'That key';
  const shown = NAMES[key] ?? (/^f\d+$/.test(key) ? key.toUpperCase() : plain);
  if (shown === 'That key') return shown;
  return modifiers.replace(/\w+\+/g, modifier => MODIFIERS[modifier] ?? '') + shown;
}
