import { describe, expect, test } from 'vitest';
import { hasListenedSince } from '../../../../src/core/home/switches/command-proof.ts';
import { nextDueAt } from '../../../../src/core/home/update-time.ts';
import { articleHouse, type HouseRun, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

/** A command whose echo came before the acknowledgement and whose relay took `tookMs`, with MQTT 3.1.1. */
function withEchoBefore(tookMs: number): HouseRun {
  const run = runConnected('3.1.1');
  const { commandId } = run.request('pump', 'on');
  run.receive('heating/pump', 'on');
  run.acknowledge(commandId);
  run.pass(tookMs);
  run.receive('heating/pump/done', 'on');
  expect(run.verdict('pump')?.kind).toBe('confirmed');
  return run;
}

describe('a missing echo', () => {
  test.each([
    [0, 300],
    [149, 300],
    [150, 300],
    [151, 302],
    [900, 1_800],
  ])('of a relay that took %i ms is a denial after %i ms', (tookMs, afterMs) => {
    const run = withEchoBefore(tookMs);
    run.publish('pump', 'off');
    expect(nextDueAt(run.state)).toBe(run.state.at + afterMs);
    run.pass(afterMs - 1);
    expect(run.verdict('pump')).toBeNull();
    run.pass(1);
    expect(run.verdict('pump')).toMatchObject({ kind: 'denied', evidence: 'echo', elapsedMs: afterMs });
  });

  test('is waited for by the slowest answer, not by the last', () => {
    const run = withEchoBefore(900);
    const { commandId } = run.request('pump', 'off');
    run.receive('heating/pump', 'off');
    run.acknowledge(commandId);
    run.receive('heating/pump/done', 'off');
    run.publish('pump', 'on');
    expect(nextDueAt(run.state)).toBe(run.state.at + 1_800);
  });

  test('proves nothing where the relay says something that nobody can read', () => {
    const run = withEchoBefore(0);
    run.publish('pump', 'off');
    run.receive('heating/pump/done', 'opening');
    run.pass(5_000);
    expect(run.verdict('pump')).toMatchObject({ kind: 'not-confirmed' });
    expect(run.state.denials).toEqual([]);
  });

  test('proves nothing before the acknowledgement, and nothing with MQTT 5', () => {
    const run = withEchoBefore(0);
    run.request('pump', 'off');
    expect(nextDueAt(run.state)).toBe(run.state.at + 5_000);
    run.pass(5_000);
    expect(run.verdict('pump')?.kind).toBe('not-confirmed');
    const other = runConnected('5');
    other.publish('pump', 'on');
    other.pass(5_000);
    expect(other.verdict('pump')?.kind).toBe('not-confirmed');
  });
});

test('a command that went out in the moment in which the link came was listened to', () => {
  const run = runConnected();
  run.publish('pump', 'on');
  const { command } = run.switchState('pump');
  if (command === null) throw new Error('there is no command');
  expect(hasListenedSince(run.state, command)).toBe(true);
  expect(hasListenedSince({ ...run.state, listeningSince: command.sentAt + 1 }, command)).toBe(false);
  expect(hasListenedSince({ ...run.state, listeningSince: null }, command)).toBe(false);
});

test('the next verdict that is due is that of the first command that runs out', () => {
  const house = articleHouse();
  const { pump } = house.switches;
  if (pump === undefined) throw new Error('the house has no pump');
  const run = runHouse({ ...house, switches: { ...house.switches, pump: { ...pump, timeout: 20 } } });
  run.connect();
  expect(nextDueAt(run.state)).toBeNull();
  const { expirySeconds } = run.request('pump', 'on');
  expect(expirySeconds).toBe(20);
  expect(nextDueAt(run.state)).toBe(run.state.at + 20_000);
  run.request('burner', 'on');
  expect(nextDueAt(run.state)).toBe(run.state.at + 5_000);
});

describe('a relay that says again where it stands', () => {
  /** A relay that says so many times that it is on, is sent on, and says it once more. */
  function saidAgain(protocol: '5' | '3.1.1', times: number, hasEcho: boolean): string | undefined {
    const run = runConnected(protocol);
    for (let time = 0; time < times; time += 1) run.receive('heating/pump/done', 'on');
    const { commandId } = run.request('pump', 'on');
    if (hasEcho) run.receive('heating/pump', 'on');
    run.acknowledge(commandId);
    run.receive('heating/pump/done', 'on');
    return run.verdict('pump')?.kind;
  }

  test('confirms where the broker told that it took the command: by MQTT 5, or by the echo', () => {
    expect(saidAgain('5', 2, false)).toBe('confirmed');
    expect(saidAgain('3.1.1', 2, true)).toBe('confirmed');
  });

  test('confirms without an echo that nobody could expect, unless it says so unasked too', () => {
    expect(saidAgain('3.1.1', 1, false)).toBe('confirmed');
    expect(saidAgain('3.1.1', 2, false)).toBeUndefined();
  });
});
