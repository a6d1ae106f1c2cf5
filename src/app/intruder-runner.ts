import type { HouseConfig } from '../core/house/schema.ts';
import { createRandom, seedFor } from '../core/simulation/random.ts';
import { createIntruder, type Intrusion, type Overheard, stepIntruder } from '../core/simulation/visitors/intruder.ts';
import type { Clock } from '../io/clock.ts';
import { openDeviceLink } from '../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../io/mqtt-options/mqtt-options.ts';
import { createCipher } from '../io/sealed/cipher.ts';

export interface IntruderOptions {
  /** Its way into the line. */
  readonly link: LinkOptions;
  readonly house: HouseConfig;
  readonly seed: number;
  readonly clock: Clock;
  /** Called with each that is sent. */
  readonly report?: (intrusion: Intrusion) => void;
}

const TICK_MS = 500;
/** So much of what it overhears is kept. */
const MOST_OVERHEARD = 100;
/** A key that nobody gave it. */
const OWN_KEY = new Uint8Array(32).fill(0x42);

/** Runs somebody who reads and writes the line of a house that seals. `close` resolves within 2 s. */
export function runIntruder(options: IntruderOptions): { readonly close: () => Promise<void> } {
  const { house, clock } = options;
  const random = createRandom(seedFor(options.seed, 'intruder'));
  const cipher = createCipher(OWN_KEY);
  const topics = [...Object.values(house.sensors), ...Object.values(house.switches)].map(item =>
    'command' in item ? item.command : item.topic,
  );
  let state = createIntruder(random);
  let overheard: readonly Overheard[] = [];
  /** What comes back of its own it does not keep. */
  const own = new Set<string>();
  const link = openDeviceLink({ link: options.link, commands: topics, random: random.next, clock }, event => {
    if (event.kind !== 'message' || own.has(textOf(event.payload))) return;
    overheard = [...overheard, { topic: event.topic, payload: event.payload }].slice(-MOST_OVERHEARD);
  });
  const made = ({ kind, topic, value }: Exclude<Intrusion, { readonly kind: 'replay' }>): string =>
    kind === 'in-the-clear' ? value : cipher.seal(topic, { boot: 1, counter: state.tries, id: '0', value });
  const send = (intrusion: Intrusion): void => {
    const { topic } = intrusion;
    const payload = intrusion.kind === 'replay' ? intrusion.payload : made(intrusion);
    if (typeof payload === 'string') own.add(payload);
    link.publish(topic, payload);
    options.report?.(intrusion);
  };
  const tick = (): void => {
    timer = clock.after(TICK_MS, tick);
    const step = stepIntruder(state, TICK_MS, house, overheard, random);
    state = step.state;
    if (step.intrusion !== null) send(step.intrusion);
  };
  let timer = clock.after(TICK_MS, tick);
  return {
    close: async () => {
      timer.cancel();
      await link.close();
    },
  };
}

function textOf(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}
