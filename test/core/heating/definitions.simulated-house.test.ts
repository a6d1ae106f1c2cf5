import { describe, expect, it } from 'vitest';
import { momentText } from '../../../src/core/moment-text.ts';
import { createDeviceRandom, createDeviceState, type Device } from '../../../src/core/simulation/device.ts';
import { describeDevice } from '../../../src/core/simulation/device-description.ts';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { createRoom, type Relays, type Room, readQuantity, stepRoom } from '../../../src/core/simulation/room.ts';
import { stepDevice } from '../../../src/core/simulation/step-device.ts';
import { type HeatingRun, heatedHouse, minutes, runHeating } from '../../helpers/heating/heating-run.ts';

const HOUR = minutes(60);

describe('the burner of the simulated house', () => {
  /** The heating controller with these faults, for so long; when its burner said on. */
  function simulate(heating: HeatingRun, ms: number, faults: Device['faults']): readonly number[] {
    const device: Device = { description: describeDevice('heating', heatedHouse()), faults, speed: 1 };
    const random = createDeviceRandom(1, 'heating');
    const starts: number[] = [];
    let state = createDeviceState('heating');
    for (let passedMs = 0; passedMs <= ms; passedMs += 1_000) {
      const inputs = passedMs === 0 ? [{ kind: 'connected' } as const] : [];
      const step = stepDevice(device, state, passedMs === 0 ? 0 : 1_000, inputs, random);
      state = step.state;
      for (const { topic, payload } of step.messages) {
        if (topic === 'heating/burner/done' && payload === 'on' && passedMs > 0) starts.push(heating.run.state.at);
        heating.run.receive(topic, payload);
      }
      heating.run.pass(1_000);
    }
    return starts;
  }

  it('that short-cycles is found, with its starts in an hour and the time since when', () => {
    const heating = runHeating(heatedHouse());
    const starts = simulate(heating, 2 * HOUR, [{ kind: 'short-cycling', fromMs: 0 }]);
    expect(heating.raised()).toEqual(['heat-short-cycling']);
    const { detail } = heating.alarm('heat-short-cycling') ?? {};
    const [, inHour, short, inDay] =
      /^(\d+) starts in the last hour, (\d+) too short; (\d+) in the last 24 h;/.exec(detail ?? '') ?? [];
    const lately = starts.filter(at => at > heating.run.state.at - HOUR).length;
    expect(Number(inHour)).toBeGreaterThan(10);
    // It is as of the last start or end, a minute or two ago.
    expect(Math.abs(Number(inHour) - lately)).toBeLessThanOrEqual(1);
    expect(Number(short)).toBeGreaterThanOrEqual(Number(inHour) - 1);
    expect(Number(inDay)).toBe(starts.length);
    expect(detail).toContain(`so since ${momentText(starts[0] ?? 0)}`);
    expect(detail).toMatch(/a run takes [1-4] min on average|a run takes \d+ s on average/);
  });

  it('that is well is found to be nothing', () => {
    const heating = runHeating(heatedHouse());
    expect(simulate(heating, 2 * HOUR, [])).toEqual([]);
    expect(heating.raised()).toEqual([]);
  });

  it('is left off by its thermostat where a person has switched it off', () => {
    const heating = runHeating(heatedHouse());
    const device: Device = {
      ...{ description: describeDevice('heating', heatedHouse()), speed: 1 },
      faults: [{ kind: 'short-cycling', fromMs: 0 }],
    };
    const random = createDeviceRandom(1, 'heating');
    const off = { kind: 'command', topic: 'heating/burner', payload: 'off', isRetained: false } as const;
    let state = createDeviceState('heating');
    for (let second = 0; second < 1_200; second++) {
      const inputs = second === 0 ? [{ kind: 'connected' } as const] : second === 300 ? [off] : [];
      state = stepDevice(device, state, 1_000, inputs, random).state;
    }
    expect(state.relays.burner).toBe(false);
    expect(heating.raised()).toEqual([]);
  });
});

describe('thirty days of a house that is well', () => {
  const CADENCE_MS = 60_000;
  const DAY = 24 * 60;

  /** Runs of 20 minutes with as long a pause, and a fan that dries by day. */
  function relaysAt(minute: number): Relays {
    const hour = Math.floor(minute / 60) % 24;
    return { pump: true, burner: hour >= 5 && hour < 22 && minute % 40 < 20, fan: hour >= 8 && hour < 20 };
  }

  /** What failed sensors say, one after the other, once a day. */
  function failed(topic: string, ofDay: number): string | undefined {
    return (topic.startsWith('heating/') ? ['85.00', '-127', '127.94'] : ['0', '0', '-99.5'])[ofDay - 300];
  }

  function readings(rooms: readonly Room[], ofDay: number, random: Random): Readonly<Record<string, string>> {
    const topics = (['flow', 'return', 'temperature', 'humidity'] as const).flatMap(quantity =>
      rooms.flatMap(room => {
        const value = readQuantity(room, quantity, random);
        const topic = `${room.kind}/${quantity}`;
        return value === null ? [] : [[topic, failed(topic, ofDay) ?? value] as const];
      }),
    );
    return Object.fromEntries(topics);
  }

  const positions = ({ pump, burner, fan }: Relays): Readonly<Record<string, string>> => ({
    'heating/pump/done': pump ? 'on' : 'off',
    'heating/burner/done': burner ? 'on' : 'off',
    'cellar/fan/done': fan ? 'on' : 'off',
  });

  /** Each day the link is lost for half an hour, and the controller is away for five minutes. */
  function isHeard(topic: string, ofDay: number): boolean {
    if (ofDay >= 200 && ofDay < 230) return false;
    return !(topic.startsWith('heating/') && ofDay >= 600 && ofDay < 605);
  }

  it('have no finding, with restarts, lost links, failed readings and a night each day', () => {
    const heating = runHeating({ ...heatedHouse({ fuel: 'gas' }), cadence: CADENCE_MS / 1_000 });
    const random = createRandom(7);
    let rooms: readonly Room[] = [createRoom('heating', 0), createRoom('dhtclient', 0)];
    const raised = new Set<string>();
    for (let minute = 0; minute < 30 * DAY; minute++) {
      const [relays, ofDay] = [relaysAt(minute), minute % DAY];
      rooms = rooms.map(room => stepRoom(room, CADENCE_MS, relays, random));
      if (ofDay === 200) heating.run.disconnect();
      if (ofDay === 230) heating.run.connect();
      const said = { ...positions(relays), ...readings(rooms, ofDay, random) };
      for (const [topic, payload] of Object.entries(said)) {
        if (isHeard(topic, ofDay)) heating.run.receive(topic, payload);
      }
      heating.run.dispatch({ type: 'ticked', at: heating.run.state.at + CADENCE_MS });
      for (const id of heating.raised()) raised.add(id);
    }
    expect([...raised]).toEqual([]);
    // Not because nothing was watched.
    expect(heating.watch.book().unwatched).toEqual([]);
  }, 240_000);
});
