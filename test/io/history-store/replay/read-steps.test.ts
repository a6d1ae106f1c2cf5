import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFrames } from '../../../../src/core/history/bytes/frame.ts';
import type { PastStep } from '../../../../src/core/history/replay/past-steps.ts';
import { createRandom } from '../../../../src/core/simulation/random.ts';
import { damageOfSteps, momentBefore, readSteps } from '../../../../src/io/history-store/replay/read-steps.ts';
import { openNight } from '../../../helpers/history/recorded-night.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

const EVENING = Date.UTC(2026, 0, 11, 20, 0, 0);
const DAY = Math.floor(EVENING / 86_400_000);
const SPAN = { from: EVENING / 1_000 - 3_600, until: EVENING / 1_000 + 3 * 3_600 };

let folder = '';
let damaged = '';
let name = '';
let whole: Uint8Array;
let steps: readonly string[];
const textOf = (step: PastStep): string =>
  JSON.stringify(step, (_, value) => (value instanceof Map ? [...value] : value));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-steps-'));
  const night = await openNight(folder, EVENING);
  for (let part = 0; part < 8; part += 1) {
    night.dispatch({
      type: 'switch-requested',
      at: night.clock.now(),
      switchId: 'pump',
      target: part % 2 === 0 ? 'off' : 'on',
    });
    await night.pass(3);
  }
  await night.end();
  damaged = `${folder}-damaged`;
  cpSync(folder, damaged, { recursive: true });
  [name = ''] = readdirSync(folder).filter(file => file.endsWith('.steps'));
  // Of a buffer `slice` is no copy.
  whole = new Uint8Array(readFileSync(join(folder, name)));
  steps = readSteps(folder, SPAN).map(textOf);
}, 60_000);
afterAll(() => {
  for (const one of [folder, damaged]) rmSync(one, { recursive: true, force: true });
});

/** What is read of other bytes is what was written, in its order, or missing. */
function expectNothingFalse(bytes: Uint8Array): { readonly count: number; readonly isPrefix: boolean } {
  writeFileSync(join(damaged, name), bytes);
  const read = readSteps(damaged, SPAN).map(textOf);
  let place = 0;
  for (const step of read) {
    const found = steps.indexOf(step, place);
    if (found < 0) expect.unreachable(`read what was never written: ${step.slice(0, 200)}`);
    place = found + 1;
  }
  const moment = momentBefore(damaged, SPAN.until * 1_000, 7);
  if (moment !== null) expect(steps).toContain(textOf({ kind: 'moment', at: moment.at, moment }));
  return { count: read.length, isPrefix: place === read.length };
}

describe('a damaged file of steps', () => {
  it('has what is whole of it, and nothing else, whichever bit is wrong', () => {
    expect(expectNothingFalse(whole).count).toBe(steps.length);
    expect(steps.length).toBeGreaterThan(40);
    const lastStart = readFrames(whole).frames.at(-1)?.start ?? 0;
    const random = createRandom(21);
    for (let round = 0; round < rounds(400); round += 1) {
      const bytes = whole.slice();
      const place = Math.floor(random.next() * bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random.next() * 8));
      const { count } = expectNothingFalse(bytes);
      // With a length beyond the end of the file the last frame looks like one that was never finished.
      const isLength = place > lastStart && place <= lastStart + 3;
      if (count < steps.length && !isLength) expect(damageOfSteps(damaged, DAY), `byte ${place}`).toBeGreaterThan(0);
    }
  });

  it('has what came before the place where it was cut', () => {
    const random = createRandom(22);
    let last = -1;
    const places = Array.from({ length: rounds(100) }, () => Math.floor(random.next() * whole.length));
    for (const place of places.sort((one, other) => one - other)) {
      const { count, isPrefix } = expectNothingFalse(whole.slice(0, place));
      expect([isPrefix, damageOfSteps(damaged, DAY)]).toEqual([true, 0]);
      expect(count).toBeGreaterThanOrEqual(last);
      last = count;
    }
  });

  it('goes on behind zeros, rubbish, and a part that is there twice', () => {
    const middle = 200;
    const zeros = whole.slice();
    zeros.fill(0, middle, middle + 300);
    expectNothingFalse(zeros);
    const rubbish = whole.slice();
    for (let place = middle; place < middle + 300; place += 1) rubbish[place] = (place * 7_919) & 255;
    expect(expectNothingFalse(rubbish).count).toBeGreaterThan(0);
    expect(damageOfSteps(damaged, DAY)).toBeGreaterThan(0);
  });

  it('is not there: nothing is known', () => {
    rmSync(join(damaged, name));
    expect(readSteps(damaged, SPAN)).toEqual([]);
    expect([momentBefore(damaged, SPAN.until * 1_000, 7), damageOfSteps(damaged, DAY)]).toEqual([null, 0]);
  });
});
