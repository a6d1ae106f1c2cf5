import type { Span } from '../../core/history/spans.ts';
import type { Step } from '../store.ts';

/** Tells when we listened, as far as that is proven. */
export interface ListeningWatch {
  /** Each step of the house, with the time of day of its `at`, both ms. */
  readonly see: (step: Step, wallAt: number) => void;
  /** What was listened to since the last time, as far as it is certain. */
  readonly take: () => void;
}

/**
 * Makes the watch. A dead line is noticed up to one and a half keepalives late (MQTT 5, section 3.1.2.10), and then has
 * been dead since nobody knows when: what was heard proves that it lived, and otherwise only what is older than that.
 */
export function createListeningWatch(
  { at, keepaliveMs }: { readonly at: number; readonly keepaliveMs: number },
  tell: (span: Span) => void,
): ListeningWatch {
  /** Since when we listen, and have not told it yet; on the clock of the events. */
  let since: number | null = null;
  let spokeAt = at;
  let now = at;
  /** What the time of day is ahead of that clock. */
  let aheadMs = 0;
  const tellUntilProven = (): void => {
    if (since === null) return;
    const until = Math.max(since, Math.min(now, Math.max(spokeAt, now - 2 * keepaliveMs)));
    const span = { from: toSecond(since + aheadMs), until: toSecond(until + aheadMs) };
    if (span.until > span.from) tell(span);
    since = until;
  };
  return {
    see: ({ event, before, after }, wallAt) => {
      const begins = after.listeningSince;
      const isAnew = begins !== before.listeningSince;
      if (isAnew || wallAt - event.at !== aheadMs) tellUntilProven();
      aheadMs = wallAt - event.at;
      if (begins === null) since = null;
      else if (isAnew || since === null) since = Math.max(begins, at);
      now = after.at;
      if (event.type === 'message-received' && begins !== null) spokeAt = event.at;
    },
    take: tellUntilProven,
  };
}

const toSecond = (ms: number): number => Math.floor(ms / 1_000);
