/**
 * A text as bytes in Python's words: umqtt.simple tells the broker how many characters a str has, and sends its bytes, which
 * for an umlaut are more.
 */
export function pythonBytes(text: string): string {
  const inner = [...new TextEncoder().encode(text)].map(byte => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`;
  });
  return `b"${inner.join('')}"`;
}

/** A text in Python's words, ASCII only. */
export function pythonText(text: string): string {
  return `"${escaped(text)}"`;
}

/** A text in C's words: its bytes as UTF-8. Octal, for a hexadecimal escape would take digits that follow; no trigraphs. */
export function cText(text: string): string {
  const inner = [...new TextEncoder().encode(text)].map(byte => {
    if (byte === 0x22 || byte === 0x5c || byte === 0x3f) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${inner.join('')}"`;
}

/** A text in YAML's double quotes (1.1 and 1.2), ASCII only. */
export function yamlText(text: string): string {
  return `"${escaped(text)}"`;
}

/** A text for a comment, which ends with its line. */
export function commentText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\\]/g, ' ');
}

/** What Python and YAML both read. */
function escaped(text: string): string {
  return [...text]
    .map(character => {
      const code = character.codePointAt(0) ?? 0;
      if (character === '"' || character === '\\') return `\\${character}`;
      if (code >= 0x20 && code < 0x7f) return character;
      return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    })
    .join('');
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}
