import { COMMAND_AGE, type SealedText } from '../../core/sealed/sealed-text.ts';
import { createCipher } from './cipher.ts';

/** A device's side, for those that are simulated: the same as `seal.py` (core/device-files/seal-module.ts). */
export interface DeviceSeal {
  /** What to publish; `id` is that of the command that it answers. */
  readonly seal: (topic: string, value: string, id?: string) => string;
  /** A command that is genuine, new and at most 30 s old; `null` for anything else. */
  readonly open: (topic: string, payload: Uint8Array) => Pick<SealedText, 'id' | 'value'> | null;
}

/** So many commands are remembered; while so many are young, no more are taken. */
const MOST_TAKEN = 8;
/** In the tenths of `counter`, ms. */
const TENTH_MS = 100;

/** A device at its start number `boot`; `now` is ms of a clock that never goes back. */
export function createDeviceSeal(key: Uint8Array, boot: number, now: () => number): DeviceSeal {
  const cipher = createCipher(key);
  const startedAt = now();
  let counter = 0;
  let taken: readonly SealedText[] = [];
  const tenths = (): number => Math.floor((now() - startedAt) / TENTH_MS);
  return {
    seal: (topic, value, id = '0') => {
      counter = Math.max(counter + 1, tenths());
      return cipher.seal(topic, { boot, counter, id, value });
    },
    open: (topic, payload) => {
      const text = cipher.open(topic, payload);
      const oldest = tenths() - COMMAND_AGE;
      taken = taken.filter(one => one.counter >= oldest);
      if (text === null || text.boot !== boot || text.counter < oldest || text.counter > counter) return null;
      if (taken.some(one => one.id === text.id) || taken.length >= MOST_TAKEN) return null;
      taken = [...taken, text];
      return text;
    },
  };
}
