/**
 * What stands inside a sealed payload: `boot counter id value`, one blank between. A device counts its starts, and tells
 * in `counter` the tenths of a second since this start, made so that it grows with each message. A command names the last
 * message that its sender has heard, and has an `id` of its own; the answer to it has the same.
 */
export interface SealedText {
  /** Which start of the device: a whole number from 1 on. */
  readonly boot: number;
  /** Tenths of a second since that start, and never twice the same. */
  readonly counter: number;
  /** Decimal; `0` where it is neither a command nor the answer to one. */
  readonly id: string;
  /** What the payload would be if it were not sealed; it may hold blanks. */
  readonly value: string;
}

/** How long, in the tenths of `counter`, a device takes a command after the message that it names. */
export const COMMAND_AGE = 300;

const TEXT = /^(0|[1-9]\d{0,14}) (0|[1-9]\d{0,14}) (0|[1-9]\d{0,18}) (.*)$/s;

/** What stands in the text of an opened payload; `null` where it is not of this form. */
export function parseSealedText(text: string): SealedText | null {
  const [, boot, counter, id, value] = TEXT.exec(text) ?? [];
  if (boot === undefined || counter === undefined || id === undefined || value === undefined) return null;
  return { boot: Number(boot), counter: Number(counter), id, value };
}

/** The text that is sealed. */
export function sealedText({ boot, counter, id, value }: SealedText): string {
  return `${boot} ${counter} ${id} ${value}`;
}

/** Whether a message was sent after another one of the same device. */
export function isLater(
  one: Pick<SealedText, 'boot' | 'counter'>,
  other: Pick<SealedText, 'boot' | 'counter'>,
): boolean {
  return one.boot === other.boot ? one.counter > other.counter : one.boot > other.boot;
}
