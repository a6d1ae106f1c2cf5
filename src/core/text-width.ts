/** What is known of a grapheme's width: columns, and whether terminals agree about it. */
export interface Width {
  readonly columns: number;
  readonly isCertain: boolean;
}

/**
 * Characters that every terminal in UTF-8 draws one column wide and that never join with their neighbours:
 * Latin, Greek and Cyrillic letters, punctuation, arrows, mathematics, box drawing, blocks, shapes, braille.
 */
const SIMPLE =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0559\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2319\u2400-\u25fc\u25ff\u2713-\u2718\u2800-\u28ff]*$/;

/** Whether the text can be cut into cells code unit by code unit. */
export const isSimpleText = (text: string): boolean => SIMPLE.test(text);

/** East Asian Width W and F of Unicode 17 (UAX 11) without the emoji, which a property tells. */
/** The large sets stand in functions, so that a start that meets simple text only does not make them. */
const isWide = (character: string): boolean =>
  /^[\u1100-\u115f\u2329-\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u2ff0-\u303e\u3041-\u3096\u3099-\u30ff\u3105-\u312f\u3131-\u318e\u3190-\u31e5\u31ef-\u321e\u3220-\u3247\u3250-\ua48c\ua490-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe52\ufe54-\ufe66\ufe68-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{16fe4}\u{16ff0}-\u{16ff6}\u{17000}-\u{18cda}\u{18cff}-\u{18d20}\u{18d80}-\u{18df2}\u{18e00}-\u{19191}\u{191a0}-\u{191d2}\u{1aff0}-\u{1aff3}\u{1aff5}-\u{1affb}\u{1affd}-\u{1affe}\u{1b000}-\u{1b128}\u{1b132}\u{1b150}-\u{1b152}\u{1b155}\u{1b164}-\u{1b168}\u{1b170}-\u{1b2fb}\u{1d300}-\u{1d356}\u{1d360}-\u{1d376}\u{1f1ae}\u{1f200}\u{1f202}\u{1f210}-\u{1f219}\u{1f21b}-\u{1f22e}\u{1f230}-\u{1f231}\u{1f237}\u{1f23b}\u{1f240}-\u{1f248}\u{1f260}-\u{1f265}\u{1f6d9}\u{1f7da}\u{1fa8b}-\u{1fa8d}\u{1facc}\u{1fadd}\u{1faeb}\u{1faf9}-\u{1fafa}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]/u.test(
    character,
  );

/** Scripts that terminals have drawn two columns wide for decades. */
const isSurelyWide = (grapheme: string): boolean =>
  /^[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]$/u.test(grapheme);

const isInvisible = (text: string): boolean =>
  /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Format}\p{Surrogate}]*$/u.test(
    text,
  );

/** Width of one grapheme that is not simple text, as Ink's layout counts it (string-width 8). */
export function widthOf(grapheme: string): Width {
  if (isSurelyWide(grapheme)) return { columns: 2, isCertain: true };
  if (isInvisible(grapheme)) return { columns: 0, isCertain: false };
  if (isWideEmoji(grapheme)) return { columns: 2, isCertain: false };
  const [first = '', ...others] = [...grapheme].filter(character => !isInvisible(character));
  const columns = columnsOf(first) + others.filter(isSpacing).reduce((sum, character) => sum + columnsOf(character), 0);
  return { columns, isCertain: false };
}

const columnsOf = (character: string): number => (isWide(character) ? 2 : 1);

/** What takes columns of its own behind the first character of a grapheme. */
const isSpacing = (character: string): boolean => /^[\p{Spacing_Mark}\uff00-\uffef]$/u.test(character);

/** A flag of two letters, an emoji, or a sign made one by a selector, a keycap or a joiner. */
function isWideEmoji(grapheme: string): boolean {
  if (/^\p{Regional_Indicator}/u.test(grapheme)) return /^\p{Regional_Indicator}{2}/u.test(grapheme);
  if (/^\p{Emoji_Presentation}/u.test(grapheme)) return true;
  return /^\p{Emoji}\ufe0f?\u20e3?$/u.test(grapheme) && [...grapheme].length > 1;
}

let segmenter: Intl.Segmenter | null = null;

/** Cuts text into what a reader takes for one character. The segmenter costs some 10 ms to make: only where needed. */
export function graphemesOf(text: string): readonly string[] {
  if (SIMPLE.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), part => part.segment);
}

/** How many columns a text takes on the screen. */
export function textWidth(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  return graphemesOf(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** How many columns the widest of these texts takes, however many they are; 0 for none. */
export function widestOf(texts: Iterable<string>): number {
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, textWidth(text));
  return widest;
}

/** How many columns one grapheme takes: 0, 1 or 2, in rare scripts more. */
export function graphemeWidth(grapheme: string): number {
  return SIMPLE.test(grapheme) ? grapheme.length : widthOf(grapheme).columns;
}
