import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import {
  createDeviceRandom,
  createDeviceState,
  type Device,
  type DeviceEvent,
  type DeviceInput,
  type DeviceMessage,
  type DeviceState,
  nextDueAtMs,
} from '../../../src/core/simulation/device.ts';
import { type DeviceName, describeDevice } from '../../../src/core/simulation/device-description.ts';
import type { Fault } from '../../../src/core/simulation/fault.ts';
import { stepDevice } from '../../../src/core/simulation/step-device.ts';

interface Seen {
  readonly atMs: number;
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

interface Run {
  readonly messages: readonly Seen[];
  readonly events: readonly (DeviceEvent & { readonly atMs: number })[];
}

interface Setting {
  readonly preset?: string;
  readonly faults?: readonly Fault[];
  readonly seed?: number;
  readonly speed?: number;
  readonly stepMs?: number;
}

const command = (topic: string, payload: string): DeviceInput => ({
  kind: 'command',
  topic,
  payload,
  isRetained: false,
});

/** A device for `seconds`, connected from the start, with inputs at given milliseconds. */
function run(
  name: DeviceName,
  seconds: number,
  inputs: Readonly<Record<number, DeviceInput>>,
  setting: Setting = {},
): Run {
  const { preset = 'article', faults = [], seed = 1, speed = 1, stepMs = 10 } = setting;
  const house = presets[preset];
  if (house === undefined) throw new Error(`No preset ${preset}`);
  const device: Device = { description: describeDevice(name, house), faults, speed };
  const random = createDeviceRandom(seed, name);
  const messages: Seen[] = [];
  const events: (DeviceEvent & { atMs: number })[] = [];
  let state = createDeviceState(name);
  for (let atMs = 0; atMs <= seconds * 1_000; atMs += stepMs) {
    const now: DeviceInput[] = atMs === 0 ? [{ kind: 'connected' }] : [];
    const input = inputs[atMs];
    if (input !== undefined) now.push(input);
    const step = stepDevice(device, state, atMs === 0 ? 0 : stepMs * speed, now, random);
    state = step.state;
    messages.push(...step.messages.map(message => ({ atMs, ...message })));
    events.push(...step.events.map(event => ({ atMs, ...event })));
  }
  return { messages, events };
}

const on = (result: Run, topic: string): Seen[] => result.messages.filter(message => message.topic === topic);

describe('a device that connects', () => {
  it('announces each relay once and publishes its readings at once', () => {
    const heating = run('heating', 1, {});
    expect(heating.messages.map(message => message.topic)).toEqual([
      'heating/pump/done',
      'heating/burner/done',
      'heating/flow',
      'heating/return',
    ]);
    expect(on(heating, 'heating/pump/done')[0]?.payload).toBe('on');
  });

  it('says nothing while the connection is down and announces itself again afterwards', () => {
    const result = run('dhtclient', 20, { 6000: { kind: 'disconnected' }, 17000: { kind: 'connected' } });
    expect(result.messages.filter(message => message.atMs > 6_000 && message.atMs < 17_000)).toEqual([]);
    expect(on(result, 'cellar/fan/done').map(message => message.atMs)).toEqual([0, 17_000]);
  });
});

describe('the readings', () => {
  it('come every 5 s with some milliseconds of jitter, as numbers', () => {
    const times = on(run('dhtclient', 120, {}), 'cellar/humidity').map(message => message.atMs);
    expect(times.length).toBeGreaterThan(22);
    for (const [index, atMs] of times.entries()) {
      const before = times[index - 1];
      if (before !== undefined) expect(Math.abs(atMs - before - 5_000)).toBeLessThanOrEqual(60);
    }
    for (const { payload } of on(run('heating', 60, {}), 'heating/flow')) expect(Number(payload)).toBeGreaterThan(25);
  });

  it('move visibly within a minute, all four of them', () => {
    const heating = run('heating', 60, {});
    const cellar = run('dhtclient', 60, {});
    for (const [result, topic] of [
      [heating, 'heating/flow'],
      [heating, 'heating/return'],
      [cellar, 'cellar/temperature'],
      [cellar, 'cellar/humidity'],
    ] as const) {
      expect(new Set(on(result, topic).map(message => message.payload)).size, topic).toBeGreaterThan(3);
    }
  });

  it('are the same for the same seed, and the house the same however time is cut into steps', () => {
    expect(run('heating', 60, {}, { seed: 9 })).toEqual(run('heating', 60, {}, { seed: 9 }));
    expect(run('heating', 60, {}, { seed: 9 })).not.toEqual(run('heating', 60, {}, { seed: 10 }));
    const flows = (stepMs: number) =>
      on(run('heating', 60, {}, { seed: 9, stepMs }), 'heating/flow').map(m => m.payload);
    const fine = flows(10).map(Number);
    for (const [index, coarse] of flows(500).map(Number).entries()) {
      expect(Math.abs(coarse - (fine[index] ?? Number.NaN))).toBeLessThan(0.3);
    }
  });

  it('come faster with speed', () => {
    expect(on(run('dhtclient', 10, {}, { speed: 10 }), 'cellar/humidity').length).toBeGreaterThan(18);
  });

  it('are one round, not many, after a long sleep', () => {
    const device: Device = {
      description: describeDevice('heating', presets.article ?? never()),
      faults: [],
      speed: 1,
    };
    const random = createDeviceRandom(1, 'heating');
    const first = stepDevice(device, createDeviceState('heating'), 0, [{ kind: 'connected' }], random);
    const woken = stepDevice(device, first.state, 3_600_000, [], random);
    expect(woken.messages.map(message => message.topic)).toEqual(['heating/flow', 'heating/return']);
    expect(nextDueAtMs(woken.state)).toBeGreaterThan(woken.state.elapsedMs);
  });
});

describe('a command', () => {
  it('moves the relay and is answered after 30 to 150 ms', () => {
    const result = run('heating', 3, { 1000: command('heating/pump', 'off') });
    const [, answer, ...more] = on(result, 'heating/pump/done');
    expect(answer?.payload).toBe('off');
    expect(answer?.atMs).toBeGreaterThanOrEqual(1_030);
    expect(answer?.atMs).toBeLessThanOrEqual(1_160);
    expect(more).toEqual([]);
    expect(result.events[0]).toMatchObject({ kind: 'command-handled', relay: 'pump', outcome: 'obeyed', isOn: false });
  });

  it('is answered as quickly at any speed', () => {
    const result = run('heating', 3, { 1000: command('heating/pump', 'off') }, { speed: 20 });
    const answer = on(result, 'heating/pump/done')[1];
    expect(answer?.atMs).toBeLessThanOrEqual(1_160);
  });

  it('that is repeated is confirmed again', () => {
    const result = run('dhtclient', 2, { 1000: command('cellar/fan', '1'), 1500: command('cellar/fan', 'AN') });
    expect(on(result, 'cellar/fan/done').map(message => message.payload)).toEqual(['off', 'on', 'on']);
  });

  it('never overtakes the one before it', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const inputs = { 1000: command('cellar/fan', 'on'), 1010: command('cellar/fan', 'off') };
      const answers = on(run('dhtclient', 2, inputs, { seed }), 'cellar/fan/done').map(message => message.payload);
      expect(answers).toEqual(['off', 'on', 'off']);
    }
  });

  it('that is nonsense is answered with the unchanged state', () => {
    const result = run('dhtclient', 2, { 1000: command('cellar/fan', '\u001b[31mon') });
    expect(on(result, 'cellar/fan/done').map(message => message.payload)).toEqual(['off', 'off']);
    expect(result.events[0]).toMatchObject({ outcome: 'not-understood', isOn: false });
  });

  it('for another device is not heard', () => {
    const result = run('dhtclient', 2, { 1000: command('heating/pump', 'off') });
    expect(result.events).toEqual([]);
  });

  it('speaks German in the German house', () => {
    const result = run('heating', 2, { 1000: command('heizung/brenner', 'aus') }, { preset: 'article-de' });
    expect(on(result, 'heizung/brenner/done').map(message => message.payload)).toEqual(['an', 'aus']);
    expect(on(result, 'heizung/vorlauf')).toHaveLength(1);
  });
});

describe('the boiler without its pump', () => {
  const inputs = {
    1000: command('heating/pump', 'off'),
    300000: command('heating/burner', 'on'),
    310000: command('heating/pump', 'on'),
    400000: command('heating/burner', 'on'),
  };
  const result = run('heating', 402, inputs);

  it('turns its burner off at the limit and says so by itself', () => {
    const lockedAt = result.events.find(event => event.kind === 'burner-locked-out')?.atMs ?? Number.NaN;
    expect(lockedAt).toBeLessThan(300_000);
    expect(on(result, 'heating/burner/done')[1]).toMatchObject({ payload: 'off', atMs: lockedAt });
    for (const { payload } of on(result, 'heating/flow')) expect(Number(payload)).toBeLessThan(97);
  });

  it('refuses to be lit while it is too hot, and obeys when it has cooled', () => {
    const outcomes = result.events.filter(event => event.kind === 'command-handled' && event.relay === 'burner');
    expect(outcomes).toMatchObject([
      { outcome: 'locked-out', isOn: false },
      { outcome: 'obeyed', isOn: true },
    ]);
  });
});

describe('a fault', () => {
  it('silent: neither readings nor answers from then on', () => {
    const faults: Fault[] = [{ kind: 'silent', fromMs: 10_000 }];
    const result = run('dhtclient', 30, { 12000: command('cellar/fan', 'on') }, { faults });
    expect(Math.max(...result.messages.map(message => message.atMs))).toBeLessThan(10_100);
    expect(result.events).toMatchObject([
      { kind: 'fault-began', atMs: 10_000 },
      { kind: 'command-handled', outcome: 'silent', isOn: false },
    ]);
  });

  it('stuck: the answer contradicts the command', () => {
    const faults: Fault[] = [{ kind: 'stuck', fromMs: 0 }];
    const result = run('heating', 2, { 1000: command('heating/pump', 'off') }, { faults });
    expect(on(result, 'heating/pump/done').map(message => message.payload)).toEqual(['on', 'on']);
    expect(result.events[0]).toMatchObject({ outcome: 'stuck' });
  });

  it('slow: the answer comes after 3 to 8 s', () => {
    const faults: Fault[] = [{ kind: 'slow', fromMs: 0 }];
    const result = run('heating', 10, { 1000: command('heating/pump', 'off') }, { faults });
    const answer = on(result, 'heating/pump/done')[1];
    expect(answer?.atMs).toBeGreaterThanOrEqual(4_000);
    expect(answer?.atMs).toBeLessThanOrEqual(9_010);
  });

  it('garbage: readings that no longer are the numbers of the house', () => {
    const faults: Fault[] = [{ kind: 'garbage', fromMs: 60_000 }];
    const result = run('heating', 300, {}, { faults });
    const later = on(result, 'heating/flow').filter(message => message.atMs > 60_000);
    expect(later.length).toBeGreaterThan(40);
    expect(later.some(message => message.payload === '' || message.payload === 'NaN')).toBe(true);
    expect(
      on(result, 'heating/flow')
        .filter(message => message.atMs < 60_000)
        .every(m => Number(m.payload) > 25),
    ).toBe(true);
  });

  it('begins by the clock, not by the faster time of the model', () => {
    const faults: Fault[] = [{ kind: 'silent', fromMs: 10_000 }];
    const result = run('dhtclient', 20, {}, { faults, speed: 10 });
    const last = Math.max(...result.messages.map(message => message.atMs));
    expect(last).toBeGreaterThan(9_000);
    expect(last).toBeLessThanOrEqual(10_000);
  });
});

describe('a boiler whose thermostat is too narrow', () => {
  const device: Device = {
    description: describeDevice('heating', presets.article ?? never()),
    faults: [{ kind: 'short-cycling', fromMs: 0 }],
    speed: 1,
  };

  /** Its burner, each time that it is moved: to where, and the flow a quantum before and then; `inputs` by their second. */
  function cycles(seconds: number, inputs: Readonly<Record<number, DeviceInput>> = {}) {
    const random = createDeviceRandom(1, 'heating');
    const flowOf = ({ room }: DeviceState): number => (room.kind === 'heating' ? room.heating.flow : Number.NaN);
    let state = stepDevice(device, createDeviceState('heating'), 0, [{ kind: 'connected' }], random).state;
    const moved: { readonly to: unknown; readonly from: number; readonly flow: number; readonly atS: number }[] = [];
    for (let quarter = 1; quarter <= 4 * seconds; quarter += 1) {
      const input = inputs[quarter / 4];
      const step = stepDevice(device, state, 250, input === undefined ? [] : [input], random);
      for (const { topic, payload } of step.messages) {
        if (topic !== 'heating/burner/done') continue;
        moved.push({ to: payload, from: flowOf(state), flow: flowOf(step.state), atS: quarter / 4 });
      }
      state = step.state;
    }
    return moved;
  }

  it('switches it off at 60 °C and on again at 50 °C, and says so each time', () => {
    const moved = cycles(1_200);
    expect(moved.length).toBeGreaterThan(5);
    moved.forEach(({ to, from, flow }, place) => {
      expect(to).toBe(place % 2 === 0 ? 'off' : 'on');
      if (to === 'off') expect([from < 60, flow >= 60]).toEqual([true, true]);
      else expect([from > 50, flow <= 50]).toEqual([true, true]);
    });
  });

  it('waits for nobody who was told where to stand', () => {
    const off = (cycles(1_200)[0]?.atS ?? Number.NaN) + 1;
    expect(cycles(1_200, { [off]: command('heating/burner', 'off') }).map(({ to }) => to)).toEqual(['off', 'off']);
    const fan = cycles(1_200, { [off]: command('heating/pump', 'on') });
    expect(fan.slice(0, 3).map(({ to }) => to)).toEqual(['off', 'on', 'off']);
  });
});

describe('what a device does at once', () => {
  const description = describeDevice('heating', presets.article ?? never());
  const connected = (faults: readonly Fault[] = [], speed = 1) => {
    const random = createDeviceRandom(1, 'heating');
    const device: Device = { description, faults, speed };
    const { state } = stepDevice(device, createDeviceState('heating'), 0, [{ kind: 'connected' }], random);
    return { random, device, state };
  };

  it('repeats the seal of a command in its answer, and in nothing else', () => {
    const { random, device, state } = connected();
    const heard = stepDevice(
      device,
      state,
      0,
      [{ ...command('heating/pump', 'off'), sealId: 'x1' } as DeviceInput],
      random,
    );
    const { messages } = stepDevice(device, heard.state, 200, [], random);
    expect(messages).toEqual([{ topic: 'heating/pump/done', payload: 'off', sealId: 'x1' }]);
    const open = stepDevice(device, state, 0, [command('heating/pump', 'off')], random);
    expect(stepDevice(device, open.state, 200, [], random).messages).toEqual([
      { topic: 'heating/pump/done', payload: 'off' },
    ]);
  });

  it.each([1, 20])('takes 30 to 150 ms by the clock, and says how long, at speed %d', speed => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const result = run('heating', 1, { 500: command('heating/pump', 'off') }, { speed, seed });
      const [handled] = result.events;
      const afterMs = handled?.kind === 'command-handled' ? handled.afterMs : Number.NaN;
      expect(afterMs).toBeGreaterThanOrEqual(30);
      expect(afterMs).toBeLessThanOrEqual(150);
    }
  });

  it.each([1, 10])('comes with its readings up to 12 ms early and 38 ms late by the clock, at speed %d', speed => {
    const { random, device, state } = connected([], speed);
    let at = state;
    const offsets = Array.from({ length: 200 }, () => {
      const due = nextDueAtMs(at);
      at = stepDevice(device, at, due - at.elapsedMs, [], random).state;
      return (nextDueAtMs(at) - due - 5_000) / speed;
    });
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(-12);
    expect(Math.min(...offsets)).toBeLessThan(-9);
    expect(Math.max(...offsets)).toBeLessThanOrEqual(38);
    expect(Math.max(...offsets)).toBeGreaterThan(35);
  });

  it('says when a fault begins, by the clock, and nothing of one that was there', () => {
    const faults: Fault[] = [
      { kind: 'stuck', fromMs: 0 },
      { kind: 'slow', fromMs: 1_000 },
    ];
    expect(run('heating', 3, {}, { faults, speed: 10 }).events).toEqual([
      { kind: 'fault-began', fault: faults[1], atMs: 1_000 },
    ]);
  });

  it('is locked out with its relay where that is stuck, and says nothing of it', () => {
    const { random, device, state } = connected([{ kind: 'stuck', fromMs: 0 }]);
    let hot: DeviceState = { ...state, relays: { ...state.relays, pump: false } };
    const seen: (DeviceEvent | DeviceMessage)[] = [];
    for (let second = 0; second < 900; second += 1) {
      const step = stepDevice(device, hot, 1_000, [], random);
      hot = step.state;
      seen.push(...step.events, ...step.messages.filter(({ topic }) => topic === 'heating/burner/done'));
    }
    expect(seen[0]).toMatchObject({ kind: 'burner-locked-out' });
    expect(seen.every(one => 'kind' in one)).toBe(true);
    expect(hot.relays.burner).toBe(true);
    const flows = seen.flatMap(one => ('kind' in one && 'flow' in one ? [[one.kind, Math.round(one.flow)]] : []));
    expect(flows.slice(0, 2)).toEqual([
      ['burner-locked-out', 95],
      ['burner-released', 80],
    ]);
  });
});

describe('a device before its first connection', () => {
  it('stands as the house does in the evening', () => {
    expect(createDeviceState('heating')).toMatchObject({
      ...{ elapsedMs: 0, isBurnerResting: false, isConnected: false, pending: [] },
      relays: { pump: true, burner: true, fan: false },
      room: { kind: 'heating', weather: { timeOfDayMs: 64_800_000 } },
    });
    const due = { ...createDeviceState('heating'), nextReadingsAtMs: 500 };
    const pending = [{ relay: 'pump', payload: '', isRetained: false, heardAtMs: 0, dueAtMs: 300 }] as const;
    expect([nextDueAtMs(due), nextDueAtMs({ ...due, pending })]).toEqual([500, 300]);
  });
});

function never(): never {
  throw new Error('The preset article is missing');
}
