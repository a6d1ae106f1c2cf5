import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/core/home/state/reading.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import type { SensorConfig } from '../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from '../../helpers/house/house-run.ts';

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
    expect(flowOf(run).series.tiers[0]?.buckets.map(bucket => bucket.count)).toEqual([1]);
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
