import { type KeyEvent, type NamedKey, NO_MODIFIERS } from '../../../src/terminal/input/key-event.ts';

/** Key presses as they are written in tests: characters one by one, or a name in angle brackets: `p`, `<enter>`, `<ctrl+c>`. */
export function keysOf(text: string): readonly KeyEvent[] {
  return [...text.matchAll(/<([a-zA-Z0-9+]+)>|([\s\S])/gu)].map(([, name, character]) => {
    if (name === undefined) return characterKey(character ?? '', false);
    if (name.startsWith('ctrl+')) return characterKey(name.slice(5), true);
    return { type: 'key', name: name as NamedKey, ...NO_MODIFIERS };
  });
}

function characterKey(character: string, ctrl: boolean): KeyEvent {
  return { type: 'key', name: 'character', character, ...NO_MODIFIERS, ctrl };
}
