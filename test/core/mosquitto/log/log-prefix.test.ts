import { describe, expect, it } from 'vitest';
import { takePrefix } from '../../../../src/core/mosquitto/log/log-prefix.ts';

const AT = Date.UTC(2026, 10, 22, 18, 42, 30);
const WORDS = 'Client a disconnected.';

describe('takePrefix', () => {
  it.each([
    ['2026-11-22T18:42:30.250000000Z ', AT + 250],
    ['2026-11-22T19:42:30.250000000+01:00 ', AT + 250],
    ['mosquitto-1  | 2026-11-22T18:42:30.250000000Z 1795372950: ', AT],
    ['1 2026-11-22T18:42:30Z pi mosquitto 612 - [a@1 b="c"] ', AT],
    ['1 2026-11-22T18:42:30Z pi mosquitto 612 - -', AT],
    ['<30>1 2026-11-22T18:42:30Z pi mosquitto 612 - - \ufeff', AT],
    ['Nov 22 18:42:30 pi mosquitto: ', null],
    ['22.11.2026: ', null],
    ['22.11.2026 6 UTC: ', null],
    ['Sun, 22 Nov 2026 18:42:30: ', null],
    ['2026-11-22 18:42:30 UTC: ', AT],
    ['2026-11-22T18:42:30Z: ', AT],
    ['home 2026-11-22T18:42:30Z: ', AT],
    ['home, 2026-11-22T18:42:30Z: ', AT],
    ['home [2026-11-22T18:42:30Z] of (mine: ', AT],
    ['[home 2026-11-22T18:42:30Z]: ', AT],
    ['[2026-11-22T18:42:30Z pi house]: ', AT],
    ['{"log":', null],
  ])('takes %j off', (prefix, at) => {
    if (prefix === '{"log":') return expect(takePrefix(prefix)).toEqual({ at: null, text: prefix });
    expect(takePrefix(`${prefix}${WORDS}`)).toEqual({ at, text: WORDS });
  });

  it.each([
    'x1795372950: Client a disconnected.',
    '17953729501234: 5',
    'x mosquitto-1 y | Client a disconnected.',
    'x 2026-11-22T18:42:30.250000000Z Client a disconnected.',
    'x 1 2026-11-22T18:42:30Z pi mosquitto 612 - - Client a disconnected.',
    // Of words of one's own without a time of the day nobody knows whose they are.
    'home 22.11.2026: Client a disconnected.',
    '[22.11.2026]: Client a disconnected.',
    'one two three 2026-11-22T18:42:30Z: Client a disconnected.',
    '22.11.2026 12:30 one two three: Client a disconnected.',
    '2026-11-22T18:42:30Z: 5 clients',
    'Client 2026-11-22T18:42:30Z: Client a disconnected.',
    'mosquitto version 12:30: Client a disconnected.',
  ])('leaves %j as it is', line => {
    expect(takePrefix(line)).toEqual({ at: null, text: line });
  });

  it('reads an object of a container or of the journal, with what it says of the time', () => {
    const of = (fields: object) => takePrefix(JSON.stringify(fields));
    expect(of({ log: `\u001b[32m${WORDS}\u001b[0m\r\n` })).toEqual({ at: null, text: WORDS });
    expect(of({ log: 'a\nb\n', time: '2026-11-22T18:42:30.5Z' })).toEqual({ at: AT + 500, text: 'a\nb' });
    expect(of({ MESSAGE: WORDS, __REALTIME_TIMESTAMP: `${AT}250` })).toEqual({ at: AT, text: WORDS });
    expect(of({ MESSAGE: WORDS, time: 5, __REALTIME_TIMESTAMP: `${AT}999` })).toEqual({ at: AT, text: WORDS });
    expect(of({ MESSAGE: [67], log: null })).toEqual({ at: null, text: '{"MESSAGE":[67],"log":null}' });
    expect(takePrefix('{"log"')).toEqual({ at: null, text: '{"log"' });
  });

  it('takes colours off only where there are some', () => {
    expect(takePrefix(`\u001b[36mmosquitto-1  |\u001b[0m ${WORDS}`)).toEqual({ at: null, text: WORDS });
    expect(takePrefix(`[36mx ${WORDS}`)).toEqual({ at: null, text: `[36mx ${WORDS}` });
  });

  it('looks for a stamp near the beginning only', () => {
    const far = `${'1'.repeat(199)}: ${WORDS}`;
    expect(takePrefix(far).text).toBe(far);
  });
});
