import { describe, expect, it } from 'vitest';
import { COMMAND_AGE, type SealedText } from '../../../src/core/sealed/sealed-text.ts';
import { createCipher } from '../../../src/io/sealed/cipher.ts';
import { createDeviceSeal, type DeviceSeal } from '../../../src/io/sealed/device-seal.ts';

const KEY = new Uint8Array(32).fill(9);
const cipher = createCipher(KEY);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A device that has run for a second and said something: what it said, and a way to command it. */
function start(): {
  readonly device: DeviceSeal;
  readonly said: SealedText;
  readonly pass: (ms: number) => void;
  readonly command: (text: Partial<SealedText>) => unknown;
} {
  let now = 5_000;
  const device = createDeviceSeal(KEY, 3, () => now);
  now += 1_000;
  const said = cipher.open('heating/flow', ascii(device.seal('heating/flow', '64.3')));
  if (said === null) throw new Error('what it seals can be opened');
  return {
    device,
    said,
    pass: ms => {
      now += ms;
    },
    command: text =>
      device.open('heating/pump', ascii(cipher.seal('heating/pump', { ...said, id: '7', value: 'on', ...text }))),
  };
}

describe('the seal of a simulated device', () => {
  it('tells its start, the tenths since, and what it answers', () => {
    const { device, said } = start();
    expect(said).toEqual({ boot: 3, counter: 10, id: '0', value: '64.3' });
    const next = cipher.open('heating/pump/done', ascii(device.seal('heating/pump/done', 'on', '7')));
    expect(next).toEqual({ boot: 3, counter: 11, id: '7', value: 'on' });
  });

  it('takes a command once', () => {
    const { command } = start();
    expect(command({})).toMatchObject({ id: '7', value: 'on' });
    expect(command({})).toBeNull();
    expect(command({ value: 'off' })).toBeNull();
    expect(command({ id: '8', value: 'off' })).toMatchObject({ id: '8', value: 'off' });
  });

  it.each([{ boot: 2 }, { boot: 4 }, { counter: 11 }])('takes none that names %j', text => {
    expect(start().command(text)).toBeNull();
  });

  it('takes one of the last tenth of its time, and none after it', () => {
    const inTime = start();
    inTime.pass(COMMAND_AGE * 100);
    expect(inTime.command({})).not.toBeNull();
    const late = start();
    late.pass(COMMAND_AGE * 100 + 100);
    expect(late.command({})).toBeNull();
  });

  it('takes eight in their time, and more when those are old', () => {
    const { command, device, pass } = start();
    const taken = Array.from({ length: 10 }, (_, id) => command({ id: String(100 + id) }) !== null);
    expect(taken.filter(Boolean)).toHaveLength(8);
    pass((COMMAND_AGE + 1) * 100);
    const fresh = cipher.open('heating/flow', ascii(device.seal('heating/flow', '1')));
    expect(command({ id: '200', counter: fresh?.counter ?? 0 })).not.toBeNull();
  });

  it('takes nothing of another key or in the clear', () => {
    const { device, said } = start();
    const other = createCipher(new Uint8Array(32).fill(8)).seal('heating/pump', { ...said, value: 'on' });
    expect(device.open('heating/pump', ascii(other))).toBeNull();
    expect(device.open('heating/pump', ascii('on'))).toBeNull();
  });
});
