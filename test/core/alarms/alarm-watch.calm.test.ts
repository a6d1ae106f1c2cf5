import { describe, expect, it } from 'vitest';
import { openAlarmWatch } from '../../../src/core/alarms/alarm-watch.ts';
import type { AlarmDefinition } from '../../../src/core/alarms/condition.ts';
import { allAlarms } from '../../../src/core/alarms/house-file.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { NOON, runHouse, unreachable } from '../../helpers/house/house-run.ts';
import { createRandom, type Random } from '../../helpers/random/random.ts';
import { rounds } from '../../helpers/random/rounds.ts';

const limits = { warning: { low: 10, high: 60 }, critical: { high: 80 } };
/** Something of each kind that has a calm way to be judged, and of each way that its silence is measured. */
const config: HouseConfig = {
  name: 'H',
  sensors: {
    flow: { label: 'Flow', topic: 'box/flow', unit: '°C', ...limits },
    told: { label: 'Told', topic: 'box/told', unit: '°C', every: 3, ...limits },
    kept: { label: 'Kept', topic: 'box/kept', unit: '%', retained: true, expireAfter: 8 },
    lone: { label: 'Lone', topic: 'lone', unit: 'W', ...limits },
    twin: { label: 'Twin', topic: 'both', path: 'a', unit: '°C', ...limits },
    other: { label: 'Other', topic: 'both', path: 'b', unit: '°C' },
  },
  derived: { gap: { kind: 'difference', label: 'Gap', unit: 'K', minuend: 'flow', subtrahend: 'told' } },
  switches: {},
  clients: {
    box: { publishes: ['flow', 'told', 'kept'], availability: { topic: 'box/here' } },
    pair: { publishes: ['twin', 'other'] },
  },
  alarms: {
    apart: { kind: 'limit', of: 'gap', above: 20, label: 'Too far apart' },
    quick: { kind: 'limit', of: 'flow', above: 70, label: 'Hot', onDelay: 0, offDelay: 0 },
    fast: { kind: 'rate', of: 'flow', rises: 30, within: 20, label: 'Rises fast' },
  },
  panels: [],
} as unknown as HouseConfig;

const TOPICS = ['box/flow', 'box/flow', 'box/told', 'box/kept', 'lone'] as const;
const VALUES = ['5', '9.9', '10', '54', '60', '60.1', '79', '80', '80.5', '99', 'err', ''] as const;
const STEPS_MS = [0, 0, 1, 40, 300, 1_000, 1_000, 2_500, 5_000, 9_000, 31_000, 70_000] as const;

function randomEvent(random: Random, at: number): HomeEvent {
  const message = (topic: string, text: string): HomeEvent => ({
    ...{ type: 'message-received', at, topic, payload: new TextEncoder().encode(text) },
    isRetained: random.chance(0.1),
  });
  const value = (): string => (random.chance(0.7) ? '54' : random.pick(VALUES));
  if (random.chance(0.55)) return message(random.pick(TOPICS), value());
  if (random.chance(0.2)) return message('both', `{"a":${value() || 'null'},"b":${random.pick(['1', '"x"'])}}`);
  if (random.chance(0.1)) return message('box/here', random.pick(['online', 'offline', 'offline', '?']));
  if (random.chance(0.05)) return { type: 'time-skipped', at, skippedMs: random.below(60_000) };
  if (random.chance(0.05)) return { type: 'backlog-began', at, since: at - random.below(20_000) };
  if (random.chance(0.1)) return { type: 'backlog-ended', at };
  if (random.chance(0.06)) {
    const lost = { phase: 'waiting', failure: unreachable, attempt: 1, retryAt: at + 1_000 } as const;
    return { type: 'link-changed', at, link: lost };
  }
  if (random.chance(0.12))
    return { type: 'link-changed', at, link: { phase: 'connected', protocol: '5', connectedAt: at } };
  return { type: 'ticked', at };
}

const judgedAlways = (definition: AlarmDefinition): AlarmDefinition => {
  const { calmUntil: _, ...condition } = definition.condition;
  return { ...definition, condition };
};

describe('an alarm that is not judged while a message leaves it calm', () => {
  it('becomes in each step just what it becomes when each message is judged', () => {
    let savedJudgements = 0;
    for (let seed = 1; seed <= rounds(60); seed += 1) {
      const random = createRandom(seed);
      const run = runHouse(config);
      run.connect();
      const all = allAlarms(run.state.house, []);
      const judged = (by: number) => (definition: AlarmDefinition) => {
        const { condition } = definition;
        const judge: typeof condition.judge = (...of) => {
          savedJudgements += by;
          return condition.judge(...of);
        };
        return { ...definition, condition: { ...condition, judge } };
      };
      const lazy = openAlarmWatch(all.map(judged(-1)), run.state, null);
      const plain = openAlarmWatch(all.map(judgedAlways).map(judged(1)), run.state, null);
      let at = NOON;
      for (let step = 0; step < 150; step += 1) {
        at += random.pick(STEPS_MS);
        const event = randomEvent(random, at);
        const before = run.state;
        run.dispatch(event);
        const seen = { event, before, after: run.state };
        const [is, was] = [lazy.see(seen), plain.see(seen)];
        const place = `seed ${seed}, step ${step}: ${JSON.stringify(event)}`;
        if (is !== null || was !== null) expect(is, place).toEqual(was);
        if (random.chance(0.02)) {
          const id = random.pick(all).id;
          const act = { kind: 'shelve', by: null, forMs: 20_000, reason: null } as const;
          expect(lazy.act([id], act, at)).toEqual(plain.act([id], act, at));
        }
      }
      expect(lazy.keep()).toEqual(plain.keep());
    }
    expect(savedJudgements).toBeGreaterThan(500);
  }, 60_000);

  it('is judged when a message says something else, or nothing of now', () => {
    const run = runHouse(config);
    run.connect();
    const say = (topic: string, payload: string, retained = false): void => run.receive(topic, payload, { retained });
    const untilOf = (id: string): number | null => {
      const definition = allAlarms(run.state.house, []).find(one => one.id === id);
      return definition?.condition.calmUntil?.(run.state) ?? null;
    };
    expect(untilOf('told-stale')).toBeNull();
    say('box/told', '54', true);
    expect([untilOf('told-stale'), untilOf('told-high')]).toEqual([null, null]);
    say('box/told', '54');
    // Three times what the house file says, or four seconds more than that.
    expect([untilOf('told-stale'), untilOf('told-high')]).toEqual([NOON + 9_000, NOON + 9_000]);
    say('box/kept', '54');
    expect(untilOf('kept-stale')).toBe(NOON + 8_000);
    say('box/told', '60');
    expect(untilOf('told-high')).toBe(NOON + 9_000);
    say('box/told', '60.1');
    expect([untilOf('told-stale'), untilOf('told-high')]).toEqual([NOON + 9_000, null]);
    say('box/here', 'offline');
    expect(untilOf('told-stale')).toBeNull();
    say('box/told', '54');
    expect(untilOf('told-stale')).toBe(NOON + 9_000);
    say('box/told', 'err');
    expect(untilOf('told-stale')).toBeNull();
    say('box/told', '54');
    run.pass(1_000);
    expect(untilOf('told-stale')).toBeNull();
    say('box/told', '54');
    run.disconnect();
    expect(untilOf('told-stale')).toBeNull();
  });
});
