import { describe, expect, it } from 'vitest';
import { createSeals } from '../../../src/app/sealed/seals.ts';
import type { Effect } from '../../../src/core/home/state/effect.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { Keys } from '../../../src/core/sealed/keys.ts';
import { createCipher } from '../../../src/io/sealed/cipher.ts';

const article = presets.article;
if (article === undefined) throw new Error('there is the article');
const { heating, ...others } = article.clients;
if (heating === undefined) throw new Error('it has a heating');
const house = createHouse({ ...article, clients: { ...others, heating: { ...heating, sealed: true } } });
const OLD = '11'.repeat(32);
const NEW = '22'.repeat(32);
const cipherOf = (hex: string) => createCipher(Buffer.from(hex, 'hex'));
const UNTIL = Date.UTC(2026, 11, 6);
const rotated: Keys = {
  heating: {
    key: NEW,
    madeAt: '2026-11-29T00:00:00.000Z',
    previous: { key: OLD, until: new Date(UNTIL).toISOString() },
  },
};

type Message = HomeEvent & { readonly type: 'message-received' };
const message = (topic: string, payload: string): Message => ({
  ...{ type: 'message-received', at: 5, topic, payload: new TextEncoder().encode(payload), isRetained: false },
});
const command: Effect & { readonly type: 'publish-command' } = {
  ...{ type: 'publish-command', commandId: 1, topic: 'heating/pump', payload: 'on', expirySeconds: 5 },
  seal: { boot: 3, counter: 40, id: '9' },
};
const TEXT = { boot: 3, counter: 40, id: '0', value: '64.3 °C' };
const sealsWith = (keys: Keys, now = UNTIL - 1) => createSeals({ house, keys, marks: null, now: () => now });
const textOf = ({ payload }: Message): string => new TextDecoder().decode(payload);

describe('what opens and seals for a house', () => {
  it('leaves what is not sealed as it is, both ways', () => {
    const seals = sealsWith(rotated);
    const plain = message('cellar/temperature', '14.2');
    expect(seals.open(plain)).toBe(plain);
    const { seal, ...unsealed } = command;
    expect(seals.seal(unsealed)).toBe(unsealed);
  });

  it('gives what stood inside, with when its device sent it', () => {
    const opened = sealsWith(rotated).open(message('heating/flow', cipherOf(NEW).seal('heating/flow', TEXT)));
    expect(textOf(opened)).toBe('64.3 °C');
    expect(opened.seal).toMatchObject({ kind: 'opened', boot: 3, counter: 40, id: '0', isPrevious: false });
  });

  it.each([
    ['unsealed', '21.0'],
    ['unsealed', ''],
    ['forged', cipherOf('33'.repeat(32)).seal('heating/flow', TEXT)],
    ['forged', cipherOf(NEW).seal('heating/return', TEXT)],
  ])('leaves nothing to be taken of what is %s', (kind, payload) => {
    const opened = sealsWith(rotated).open(message('heating/flow', payload));
    expect([opened.seal, textOf(opened)]).toEqual([{ kind }, '']);
  });

  it('knows nothing without a key, and seals nothing', () => {
    const seals = sealsWith({});
    const opened = seals.open(message('heating/flow', cipherOf(NEW).seal('heating/flow', TEXT)));
    expect([opened.seal, textOf(opened), seals.seal(command)]).toEqual([{ kind: 'no-key' }, '', null]);
  });

  it('takes the key before until its time is over, and commands with the one that the device has', () => {
    const old = message('heating/flow', cipherOf(OLD).seal('heating/flow', TEXT));
    const seals = sealsWith(rotated);
    const commandOf = (): string => seals.seal(command)?.payload ?? '';
    const opens = (hex: string) => cipherOf(hex).open('heating/pump', new TextEncoder().encode(commandOf()));
    expect(opens(NEW)).toMatchObject({ id: '9', value: 'on' });
    const opened = seals.open(old);
    expect(opened.seal).toMatchObject({ kind: 'opened', isPrevious: true });
    expect([opens(OLD), opens(NEW)]).toEqual([expect.objectContaining({ id: '9', value: 'on' }), null]);
    const renewed = seals.open(message('heating/flow', cipherOf(NEW).seal('heating/flow', TEXT)));
    expect([renewed.seal, opens(OLD)]).toEqual([expect.objectContaining({ isPrevious: false }), null]);
    expect(sealsWith(rotated, UNTIL).open(old).seal).toEqual({ kind: 'forged' });
  });

  it('goes on with the key that the device has used last when the keys are read again', () => {
    const plain: Keys = { heating: { key: OLD, madeAt: '2026-11-01T00:00:00.000Z' } };
    const first = sealsWith(plain);
    expect(first.keyOf('heating')).toBeNull();
    first.open(message('heating/flow', cipherOf(OLD).seal('heating/flow', TEXT)));
    const next = createSeals({ house, keys: rotated, marks: null, before: first, now: () => UNTIL - 1 });
    expect([next.keyOf('heating'), next.keyOf('other')]).toEqual([first.keyOf('heating'), null]);
    const payload = new TextEncoder().encode(next.seal(command)?.payload ?? '');
    expect(cipherOf(OLD).open('heating/pump', payload)).toMatchObject({ value: 'on' });
    next.open(message('heating/flow', cipherOf(NEW).seal('heating/flow', TEXT)));
    const last = createSeals({ house, keys: rotated, marks: null, before: next, now: () => UNTIL - 1 });
    const renewed = new TextEncoder().encode(last.seal(command)?.payload ?? '');
    expect(cipherOf(NEW).open('heating/pump', renewed)).toMatchObject({ value: 'on' });
    const revoked = createSeals({ house, keys: {}, marks: null, before: last, now: () => UNTIL - 1 });
    expect([revoked.keyOf('heating'), revoked.seal(command)]).toEqual([null, null]);
  });

  it('tells keys apart by something that is none of them', () => {
    const keyId = (hex: string): unknown =>
      sealsWith(rotated).open(message('heating/flow', cipherOf(hex).seal('heating/flow', TEXT))).seal;
    const [one, other] = [keyId(NEW), keyId(OLD)] as readonly { readonly keyId: string }[];
    expect(one?.keyId).not.toBe(other?.keyId);
    expect(NEW + OLD).not.toContain(one?.keyId);
  });
});
