import { describe, expect, test } from 'vitest';
import { freshnessOfReading } from '../../../src/core/home/select.ts';
import type { Reading } from '../../../src/core/home/state/reading.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { getRow, setRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import type { SensorConfig } from '../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runConnected, runHouse } from '../../helpers/house/house-run.ts';

/** The article's house with the limits and the scale of its flow sensor as told, and a link. */
function runWithFlow(change: Partial<SensorConfig>): HouseRun {
  const house = articleHouse();
  const run = runHouse({
    ...house,
    sensors: { ...house.sensors, flow: { label: 'Flow', topic: 'heating/flow', unit: '°C', ...change } },
  });
  run.connect();
  return run;
}

function flowOf(run: HouseRun): Reading {
  const reading = getRow(run.state.readings, 'flow');
  if (reading === undefined) throw new Error('the house has no flow');
  return reading;
}

/** The levels of the flow that were told, with the last text, after these values. */
function toldOf(run: HouseRun, ...values: readonly string[]): readonly string[] {
  for (const value of values) run.receive('heating/flow', value);
  return run.state.journal.filter(entry => entry.subject === 'flow').map(entry => `${entry.level} ${entry.text}`);
}

describe('a limit that is left', () => {
  // Margin: a hundredth of the scale, 1 °C.
  const limits = {
    range: { min: 20, max: 120 },
    warning: { low: 30, high: 80 },
    critical: { low: 25, high: 90 },
  };

  test('is told once the value is back by a hundredth of the scale, and not before', () => {
    const run = runWithFlow(limits);
    expect(toldOf(run, '80.1', '79.1', '79.01')).toEqual(['warning Flow is 80.1 °C, above 80']);
    expect(toldOf(run, '79').at(-1)).toBe('good Flow is within its limits again: 79.0 °C');
    expect(toldOf(run, '29.9').at(-1)).toBe('warning Flow is 29.9 °C, below 30');
    expect(toldOf(run, '30.99').at(-1)).toBe('warning Flow is 29.9 °C, below 30');
    expect(toldOf(run, '31').at(-1)).toBe('good Flow is within its limits again: 31.0 °C');
  });

  test('is told from critical to warning by the same measure', () => {
    const run = runWithFlow(limits);
    expect(toldOf(run, '90.1', '89.01')).toEqual(['critical Flow is 90.1 °C, above 90']);
    expect(toldOf(run, '89').at(-1)).toBe('warning Flow is 89.0 °C, above 80');
  });

  test('is told at once where the value jumps over the margin', () => {
    expect(toldOf(runWithFlow(limits), '95', '50')).toEqual([
      'critical Flow is 95.0 °C, above 90',
      'good Flow is within its limits again: 50.0 °C',
    ]);
  });

  test('withholds no worse level: what was warning is critical at once', () => {
    expect(toldOf(runWithFlow(limits), '89.9', '90.1')).toEqual([
      'warning Flow is 89.9 °C, above 80',
      'critical Flow is 90.1 °C, above 90',
    ]);
  });

  test('without a scale in the house file goes by the learned one', () => {
    const run = runWithFlow({ warning: { high: 80 } });
    // The first value teaches a scale from 50 to 100: a margin of 0.5.
    expect(toldOf(run, '80.1', '79.6').at(-1)).toBe('warning Flow is 80.1 °C, above 80');
    expect(toldOf(run, '79.5').at(-1)).toBe('good Flow is within its limits again: 79.5 °C');
  });
});

describe('a value that cannot be read', () => {
  test('is told once, however often it comes, and so is the first that can', () => {
    expect(toldOf(runWithFlow({}), 'err', 'err', 'nan', '50', '51')).toEqual([
      'warning Flow is unreadable: "err" is not a number (heating/flow)',
      'good Flow is readable again',
    ]);
  });

  test('changes no level', () => {
    const run = runWithFlow({ warning: { high: 80 } });
    expect(toldOf(run, '85', 'err')).toHaveLength(2);
    expect(flowOf(run).level).toBe('warning');
  });

  test('in a retained message is a fault only where no value of a known age is there', () => {
    const run = runWithFlow({});
    run.receive('heating/flow', 'err', { retained: true });
    expect(flowOf(run).fault?.reason).toBe('"err" is not a number');
    run.receive('heating/flow', '50', { retained: true });
    expect(flowOf(run)).toMatchObject({ value: 50, isRetained: true, fault: null });
    run.receive('heating/flow', 'err', { retained: true });
    expect(flowOf(run).fault?.reason).toBe('"err" is not a number');
    run.receive('heating/flow', '51');
    run.receive('heating/flow', 'err', { retained: true });
    expect(flowOf(run)).toMatchObject({ value: 51, isRetained: false, fault: null });
  });
});

describe('a retained value', () => {
  test('takes the place of a retained one, and of none that was heard', () => {
    const run = runWithFlow({});
    for (const value of ['50', '51']) run.receive('heating/flow', value, { retained: true });
    expect(flowOf(run)).toMatchObject({ value: 51, isRetained: true, heardAt: null });
    run.receive('heating/flow', '52');
    run.receive('heating/flow', '53', { retained: true });
    expect(flowOf(run)).toMatchObject({ value: 52, isRetained: false });
    expect(flowOf(run).series.tiers[0]).toMatchObject({ closed: [], open: { count: 1 } });
  });
});

test('a scale is learned where the house file has none', () => {
  const learned = runWithFlow({});
  toldOf(learned, '50', '50.5');
  const { learnedRange } = flowOf(learned);
  expect(learnedRange).toEqual({ min: 50, max: 100 });
  const known = runWithFlow({ range: { min: 0, max: 100 } });
  toldOf(known, '50');
  expect(flowOf(known).learnedRange).toBeNull();
});

test('what was heard in the moment in which the link came teaches the cadence, and nothing from before it', () => {
  const run = runWithFlow({});
  run.receive('heating/flow', '50');
  run.pass(5_000);
  run.receive('heating/flow', '50');
  expect(flowOf(run).cadence.intervals).toEqual([5_000]);
  run.disconnect();
  run.pass(1_000);
  run.connect();
  run.pass(4_000);
  run.receive('heating/flow', '50');
  expect(flowOf(run).cadence.intervals).toEqual([5_000]);
});

describe('a value that is not believed', () => {
  const flow = { role: 'flow' } as const;

  test('leaves the last good one, with the reason, and is told once', () => {
    const run = runWithFlow(flow);
    expect(toldOf(run, '50', '85.00', '85.00', '50.06')).toEqual([
      'warning Flow is implausible: 85 °C is what a DS18B20 says that has not measured yet: its power may be weak, or it is read too soon (heating/flow); the last good value stays',
      'good Flow is plausible again',
    ]);
    run.receive('heating/flow', '-127');
    expect(flowOf(run)).toMatchObject({ value: 50.06, fault: { doubted: -127 }, held: null });
    expect(freshnessOfReading(run.state, 'flow').reason).toMatch(
      /^the last payload is not believed: -127 °C is what is said of a DS18B20 that does not answer/,
    );
  });

  test('as the first one says that there is none yet', () => {
    const run = runWithFlow(flow);
    run.receive('heating/flow', '85.0', { retained: true });
    expect(flowOf(run).value).toBeNull();
    expect(freshnessOfReading(run.state, 'flow').reason).toMatch(/^no believable value yet: 85 °C is what/);
  });

  test('after a silence of its device is the one that it says before it has measured', () => {
    const run = runWithFlow(flow);
    for (let second = 0; second < 20; second += 5) {
      run.receive('heating/flow', '84');
      run.pass(5_000);
    }
    run.receive('heating/flow', '85');
    expect(flowOf(run).value).toBe(85);
    run.receive('heating/flow', '84');
    run.pass(60_000);
    run.receive('heating/flow', '85');
    expect(flowOf(run)).toMatchObject({ value: 84, fault: { doubted: 85 } });
    run.receive('heating/flow', '85');
    expect(flowOf(run).value).toBe(84);
    run.receive('heating/flow', '84.94');
    expect(flowOf(run)).toMatchObject({ value: 84.94, fault: null });
  });

  test('is unreadable after it was implausible, each told', () => {
    expect(toldOf(runWithFlow(flow), '50', '-127', 'err', '50').map(text => text.slice(0, 26))).toEqual([
      'warning Flow is implausibl',
      'warning Flow is unreadable',
      'good Flow is readable agai',
    ]);
  });
});

describe('a jump', () => {
  const flow = { role: 'flow' } as const;

  test('waits for one more reading, and nobody is told', () => {
    const run = runWithFlow(flow);
    expect(toldOf(run, '50', '70')).toEqual([]);
    expect(flowOf(run)).toMatchObject({ value: 50, fault: null, held: { doubted: 70 } });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(toldOf(run, '71')).toEqual([]);
    expect(flowOf(run)).toMatchObject({ value: 71, held: null });
  });

  test('that nothing follows is forgotten', () => {
    const run = runWithFlow(flow);
    toldOf(run, '50', '70', '50.1', '70');
    expect(flowOf(run)).toMatchObject({ value: 50.1, held: { doubted: 70 } });
    run.receive('heating/flow', 'err');
    expect(flowOf(run)).toMatchObject({ value: 50.1, held: null });
  });

  test('in a retained message says nothing against what is known', () => {
    const run = runWithFlow(flow);
    run.receive('heating/flow', '50');
    run.receive('heating/flow', '90', { retained: true });
    expect(flowOf(run)).toMatchObject({ value: 50, held: null, fault: null });
  });

  test('teaches the cadence and shows that its device is there', () => {
    const run = runWithFlow(flow);
    run.receive('heating/flow', '50');
    run.pass(5_000);
    run.receive('heating/flow', '70');
    expect(flowOf(run)).toMatchObject({ heardAt: run.state.at, receivedAt: run.state.at - 5_000 });
    expect(flowOf(run).cadence.intervals).toEqual([5_000]);
    expect(getRow(run.state.clients, 'heating')?.heardAt).toBe(run.state.at);
  });
});

test('a value keeps all else that is known: of its sensor, its client and the house', () => {
  const run = runConnected();
  for (let round = 0; round < 5; round += 1) {
    run.pass(5_000);
    run.receive('heating/flow', '50');
  }
  const { state } = run;
  const [reading, client] = [getRow(state.readings, 'flow'), getRow(state.clients, 'heating')];
  if (reading === undefined || client === undefined) throw new Error('the house has no flow');
  const said = { text: 'on', meaning: 'online', topic: 'heating/state', isRetained: true } as const;
  const known = {
    ...state,
    aclBroken: { at: 7, reason: 'x' } as unknown as HomeState['aclBroken'],
    echoOrder: 'after-ack' as const,
    readings: setRow(state.readings, 'flow', { ...reading, learnedRange: { min: 1, max: 99 }, freshness: 'late' }),
    clients: setRow(state.clients, 'heating', {
      ...client,
      ...{ said, sayings: [said], hasToldPuzzle: true, clientIds: ['h1'], keepaliveSeconds: 9 },
    }),
  };
  const at = state.at + 5_000;
  const next = update(known, {
    ...{ type: 'message-received', at, topic: 'heating/flow', payload: new TextEncoder().encode('51') },
    isRetained: false,
  }).state;
  expect(next).toEqual({ ...known, at, readings: next.readings, clients: next.clients });
  const heard = getRow(next.readings, 'flow');
  expect(heard).toEqual({
    ...getRow(known.readings, 'flow'),
    ...{ value: 51, receivedAt: at, heardAt: at, cadence: heard?.cadence, series: heard?.series },
  });
  expect(getRow(next.clients, 'heating')).toEqual({ ...getRow(known.clients, 'heating'), heardAt: at });
});
