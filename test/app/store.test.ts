import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/app/store.ts';
import type { Effect } from '../../src/core/home/state/effect.ts';
import type { HomeEvent } from '../../src/core/home/state/event.ts';
import type { Session } from '../../src/core/home/state/link.ts';
import { createState } from '../../src/core/home/state/state.ts';
import { getRow } from '../../src/core/home/state/table.ts';
import { createHouse } from '../../src/core/house/house.ts';
import { presets } from '../../src/core/house/presets.ts';

const session: Session = {
  url: 'mqtt://localhost:1883',
  host: 'localhost',
  port: 1883,
  user: 'monitor',
  clientId: 'test',
  isEncrypted: false,
  isLoopback: true,
};

function open(runEffects: (effects: readonly Effect[]) => void = () => {}) {
  const house = presets.article;
  if (house === undefined) throw new Error('the preset is gone');
  const deferred: (() => void)[] = [];
  const store = createStore(createState(createHouse(house), session, 1_000), runEffects, call => deferred.push(call));
  return { store, deferred };
}

const connected = (at: number): HomeEvent => ({
  type: 'link-changed',
  at,
  link: { phase: 'connected', protocol: '5', connectedAt: at },
});

describe('createStore', () => {
  it('has the new state as soon as dispatch returns, and tells its listeners once a turn', () => {
    const { store, deferred } = open();
    let told = 0;
    const release = store.subscribe(() => {
      told++;
    });
    store.dispatch(connected(1_000));
    store.dispatch({ type: 'ticked', at: 2_000 });
    store.dispatch({ type: 'ticked', at: 3_000 });
    expect(store.getState()).toMatchObject({ at: 3_000, link: { phase: 'connected' } });
    expect([deferred.length, told]).toEqual([1, 0]);
    deferred[0]?.();
    expect(told).toBe(1);
    release();
    store.dispatch({ type: 'ticked', at: 4_000 });
    deferred[1]?.();
    expect(told).toBe(1);
  });

  it('works off what an effect answers at once in its order', () => {
    const { store } = open(effects => {
      for (const effect of effects) {
        if (effect.type !== 'publish-command') continue;
        store.dispatch({ type: 'command-not-sent', at: 2_000, commandId: effect.commandId, why: 'the link is down' });
        expect(getRow(store.getState().switches, 'pump')?.command).not.toBeNull();
      }
    });
    const seen: string[] = [];
    store.observe(({ event, before, after }) => {
      expect(after).not.toBe(before);
      seen.push(event.type);
    });
    store.dispatch(connected(1_000));
    store.dispatch({ type: 'switch-requested', at: 2_000, switchId: 'pump', target: 'on' });
    expect(seen).toEqual(['link-changed', 'switch-requested', 'command-not-sent']);
    expect(getRow(store.getState().switches, 'pump')).toMatchObject({ command: null, verdict: { kind: 'not-sent' } });
  });
});
