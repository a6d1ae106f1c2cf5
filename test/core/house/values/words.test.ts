import { describe, expect, test } from 'vitest';
import type { WordConfig } from '../../../../src/core/house/house.ts';
import { isLasting, isOneOfFew, levelOfWord, readWord, textOfWord } from '../../../../src/core/house/values/words.ts';

const door: WordConfig = { kind: 'binary', label: 'Door', topic: 'door', words: { on: 'open', off: 'closed' } };
const mode: WordConfig = {
  ...{ kind: 'state', label: 'Mode', topic: 'mode' },
  words: { '0': { text: 'idle' }, E7: { text: 'error E7', level: 'critical' } },
};
const text: WordConfig = { kind: 'state', label: 'Text', topic: 'text' };
const bell: WordConfig = { kind: 'event', label: 'Bell', topic: 'bell', only: ['single'], words: { single: 'ring' } };

const read = (payload: string, config: WordConfig) => readWord(new TextEncoder().encode(payload), config);

describe('a word', () => {
  test.each<[string, WordConfig, string | null, string]>([
    ['ON', door, 'on', 'open'],
    ['closed', door, 'off', 'closed'],
    ['false', door, 'off', 'closed'],
    ['detected', door, 'on', 'open'],
    ['7', { ...door, on: '7', off: '8' }, 'on', 'open'],
    ['{"contact":false}', { ...door, path: 'contact', on: 'false', off: 'true' }, 'on', 'open'],
    ['E7', mode, 'E7', 'error E7'],
    ['0', mode, '0', 'idle'],
    ['toString', mode, 'toString', 'toString'],
    [' heating ', text, 'heating', 'heating'],
    ['\u001b[2J', text, '\ufffd[2J', '\ufffd[2J'],
    ['single', bell, 'single', 'ring'],
    ['double', bell, null, ''],
  ])('%j of %o', (payload, config, word, shown) => {
    expect(read(payload, config)).toEqual({ ok: true, value: word });
    if (word !== null) expect(textOfWord(word, config)).toBe(shown);
  });

  test.each<[string, WordConfig, string]>([
    ['maybe', door, '"maybe" is neither "open" nor "closed"'],
    ['ON', { ...door, on: '1', off: '0' }, '"ON" is neither "1" nor "0"'],
    ['{"a":null}', { ...text, path: 'a' }, 'a in the JSON payload is null'],
    ['{"a":{}}', { ...text, path: 'a' }, 'a in the JSON payload is no single value'],
    ['[1]', { ...text, path: 'length' }, 'the JSON payload has no length'],
    ['', bell, 'the payload is empty'],
  ])('%j of %o cannot be read, for %s', (payload, config, why) => {
    expect(read(payload, config)).toEqual({ ok: false, error: why });
  });
});

describe('how bad a word is', () => {
  test.each<[string, WordConfig, string]>([
    ['on', door, 'ok'],
    ['on', { ...door, levels: { on: 'warning' } }, 'warning'],
    ['off', { ...door, levels: { on: 'warning' } }, 'ok'],
    ['off', { ...door, levels: { off: 'critical' } }, 'critical'],
    ['0', mode, 'ok'],
    ['E7', mode, 'critical'],
    // A word that nobody has described may mean anything.
    ['E8', mode, 'warning'],
    ['E8', { ...mode, words: { E7: {} } }, 'ok'],
    ['E8', text, 'ok'],
    ['single', bell, 'ok'],
  ])('%s of %o is %s', (word, config, level) => {
    expect(levelOfWord(word, config)).toBe(level);
  });
});

test('a change is news of what is one of few, and only of what lasts', () => {
  expect([door, mode, text, bell].map(isOneOfFew)).toEqual([true, true, false, false]);
  expect([door, mode, text, bell].map(isLasting)).toEqual([true, true, true, false]);
});
