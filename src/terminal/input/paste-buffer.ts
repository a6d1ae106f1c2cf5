import type { Paste } from './key-event.ts';

/** Longest text that a paste brings in, bytes; the rest is dropped. */
const LONGEST_PASTE = 65_536;

const END = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e];

/** Gathers the bytes between the brackets of a paste (`ESC [ 200 ~` and `ESC [ 201 ~`). */
export interface PasteBuffer {
  begin(): void;
  /** Takes one byte; returns the paste when that was the last of its closing bracket. */
  push(byte: number): Paste | null;
  /** The paste as far as it came, when its end is lost. */
  end(): Paste;
}

/** Makes an empty buffer. */
export function createPasteBuffer(): PasteBuffer {
  let bytes: number[] = [];
  let matched = 0;
  const keep = (byte: number) => {
    if (bytes.length < LONGEST_PASTE) bytes.push(byte);
  };
  const end = (): Paste => {
    const paste: Paste = { type: 'paste', text: plainText(Uint8Array.from(bytes)) };
    bytes = [];
    return paste;
  };
  return {
    begin: () => {
      bytes = [];
      matched = 0;
    },
    push: byte => {
      if (byte === END[matched]) {
        matched += 1;
        return matched === END.length ? end() : null;
      }
      for (const held of END.slice(0, matched)) keep(held);
      matched = byte === END[0] ? 1 : 0;
      if (matched === 0) keep(byte);
      return null;
    },
    end,
  };
}

/** Pasted bytes as text: lines end in `\n`, other control characters are gone. A character cut by the bound is dropped. */
export function plainText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).replace(/\ufffd$/, '');
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
