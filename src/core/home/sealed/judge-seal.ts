import { formatDuration } from '../../duration.ts';
import type { OpenedSeal } from '../../sealed/seal-seen.ts';
import { COMMAND_AGE, isLater, type SealedText } from '../../sealed/sealed-text.ts';
import type { SealMark } from '../state/seal.ts';

/** The unit of `counter`, ms. */
const TENTH_MS = 100;
/** A line that stumbles holds a message up for so long at most, ms; what is late by more was kept by somebody. */
const HELD_UP_MS = 10_000;
/** How much slower than ours the clock of a device may run: twenty times what its quartz is off. */
const SLOWER_BY = 0.000_5;
/** Two clocks and a line lie between a command's time and ours, in tenths. */
const COMMAND_LEEWAY = 50;

/** A genuine message that counts, or why it does not, as a clause. */
export type SealVerdict =
  | { readonly kind: 'taken'; readonly mark: SealMark }
  | { readonly kind: 'replayed'; readonly reason: string };

type Named = Pick<SealedText, 'boot' | 'counter'>;
type Sent = Omit<OpenedSeal, 'kind' | 'id'>;

/**
 * Judges a genuine message of a device, which came at `at` (ms): it must have been sent after all that were heard before,
 * and not long before it came. `cadenceMs` is how often the device speaks.
 */
export function judgeMessage(known: SealMark | null, sent: Sent, at: number, cadenceMs: number): SealVerdict {
  if (known !== null && known.keyId !== sent.keyId && sent.isPrevious) return { kind: 'replayed', reason: OLD_KEY };
  // With another key a device counts as it likes: it may have got it because its count was lost.
  const mark = known?.keyId === sent.keyId ? known : null;
  if (mark !== null && !isLater(sent, mark)) return { kind: 'replayed', reason: whyOld(mark, sent) };
  const startedAt = startOf(mark, sent, at);
  const lateMs = at - (startedAt + sent.counter * TENTH_MS);
  if (lateMs > Math.max(HELD_UP_MS, 2 * cadenceMs)) {
    const reason = `it was sent ${formatDuration(lateMs)} before it came: held up on the way, or sent again by somebody else`;
    return { kind: 'replayed', reason };
  }
  return { kind: 'taken', mark: { boot: sent.boot, counter: sent.counter, keyId: sent.keyId, startedAt, heardAt: at } };
}

const OLD_KEY = 'it has the key before, after the new one was used: sent again by somebody else';

/** Whether a command could still be taken by its device, ms of our clock: an older one was kept by somebody. */
export function isCommandOld(mark: SealMark | null, named: Named, at: number): boolean {
  if (mark === null) return false;
  if (named.boot !== mark.boot) return named.boot < mark.boot;
  const now = mark.startedAt === null ? mark.counter : (at - mark.startedAt) / TENTH_MS;
  return now - named.counter > COMMAND_AGE + COMMAND_LEEWAY;
}

/** The quickest message tells when the device began; its clock may be the slower one. */
function startOf(mark: SealMark | null, { boot, counter }: Named, at: number): number {
  const byThis = at - counter * TENTH_MS;
  if (mark === null || mark.startedAt === null || mark.boot !== boot) return byThis;
  return Math.min(byThis, mark.startedAt + (at - (mark.heardAt ?? at)) * SLOWER_BY);
}

function whyOld(mark: SealMark, { boot, counter }: Named): string {
  if (boot === mark.boot && counter === mark.counter) return 'it came before: sent again by somebody else';
  const then = boot === mark.boot ? 'than what was heard of it' : `than its start ${mark.boot}, of start ${boot}`;
  return `it is older ${then}: sent again by somebody else, or it forgot how often it had started`;
}
