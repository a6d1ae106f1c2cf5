import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';

/** What a hostile name repeats, between the beginning and the end of a line that just does not fit. */
const HOSTILE: readonly (readonly [start: string, repeated: string, end: string])[] = [
  ['New client connected from 1.2.3.4:5 as ', " (p5, c1, k60, u'a", "')x."],
  ['New client connected from 1.2.3.4:5 as ', " (p5, c1, k60, u'a", 'x).'],
  ['New client connected from ', '1:', ' as x).'],
  ['Denied PUBLISH from ', " (d0, q1, r0, m1, '", "', ... (x bytes))"],
  ['Denied PUBLISH from ', "', ... (1 bytes))", "', ... (x bytes))"],
  ['Client ', ' [1.2.3.4:5] disconnected: ', 'x.'],
  ['Client ', ' [', '] disconnected: not authorised.'],
  ['Client ', ' disconnected due to a', '.b.'],
  ['Client ', ' disconnected: A', ':b.'],
  ['Bad socket read/write on client ', ': A', ':'],
  ['Error: Invalid line in acl_file "', '": ', 'x'],
  ['Error: A', ' in acl_file "', '".x.'],
  ['password-file: Error: A', ' password file ', '"x'],
  ['', '1:', 'x'],
  ['', '12:30 ', 'x'],
  ['', '[', 'x'],
  ['', 'Mon ', 'x'],
  ['', 'a', ' | Client a disconnected.'],
  ['{"log":"', '\\"', 'x'],
  ['', '\u001b[1;', 'x'],
  ['<30>1 - a b c d ', '[a]', 'x'],
  ['[1] [ERR] 1.2.3.4:5 - mid:4 - "', '\\"', 'x'],
  [
    "2026-11-22 18:42:30.000000+00:00 [error] <0.747.0> access to topic '",
    "' in exchange 'a' in vhost '/' refused for user '",
    'x',
  ],
  ['2026-11-22 18:42:30.000000+00:00 [error] <0.747.0> operation ', "access to topic 'a", 'x'],
];

/** The best of some runs, ms: what else the machine does makes it only longer. */
function durationMs(line: string): number {
  const runs = Array.from({ length: 9 }, () => {
    const startedAt = performance.now();
    for (let again = 0; again < 20; again++) parseLogLine(line);
    return performance.now() - startedAt;
  });
  return Math.min(...runs);
}

describe('a log line that a client made long', () => {
  it.each(HOSTILE)('takes the time of its length and not of its square: %s%s…', (start, repeated, end) => {
    const build = (length: number): string => start + repeated.repeat(Math.floor(length / repeated.length)) + end;
    const [short, long] = [durationMs(build(1_000)), durationMs(build(8_000))];
    // Eight times as long: 8 where it is linear, 64 where it is not. What is done in no time at all has no ratio.
    expect(long).toBeLessThan(Math.max(24 * short, 2));
  });

  it('is read up to 8,192 characters and not looked at beyond', () => {
    const left = (length: number): string =>
      `Client ${'x'.repeat(length - 'Client  disconnected.'.length)} disconnected.`;
    expect(parseLogLine(left(8_192))).toMatchObject({ kind: 'left' });
    expect(parseLogLine(left(8_193))).toBeNull();
    expect(parseLogLine(left(65_536))).toBeNull();
  });
});
