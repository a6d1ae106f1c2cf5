import { describe, expect, test } from 'vitest';
import type { CommandedConfig } from '../../../../src/core/house/house.ts';
import {
  commandPayload,
  digitsOf,
  readCommand,
  readFeedback,
  readTarget,
  stepFrom,
  targetsText,
  valueText,
} from '../../../../src/core/house/values/commanded.ts';

const loop = { label: 'It', command: 'a/set', feedback: 'a/done' };
const toggle: CommandedConfig = { ...loop, kind: 'switch', on: 'ON', off: 'OFF' };
const target: CommandedConfig = { ...loop, kind: 'number', unit: '°C', min: 5, max: 30, step: 0.5 };
const mode: CommandedConfig = {
  ...{ ...loop, kind: 'select', options: ['auto', 'heat', 'off'], payloads: { off: '0' } },
};
const restart: CommandedConfig = { ...loop, kind: 'button', payload: 'PRESS' };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the payload of a command', () => {
  test.each<[CommandedConfig, string, string]>([
    [toggle, 'on', 'ON'],
    [{ ...toggle, template: '{"state":"%s"}' }, 'off', '{"state":"OFF"}'],
    [{ ...toggle, on: 'a"b', template: '{"state":"%s"}' }, 'on', '{"state":"a\\"b"}'],
    [{ ...toggle, template: '100 %% %s' }, 'on', '100 % ON'],
    [target, '21.5', '21.5'],
    [{ ...target, template: '{"t":%s}' }, '7', '{"t":7}'],
    [{ ...target, scale: 0.1, offset: -10 }, '21.5', '315'],
    [mode, 'auto', 'auto'],
    [mode, 'off', '0'],
    [restart, 'press', 'PRESS'],
  ])('of %o told %s is %s', (config, told, payload) => {
    expect(commandPayload(config, told)).toBe(payload);
    expect(readCommand(bytes(payload), config)).toBe(told);
  });

  test.each<[CommandedConfig, string, string | null]>([
    [toggle, 'an', 'on'],
    [toggle, 'maybe', null],
    [{ ...toggle, template: '{"state":"%s"}' }, 'ON', null],
    [target, '21,50 °C', '21.5'],
    [target, 'warm', null],
    [{ ...target, template: '{"t":%s}' }, '{"t":7', null],
    [{ ...target, path: 'value' }, '8', '8'],
    [mode, 'cool', null],
    [restart, 'press', null],
  ])('of another client, to %o: %s means %s', (config, payload, told) => {
    expect(readCommand(bytes(payload), config)).toBe(told);
  });
});

describe('feedback', () => {
  test.each<[CommandedConfig, string, string | null]>([
    [toggle, 'off', 'off'],
    [target, '21.5', '21.5'],
    [target, '21.503', '21.5'],
    [target, '21.3', '21.3'],
    [{ ...target, scale: 0.1 }, '215', '21.5'],
    [{ ...target, path: 't' }, '{"t": 7}', '7'],
    [mode, 'AUTO', 'auto'],
    [mode, '0', 'off'],
    [restart, 'whatever', 'press'],
    [{ ...restart, answer: 'done' }, 'done', 'press'],
    [{ ...restart, answer: 'done' }, 'busy', null],
  ])('of %o: %s means %s', (config, payload, told) => {
    expect(readFeedback(bytes(payload), config)).toEqual({ ok: true, value: told });
  });

  test.each<[CommandedConfig, string, string, string | null]>([
    [toggle, 'x', '"x" is neither on nor off', 'x'],
    [target, '70 °F', '"70 °F" is in another unit than °C', null],
    [target, 'warm', '"warm" is not a number', null],
    [mode, 'cool', '"cool" is none of auto, heat, off', 'cool'],
    [{ ...mode, path: 'm' }, '{"m":null}', 'm in the JSON payload is null', null],
    [restart, '', 'the payload is empty', null],
  ])('of %o: %s cannot be read, for %s', (config, payload, reason, word) => {
    expect(readFeedback(bytes(payload), config)).toEqual({ ok: false, error: { reason, word } });
  });
});

describe('what a person asks for', () => {
  test.each<[CommandedConfig, string, string]>([
    [toggle, 'ON', 'on'],
    [target, '21,5', '21.5'],
    [target, '21.50 °C', '21.5'],
    [target, '5', '5'],
    [target, '30', '30'],
    [mode, 'HEAT', 'heat'],
    [restart, 'Press', 'press'],
  ])('of %o: %s is %s', (config, word, told) => {
    expect(readTarget(word, config)).toEqual({ ok: true, value: told });
  });

  test.each<[CommandedConfig, string, string]>([
    [toggle, '1', '"1" is neither on nor off'],
    [target, '4.5', '4.5 °C is less than the 5 °C that it goes down to'],
    [target, '30.5', '30.5 °C is more than the 30 °C that it goes up to'],
    [target, '21.3', '21.3 °C is between its steps of 0.5 °C: 21.5 °C is near'],
    [target, 'warm', '"warm" is not a number'],
    [target, ' ', 'nothing is typed'],
    [mode, 'cool', '"cool" is none of auto, heat, off'],
    [restart, 'on', '"on" is not press'],
  ])('of %o: %s is refused, for %s', (config, word, why) => {
    expect(readTarget(word, config)).toEqual({ ok: false, error: why });
  });

  test.each([
    [target, 'a multiple of 0.5 from 5 to 30', '5 to 30 °C in steps of 0.5'],
    [mode, 'an option', 'auto, heat or off'],
    [restart, 'a press', 'press'],
  ] as const)('%o takes %s', (config, _, text) => {
    expect(targetsText(config)).toBe(text);
  });
});

describe('a step of a set-point', () => {
  const config = target as Extract<CommandedConfig, { kind: 'number' }>;
  test.each<[number, 1 | -1, string]>([
    [21.5, 1, '22'],
    [21.5, -1, '21'],
    [21.3, 1, '21.5'],
    [21.3, -1, '21'],
    [30, 1, '30'],
    [5, -1, '5'],
    [100, 1, '30'],
    [-100, -1, '5'],
  ])('from %d by %d leads to %s', (value, by, told) => {
    expect(stepFrom(value, by, config)).toBe(told);
  });

  test('is shown with the digits of the step', () => {
    expect(digitsOf(config)).toBe(1);
    expect(valueText('21', config)).toBe('21.0 °C');
    expect(valueText('21.25', config)).toBe('21.25 °C');
    expect(valueText('21', { ...config, decimals: 0, unit: '' })).toBe('21');
    expect(valueText('auto', mode)).toBe('auto');
  });

  test('stays within its limits and on its steps, from any number', () => {
    for (let value = -20; value < 60; value += 0.37) {
      for (const by of [1, -1] as const) {
        const next = Number(stepFrom(value, by, config));
        expect(next).toBeGreaterThanOrEqual(5);
        expect(next).toBeLessThanOrEqual(30);
        expect((next - 5) % 0.5).toBe(0);
      }
    }
  });
});
