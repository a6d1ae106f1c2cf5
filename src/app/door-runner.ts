import { createDoor, stepDoor } from '../core/simulation/door.ts';
import { createRandom, seedFor } from '../core/simulation/random.ts';
import type { Clock } from '../io/clock.ts';
import { openDeviceLink } from '../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../io/mqtt-options/mqtt-options.ts';

export interface DoorRunnerOptions {
  /** Where the broker is, and the door's own login. */
  readonly link: LinkOptions;
  readonly seed: number;
  readonly clock: Clock;
  /** How many seconds of the door pass in one second of the clock. */
  readonly speed: number;
}

const TICK_MS = 500;

/** Runs the door of the demo, whose bell rings now and then. `close` resolves within 1 s. */
export function runDoor({ link: options, seed, clock, speed }: DoorRunnerOptions): { close: () => Promise<void> } {
  const random = createRandom(seedFor(seed, 'door'));
  const link = openDeviceLink({ link: options, commands: [], random: random.next, clock }, () => {});
  let door = createDoor(random);
  const tick = (): void => {
    timer = clock.after(TICK_MS, tick);
    const step = stepDoor(door, TICK_MS * speed, random);
    door = step.state;
    for (const { topic, payload } of step.messages) link.publish(topic, payload);
  };
  let timer = clock.after(TICK_MS, tick);
  return {
    close: async () => {
      timer.cancel();
      await link.close();
    },
  };
}
