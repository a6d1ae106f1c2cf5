/** What is known of a grapheme's width: columns, and whether terminals agree about it. */
export interface Width {
  readonly columns: 0 | 1 | 2;
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

/** East Asian Width W and F in Unicode 16 (UAX 11) without the emoji, which a property tells. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

/** Scripts that terminals have drawn two columns wide for decades. */
const SURELY_WIDE = /^[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]$/u;

const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Format}\p{Surrogate}]*$/u;

/** Width of one grapheme that is not simple text, as the layout counts it (string-width). */
export function widthOf(grapheme: string): Width {
  if (SURELY_WIDE.test(grapheme)) return { columns: 2, isCertain: true };
  if (INVISIBLE.test(grapheme)) return { columns: 0, isCertain: false };
  const isEmoji = /^\p{Emoji_Presentation}/u.test(grapheme) || /[\ufe0f\u20e3]/.test(grapheme);
  return { columns: isEmoji || WIDE.test(grapheme) ? 2 : 1, isCertain: false };
}

let segmenter: Intl.Segmenter | null = null;

/** Cuts text into graphemes. The segmenter costs some 10 ms to make, so it is made when the first text needs it. */
export function* graphemesOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) yield segment;
}
