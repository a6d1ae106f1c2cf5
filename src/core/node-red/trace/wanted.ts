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
}

/** Something between MQTT and a widget that cannot be followed, as a clause: `what it gets is made by function "…"`. */
export type Obstacle = string;
