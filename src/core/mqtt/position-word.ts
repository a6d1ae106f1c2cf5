/** A position that a relay can have. */
export type PositionWord = 'on' | 'off';

/** The words of one switch: those that command it, and those by which it answers where they are others. */
export interface SwitchWords {
  readonly on: string;
  readonly off: string;
  readonly answers?: {
    readonly on?: readonly string[];
    readonly off?: readonly string[];
    /** Whether capitals count in these lists; they do not if absent. */
    readonly matchCase?: boolean;
  };
}

/** The words that every switch understands on reading, in any case (contract.md, "The default house"). */
const POSITIONS: ReadonlyMap<string, PositionWord> = new Map([
  ['on', 'on'],
  ['an', 'on'],
  ['1', 'on'],
  ['true', 'on'],
  ['off', 'off'],
  ['aus', 'off'],
  ['0', 'off'],
  ['false', 'off'],
]);

/**
 * The position that a word stands for: the answers of the house file first, then the words that command, then the usual
 * ones in any case; `null`: neither.
 */
export function positionOfWord(word: string, own: SwitchWords): PositionWord | null {
  const { answers } = own;
  const folded = (text: string): string => (answers?.matchCase === true ? text : text.toLowerCase());
  const isOneOf = (words: readonly string[] = []): boolean => words.some(known => folded(known) === folded(word));
  if (isOneOf(answers?.on)) return 'on';
  if (isOneOf(answers?.off)) return 'off';
  if (word === own.on) return 'on';
  if (word === own.off) return 'off';
  return POSITIONS.get(word.toLowerCase()) ?? null;
}
