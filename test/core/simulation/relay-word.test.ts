import { describe, expect, it } from 'vitest';
import { parseRelayWord } from '../../../src/core/simulation/relay-word.ts';

const own = { on: 'EIN', off: 'ZU' };

describe('parseRelayWord', () => {
  it.each(['on', 'ON', 'an', 'An', '1', 'true', 'True', ' on\n', 'ein'])('understands %j as on', word => {
    expect(parseRelayWord(word, own)).toBe(true);
  });

  it.each(['off', 'OFF', 'aus', 'AUS', '0', 'false', 'zu'])('understands %j as off', word => {
    expect(parseRelayWord(word, own)).toBe(false);
  });

  it.each(['', 'onn', '2', 'toggle', 'on off', '\u001b[31m', '{"on":true}', 'on'.padStart(1_000_000)])(
    'does not guess at nonsense (%#)',
    word => {
      expect(parseRelayWord(word, own)).toBeNull();
    },
  );

  it('takes the configured words first, even where they turn the usual ones round', () => {
    expect(parseRelayWord('on', { on: 'off', off: 'on' })).toBe(false);
    expect(parseRelayWord('0', { on: '0', off: '1' })).toBe(true);
  });
});
