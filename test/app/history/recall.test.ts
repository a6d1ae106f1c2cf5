import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recall } from '../../../src/app/history/recall.ts';
import { createStore } from '../../../src/app/store.ts';
import { emptySeries } from '../../../src/core/home/readings/series.ts';
import { createState } from '../../../src/core/home/state/state.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { createFakeClock, FAKE_START } from '../../helpers/fake-clock.ts';
import { pastEvent, writeHousePast } from '../../helpers/history/house-past.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

const NOW = FAKE_START / 1_000;

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'hometui-recall-')), 'history');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

function recalled() {
  const { house, session } = emptyHome();
  const clock = createFakeClock();
  const store = createStore(createState(house, session, clock.now()), () => {});
  recall(store, folder, clock);
  return store.getState();
}

describe('a console that has just been started', () => {
  it('begins with the last hour, and with where the relays stood', async () => {
    await writeHousePast(folder, {
      ...{ from: NOW - 7_200, until: NOW - 30, cadenceS: 5 },
      events: [{ ...pastEvent(NOW - 4_000, 'switch', 'info', 'Pump is on', 'pump'), detail: { state: 'on' } }],
    });
    const home = recalled();
    const kept = getRow(home.readings, 'flow')?.series.tiers[0];
    // One more is the newest.
    expect(kept?.closed).toHaveLength(356);
    expect(kept?.open).not.toBeNull();
    expect(getRow(home.switches, 'pump')?.remembered).toEqual({ position: 'on', at: (NOW - 4_000) * 1_000 });
    expect(getRow(home.switches, 'fan')?.remembered).toBeNull();
    expect(home.listeningSince).toBeNull();
  });

  it('begins with nothing where nothing is kept, or what is kept must not be read', async () => {
    expect(getRow(recalled().readings, 'flow')?.series).toBe(emptySeries);
    await writeHousePast(folder, { from: NOW - 7_200, until: NOW });
    chmodSync(folder, 0o777);
    expect(getRow(recalled().readings, 'flow')?.series).toBe(emptySeries);
  });
});
