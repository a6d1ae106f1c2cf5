import { describe, expect, it } from 'vitest';
import { freshnessOfClient, freshnessOfReading } from '../../../src/core/home/clients/select-freshness.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { statusLines } from '../../../src/ui/picture/status-line.ts';
import { articleHouse, runHouse } from '../../helpers/house/house-run.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { liveAtRandom } from '../../helpers/random/random-life.ts';

function headline(home: HomeState): string {
  const [line = []] = statusLines(
    { home, glyphs: glyphsFor({ glyphs: 'full' }) },
    { size: { columns: 80, rows: 24 }, screen: 'overview' },
  );
  return line
    .map(part => part.text)
    .join('')
    .trim();
}

describe('the headline', () => {
  it('counts each value, whoever serves it', () => {
    const run = runHouse({ ...articleHouse(), clients: {} });
    run.connect();
    for (const topic of ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'])
      run.receive(topic, '50');
    expect(headline(run.state)).toBe('● All 4 values are live');
    run.pass(60_000);
    expect(headline(run.state)).toMatch(/^\S Flow is stale: silent for/);
  });

  it('keeps the mark of a value beyond a limit, with its age', () => {
    const run = runHouse({ ...articleHouse(), clients: {} });
    run.connect();
    run.receive('heating/return', '30');
    run.receive('heating/flow', '95');
    run.pass(180_000);
    expect(headline(run.state)).toMatch(/Flow was above 90 °C, 3 min old: critical$/);
  });

  it('says that all is live exactly when each value and client is, in random houses', () => {
    let lives = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      liveAtRandom(createRandom(seed), state => {
        const saysLive = / (is|are) live\b/.test(headline(state));
        const isLive =
          state.readings.ids.every(id => freshnessOfReading(state, id).freshness === 'live') &&
          state.clients.ids.every(id => freshnessOfClient(state, id).freshness === 'live');
        const hasMark = state.readings.chunks.flat().some(reading => reading.level !== 'ok');
        expect(saysLive, `seed ${seed}: ${headline(state)}`).toBe(isLive && !hasMark);
        if (saysLive) lives += 1;
      });
    }
    expect(lives).toBeGreaterThan(100);
  });
});
