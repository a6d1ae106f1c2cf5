import type { HouseConfig } from '../core/house/schema.ts';
import { createRandom, seedFor } from '../core/simulation/random.ts';
import { type Attempt, createGuest, stepGuest } from '../core/simulation/visitors/guest.ts';
import type { Clock } from '../io/clock.ts';
import { type DeviceLink, openDeviceLink } from '../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../io/mqtt-options/mqtt-options.ts';

export interface GuestRunnerOptions {
  /** Where the broker is, and the guest's own login. */
  readonly link: LinkOptions;
  readonly house: HouseConfig;
  readonly seed: number;
  readonly clock: Clock;
  /** How many seconds of the guest pass in one second of the clock; 1 unless given. */
  readonly speed?: number;
  readonly report?: (attempt: Attempt) => void;
}

export interface RunningGuest {
  /** Resolves within 2 s. */
  close(): Promise<void>;
}

const TICK_MS = 500;

/** Runs the demo's guest: logged in with rights of its own, it now and then tries what it may not. */
export function runGuest(options: GuestRunnerOptions): RunningGuest {
  const { house, clock, speed = 1 } = options;
  const random = createRandom(seedFor(options.seed, 'guest'));
  let guest = createGuest(random);
  let strangers: DeviceLink[] = [];
  const link = openDeviceLink({ link: options.link, commands: [], random: random.next, clock }, () => {});

  const mistype = (): void => {
    const stranger = openDeviceLink({ link: mistyped(options.link), commands: [], random: random.next, clock }, () => {
      strangers = strangers.filter(other => other !== stranger);
      void stranger.close();
    });
    strangers.push(stranger);
  };
  const tick = (): void => {
    timer = clock.after(TICK_MS, tick);
    const step = stepGuest(guest, TICK_MS * speed, house, random);
    guest = step.state;
    if (step.attempt === null) return;
    if (step.attempt.kind === 'wrong-password') mistype();
    else link.publish(step.attempt.topic, step.attempt.payload);
    options.report?.(step.attempt);
  };
  let timer = clock.after(TICK_MS, tick);
  return {
    close: async () => {
      timer.cancel();
      await Promise.all([link, ...strangers].map(open => open.close()));
    },
  };
}

/** A second app on the same phone, with a password that is not the right one. */
function mistyped(link: LinkOptions): LinkOptions {
  const { session, password } = link;
  return { ...link, session: { ...session, clientId: `${session.clientId}-login` }, password: `${password ?? ''}?` };
}
