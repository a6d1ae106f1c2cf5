import { graphemesOf } from '../../core/text-width.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';

/** What a key makes of a line of text that is being typed; `key` where it means nothing to it. */
export type Typed = { readonly type: 'text'; readonly text: string } | { readonly type: 'enter' | 'escape' | 'key' };

/** Takes a key for a line of text, of so many characters (UTF-16) at the most: what is pasted too long loses its end. */
export function typeText(text: string, key: KeyEvent, longest: number): Typed {
  const typed = (next: string): Typed => ({ type: 'text', text: next.length <= longest ? next : cutTo(next, longest) });
  if (key.type === 'paste') return typed(text + key.text.replace(/\p{Control}/gu, ''));
  if (key.name === 'enter' || key.name === 'escape') return { type: key.name };
  if (key.name === 'backspace') return typed(graphemesOf(text).slice(0, -1).join(''));
  if (key.name !== 'character' || key.alt) return { type: 'key' };
  if (!key.ctrl) return typed(text + key.character);
  return key.character === 'u' ? typed('') : { type: 'key' };
}

/** Half of a character cannot be drawn. */
function cutTo(text: string, longest: number): string {
  let cut = '';
  for (const character of graphemesOf(text)) {
    if (cut.length + character.length > longest) break;
    cut += character;
  }
  return cut;
}
