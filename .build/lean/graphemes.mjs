// Stands in for Intl.Segmenter in the bundle: its first use costs 10 ms, and house screens are simple text.

/**
 * Code units that are a character, a grapheme cluster and one column each, in every order: printable ASCII, Latin-1
 * without the soft hyphen, Latin Extended, general punctuation without joiners and marks of direction, arrows, box
 * drawing, blocks, geometric shapes (without the two wide squares), braille, and the symbols of our glyph sets.
 */
const PLAIN =
  '\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u21ff\\u2500-\\u25fc\\u25ff\\u2600-\\u2604' +
  '\\u2610-\\u2613\\u26a0\\u2713\\u2717\\u2800-\\u28ff';
const plainText = new RegExp(`^[${PLAIN}]*$`);
/** Besides, what is one cluster but no column. A carriage return is left out: with a line feed it is one cluster. */
const plainOrControl = new RegExp(`^[\\n\\t\\x1b${PLAIN}]*$`);

/** Whether each code unit of the text is one cluster and one column. */
export const isPlainText = text => plainText.test(text);

let real;

/** Behaves as `new Intl.Segmenter()` does (granularity: grapheme), for what the libraries use of it. */
export const segmenter = {
  segment(text) {
    if (plainOrControl.test(text)) return plainSegments(text);
    real ??= new Intl.Segmenter();
    return real.segment(text);
  },
};

function plainSegments(text) {
  return Array.from(text, (segment, index) => ({ segment, index, input: text }));
}
