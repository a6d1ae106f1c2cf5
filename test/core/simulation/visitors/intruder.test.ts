import { describe, expect, it } from 'vitest';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { createRandom } from '../../../../src/core/simulation/random.ts';
import {
  createIntruder,
  type Intrusion,
  type Overheard,
  stepIntruder,
} from '../../../../src/core/simulation/visitors/intruder.ts';

const house = presets.article as HouseConfig;
const payload = new Uint8Array([1, 2, 3]);

/** All that is tried in so many ms. */
function run(ms: number, overheard: readonly Overheard[], of = house): readonly { at: number; intrusion: Intrusion }[] {
  const random = createRandom(5);
  const tried: { at: number; intrusion: Intrusion }[] = [];
  let state = createIntruder(random);
  for (let at = 500; at <= ms; at += 500) {
    const step = stepIntruder(state, 500, of, overheard, random);
    state = step.state;
    if (step.intrusion !== null) tried.push({ at, intrusion: step.intrusion });
  }
  return tried;
}

describe('somebody on the line', () => {
  it('begins within ten seconds, and goes on through its ways in turn', () => {
    const tried = run(300_000, [{ topic: 'heating/pump', payload }]);
    expect(tried[0]?.at).toBeGreaterThanOrEqual(6_000);
    expect(tried[0]?.at).toBeLessThanOrEqual(10_000);
    expect(tried.slice(0, 6).map(({ intrusion }) => intrusion.kind)).toEqual([
      ...['forge', 'replay', 'in-the-clear', 'forge', 'replay', 'in-the-clear'],
    ]);
    const pauses = tried.slice(1).map(({ at }, index) => at - (tried[index]?.at ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(12_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(25_500);
  });

  it('would rather repeat a command than a value', () => {
    const both = [
      { topic: 'heating/flow', payload },
      { topic: 'heating/burner', payload },
    ];
    const topics = run(600_000, both).flatMap(({ intrusion }) =>
      intrusion.kind === 'replay' ? [intrusion.topic] : [],
    );
    expect(new Set(topics)).toEqual(new Set(['heating/burner']));
  });

  it('has nothing to repeat before it heard something, and nothing to forge in an empty house', () => {
    expect(run(300_000, []).map(({ intrusion }) => intrusion.kind)).not.toContain('replay');
    expect(run(300_000, [], { ...house, sensors: {} })).toEqual([]);
  });
});
