import type { Effect } from '../../core/home/state/effect.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { House } from '../../core/house/house.ts';
import type { DeviceKey, Keys } from '../../core/sealed/keys.ts';
import type { SealedText } from '../../core/sealed/sealed-text.ts';
import { isToken } from '../../core/sealed/token.ts';
import { type Cipher, createCipher } from '../../io/sealed/cipher.ts';
import type { MarkFile } from '../../io/sealed/mark-file.ts';
import { fingerprint } from '../../io/sealed/new-key.ts';

type MessageEvent = HomeEvent & { readonly type: 'message-received' };
type CommandEffect = Effect & { readonly type: 'publish-command' };

/** Opens what the sealing devices of a house send, and seals the commands for them. */
export interface Seals {
  /** The message as it would be in the clear, with what was found of its seal; one of another device as it is. */
  readonly open: (event: MessageEvent) => MessageEvent;
  /** The command as it is sent; `null` where there is no key for it. */
  readonly seal: (effect: CommandEffect) => CommandEffect | null;
  /** The key, by its fingerprint, that a device has used last; `null` before it was heard. */
  readonly keyOf: (device: string) => string | null;
  /** Where it is kept how far the devices have counted; `null` where there is no place for that. */
  readonly marks: MarkFile | null;
}

/** What they are made of. */
export interface SealsSetup {
  readonly house: House;
  readonly keys: Keys;
  readonly marks: MarkFile | null;
  /** Those of before, which know what the devices have used last. */
  readonly before?: Pick<Seals, 'keyOf'> | null;
  /** The wall clock, ms since 1970, by which an old key's time ends. */
  readonly now: () => number;
}

/** In place of what is not genuine: nobody shall read it by mistake. */
const NOTHING = new Uint8Array();

/** The two keys that a device may have at a time, and which of them it used last. */
interface Lock {
  readonly current: NamedCipher;
  readonly previous: (NamedCipher & { readonly until: number }) | null;
  usesPrevious: boolean;
  wasHeard: boolean;
}

interface NamedCipher {
  readonly id: string;
  readonly cipher: Cipher;
}

/** With the keys as they are at this moment. */
export function createSeals({ house, keys, marks, before = null, now }: SealsSetup): Seals {
  const locks = new Map(
    Object.entries(keys).map(([device, key]) => [device, lockOf(key, before?.keyOf(device) ?? null)]),
  );
  const lockFor = (topic: string): Lock | undefined => locks.get(house.sealed.get(topic) ?? '');
  return {
    marks,
    keyOf: device => {
      const lock = locks.get(device);
      if (lock === undefined || !lock.wasHeard) return null;
      return (lock.usesPrevious ? lock.previous : lock.current)?.id ?? null;
    },
    open: event => {
      if (!house.sealed.has(event.topic)) return event;
      const lock = lockFor(event.topic);
      if (lock === undefined) return { ...event, payload: NOTHING, seal: { kind: 'no-key' } };
      const found = openWith(lock, event, now());
      if (found === null) {
        const kind = isToken(event.payload) ? 'forged' : 'unsealed';
        return { ...event, payload: NOTHING, seal: { kind } };
      }
      const { text, by } = found;
      const { boot, counter, id, value } = text;
      const seal = { kind: 'opened', boot, counter, id, keyId: by.id, isPrevious: by !== lock.current } as const;
      return { ...event, payload: new TextEncoder().encode(value), seal };
    },
    seal: effect => {
      const { seal, ...plain } = effect;
      if (seal === undefined) return effect;
      const lock = lockFor(effect.topic);
      if (lock === undefined) return null;
      const { current, previous } = lock;
      const by = lock.usesPrevious && previous !== null && previous.until > now() ? previous : current;
      return { ...plain, payload: by.cipher.seal(effect.topic, { ...seal, value: effect.payload }) };
    },
  };
}

function lockOf({ key, previous }: DeviceKey, used: string | null): Lock {
  const named = (hex: string): NamedCipher => ({ id: fingerprint(hex), cipher: createCipher(Buffer.from(hex, 'hex')) });
  const [current, old] = [named(key), previous === undefined ? null : named(previous.key)];
  return {
    current,
    previous: old === null || previous === undefined ? null : { ...old, until: Date.parse(previous.until) },
    usesPrevious: old !== null && old.id === used,
    wasHeard: used === current.id || (old !== null && old.id === used),
  };
}

/** What stands in a message, and by which key; what a device sends tells which of the two it has. */
function openWith(
  lock: Lock,
  { topic, payload }: MessageEvent,
  now: number,
): { readonly text: SealedText; readonly by: NamedCipher } | null {
  const { current, previous } = lock;
  const keys = previous === null || previous.until <= now ? [current] : [current, previous];
  for (const by of keys) {
    const text = by.cipher.open(topic, payload);
    if (text === null) continue;
    lock.usesPrevious = by !== current;
    lock.wasHeard = true;
    return { text, by };
  }
  return null;
}
