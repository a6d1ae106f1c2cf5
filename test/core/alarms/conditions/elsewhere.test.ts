import { expect, it } from 'vitest';
import type { Verdict } from '../../../../src/core/home/state/switch.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { type AlarmRun, runAlarms } from '../../../helpers/house/alarm-run.ts';

const SAID = { 'heating/pump/done': 'off', 'heating/flow': '54.3', 'heating/return': '41.0' };

function noted(run: AlarmRun, kind: Verdict['kind'], target = 'on'): void {
  const { at } = run.state;
  const verdict: Verdict = { kind, target, at, elapsedMs: 0, evidence: null, detail: '', cure: null };
  run.dispatch({ type: 'verdict-noted', at, switchId: 'pump', verdict });
}

function live(): AlarmRun {
  const run = runAlarms();
  run.connect();
  run.speak(10_000, SAID);
  return run;
}

it('a switch that was told in vain from another console is an alarm after 30 s, and none once it moved', () => {
  const run = live();
  noted(run, 'not-confirmed');
  run.speak(29_000, SAID);
  expect(run.news()).toEqual([]);
  run.speak(6_000, SAID);
  expect(run.news()).toEqual(['raised pump-elsewhere']);
  expect(run.alarm('pump-elsewhere')?.detail).toBe('Pump was told on, and says off');
  run.speak(70_000, { ...SAID, 'heating/pump/done': 'on' });
  expect(run.news()).toEqual(['returned pump-elsewhere']);
});

it.each(['confirmed', 'denied', 'nobody-listening', 'not-sent'] as const)('what was %s is none', kind => {
  const run = live();
  noted(run, kind);
  run.speak(60_000, SAID);
  expect(run.news()).toEqual([]);
});

it('a switch that stands where it was told to be is none, though nobody confirmed it', () => {
  const run = live();
  noted(run, 'not-confirmed', 'off');
  run.speak(60_000, SAID);
  expect(run.news()).toEqual([]);
});

it('a command of our own that is on its way counts, and not what is told of another', () => {
  const run = live();
  const { at } = run.state;
  run.dispatch({ type: 'switch-requested', at, switchId: 'pump', target: 'on' });
  noted(run, 'confirmed');
  expect(getRow(run.state.switches, 'pump')?.verdict).toBeNull();
});
