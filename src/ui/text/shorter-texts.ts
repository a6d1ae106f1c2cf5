/** Where a sentence may end early and what is left is still true: an "or" or an "and" behind a comma is no such place. */
const ENDS = /; |: |, (?=its cadence|a cadence|the house file)/g;

/** A sentence, and what is left of it when its later parts are left out; the longest first. */
export function shorterTexts(sentence: string): readonly string[] {
  const ends = [...sentence.matchAll(ENDS)].map(({ index }) => sentence.slice(0, index));
  return [sentence, ...ends.reverse()];
}
