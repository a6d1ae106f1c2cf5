import type { KeyEvent } from '../../terminal/input/key-event.ts';

/** What a key makes of a line of text that is being typed; `key` where it means nothing to it. */
export type Typed =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'enter' | 'escape' | 'leave' | 'repaint' | 'key' };

/** Takes a key for a line of text, of so many characters at the most. */
export function typeText(text: string, key: KeyEvent, longest: number): Typed {
  const typed = (next: string): Typed => ({ type: 'text', text: next.slice(0, longest) });
  if (key.type === 'paste') return typed(text + key.text.replace(/\p{Control}/gu, ''));
  if (key.name === 'enter' || key.name === 'escape') return { type: key.name };
  if (key.name === 'backspace') return typed([...text].slice(0, -1).join(''));
  if (key.name !== 'character' || key.alt) return { type: 'key' };
  if (!key.ctrl) return typed(text + key.character);
  if (key.character === 'c') return { type: 'leave' };
  if (key.character === 'l') return { type: 'repaint' };
  return key.character === 'u' ? typed('') : { type: 'key' };
}
