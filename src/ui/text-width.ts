/** Characters that are one column wide everywhere and never join with a neighbour: most text is made of these alone. */
const SIMPLE =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0559\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2319\u2400-\u25fc\u25ff\u2713-\u2718\u2800-\u28ff]*$/;
/** East Asian Width W and F (UAX 11), the blocks that labels and topics are written in. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Format}]*$/u;

let segmenter: Intl.Segmenter | null = null;

/** Cuts text into what a reader takes for one character. The segmenter costs some 10 ms to make: only where needed. */
export function charactersOf(text: string): readonly string[] {
  if (SIMPLE.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter();
  return [...segmenter.segment(text)].map(part => part.segment);
}

/** How many columns a text takes on the screen, counted as Ink's layout counts. */
export function textWidth(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  return charactersOf(text).reduce((width, character) => width + characterWidth(character), 0);
}

/** How many columns one character takes: 0, 1 or 2. */
export function characterWidth(character: string): number {
  if (SIMPLE.test(character)) return character.length;
  if (INVISIBLE.test(character)) return 0;
  return WIDE.test(character) || EMOJI.test(character) ? 2 : 1;
}
