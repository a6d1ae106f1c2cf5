/** One command of hometui, as the help, the parser and the completions know it. */
export interface CommandSpec {
  /** What follows `hometui`, with its operands. */
  readonly usage: readonly string[];
  /** One line, no full stop. */
  readonly summary: string;
  /** Fixed words of which one follows it, with `takesSeveral` any number. */
  readonly words?: readonly string[];
  readonly takesSeveral?: true;
  /** It also does something without one of these words. */
  readonly mayLackWord?: true;
  /** Lines that work when pasted, each with what it is for. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** What its exit codes mean, where they are more than 0 and 64. */
  readonly exitCodes?: string;
}
