import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { Shutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { cutText } from '../../core/fit-text.ts';
import { type DeviceLinkEvent, openDeviceLink } from '../../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { canRedraw } from '../stdio/progress.ts';

/** What is listened to for a while. */
export interface Listening {
  readonly link: LinkOptions;
  readonly filters: readonly string[];
  /** Counts from when the broker has answered to all filters, ms. */
  readonly forMs: number;
  /** Each message; `at` in ms since 1970. */
  readonly onMessage: (topic: string, payload: Uint8Array, isRetained: boolean, at: number) => void;
  /** Called once, when listening begins. */
  readonly onListening?: () => void;
}

/** How the listening went. */
export interface Listened {
  /** Filters that the broker did not let us listen to; nothing was listened to where these are all. */
  readonly refused: readonly string[];
  readonly listenedMs: number;
  /** What broke it off for a while; `null` for nothing. */
  readonly trouble: string | null;
}

/** From the first SYN to the answer to the last SUBSCRIBE, ms. */
const CONNECT_LIMIT_MS = 12_000;
const NO_ANSWER = { reason: 'the broker gave no answer in time', cure: 'Check host and port.' };

/**
 * Listens without publishing anything. Resolves when the time is over, a signal comes, or each filter was refused. Rejects
 * with a `Failure` where nobody let us in.
 */
export function listenFor(
  { link, filters, forMs, onMessage, onListening }: Listening,
  shutdown: Pick<Shutdown, 'add' | 'stopped'>,
  world: World,
): Promise<Listened> {
  const { clock, random } = world;
  const refused: string[] = [];
  let since: number | null = null;
  let trouble: string | null = null;
  return new Promise((resolve, reject) => {
    const refuse = (code: ExitCode, reason: string, cure: string | null): void =>
      reject(new Failure(code, reason, cure));
    const end = (): void => {
      timer.cancel();
      void device.close();
      resolve({ refused, listenedMs: since === null ? 0 : clock.monotonicNow() - since, trouble });
    };
    let timer = clock.after(CONNECT_LIMIT_MS, () => refuse(ExitCode.unreachable, NO_ANSWER.reason, NO_ANSWER.cure));
    const onConnected = (): void => {
      if (since !== null) return;
      if (refused.length === filters.length) {
        end();
        return;
      }
      since = clock.monotonicNow();
      timer.cancel();
      timer = clock.after(forMs, end);
      onListening?.();
    };
    const onEvent = (event: DeviceLinkEvent): void => {
      if (event.kind === 'message') onMessage(event.topic, event.payload, event.isRetained, clock.wallNow());
      else if (event.kind === 'connected') onConnected();
      else if (event.kind === 'subscription-refused') noteRefused(event.topic);
      else if (event.kind === 'refused') refuse(ExitCode.denied, event.reason, 'Check user and password.');
      else if (since === null) refuse(ExitCode.unreachable, event.reason, event.cure);
      else trouble = event.reason;
    };
    // On each connection it is asked anew.
    const noteRefused = (filter: string): void => {
      if (!refused.includes(filter)) refused.push(filter);
    };
    const device = openDeviceLink({ link, commands: filters, random, clock }, onEvent);
    shutdown.add(device.close);
    shutdown.add(() => timer.cancel());
    // It may have come before, while something else was listened to.
    if (shutdown.stopped.aborted) end();
    else shutdown.stopped.addEventListener('abort', end);
  });
}

/** A person wants to see that something is going on, ms. */
const TICK_MS = 500;

/** A line on the terminal that is drawn anew while something goes on; `text` gets the seconds since it began. */
export function openTicking(
  text: (seconds: number) => string,
  { stderr, clock, env }: World,
): { readonly end: () => void } {
  if (!canRedraw({ stderr, env })) return { end: () => {} };
  const startedAt = clock.monotonicNow();
  const show = (): void => {
    const seconds = Math.floor((clock.monotonicNow() - startedAt) / 1_000);
    stderr.write(`\r${cutText(`hometui: ${text(seconds)}`, (stderr.columns || 80) - 1)} \u001b[K`);
    timer = clock.after(TICK_MS, show);
  };
  let timer = clock.after(TICK_MS, show);
  return {
    end: () => {
      timer.cancel();
      stderr.write('\r\u001b[K');
    },
  };
}
