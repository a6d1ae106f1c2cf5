/** `from` becomes `to`, both as texts. */
export interface WordChange {
  readonly from: string;
  readonly to: string;
}

/** What is wanted of the message that a node gives out. */
export interface Wanted {
  readonly keys: readonly string[];
  /** Words that are put in place of others, the last one first. */
  readonly words: readonly WordChange[];
  /** The one topic that is let through, where there is such a rule. */
  readonly topic: string | null;
  readonly isPart: boolean;
  /** What is made of the number on the way: it times `scale`, plus `offset`. */
  readonly line: Line;
}

/** A number made of another: times `scale`, plus `offset`. */
export interface Line {
  readonly scale: number;
  readonly offset: number;
}

/** The number as it is. */
export const SAME: Line = { scale: 1, offset: 0 };

/** What is wanted before a step that makes a number of another. */
export function beforeLine(wanted: Wanted, { scale, offset }: Line): Wanted {
  const { line } = wanted;
  return { ...wanted, line: { scale: round(line.scale * scale), offset: round(line.scale * offset + line.offset) } };
}

/** Without the digits that binary fractions add. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** Something between MQTT and a widget that cannot be followed, as a clause: `what it gets is made by function "…"`. */
export type Obstacle = string;
