import { describe, expect, test } from 'vitest';
import { type HouseRun, runConnected } from '../../../helpers/house/house-run.ts';

const DONE = 'heating/pump/done';

/** A command that the broker took and nobody answered in its five seconds. */
function givenUp(): HouseRun {
  const run = runConnected();
  run.publish('pump', 'on');
  run.pass(5_000);
  return run;
}

describe('an answer', () => {
  test.each([
    [4_999, 'confirmed', 'Pump on: confirmed in 4 s'],
    [5_000, 'not-confirmed', 'Pump on after all, 5 s after it was asked for'],
  ])('%i ms after the command is %s', (ms, kind, text) => {
    const run = runConnected();
    run.publish('pump', 'on');
    const payload = new TextEncoder().encode('on');
    run.dispatch({ type: 'message-received', at: run.state.at + ms, topic: DONE, payload, isRetained: false });
    expect(run.verdict('pump')?.kind).toBe(kind);
    expect(run.texts().at(-1)).toBe(text);
  });

  test.each([
    [600_000, 'Pump on after all, 10 min after it was asked for'],
    [600_001, 'Pump reported on'],
  ])('%i ms after the verdict: %s', (ms, text) => {
    const run = givenUp();
    run.pass(ms);
    run.receive(DONE, 'on');
    expect(run.texts().at(-1)).toBe(text);
  });

  test('of the other position is no late one', () => {
    const run = givenUp();
    run.receive(DONE, 'off');
    expect(run.texts().at(-1)).toBe('Pump reported off');
    expect(run.verdict('pump')).toBeNull();
  });
});

describe('a missing echo that was called a denial', () => {
  test.each([
    [5_000, 'not-confirmed'],
    [5_001, undefined],
  ])('and an answer %i ms later leaves the verdict %s', (ms, kind) => {
    const run = runConnected('3.1.1');
    const first = run.request('pump', 'on');
    run.receive('heating/pump', 'on');
    run.acknowledge(first.commandId);
    run.receive(DONE, 'on');
    run.publish('pump', 'off');
    run.pass(300);
    expect(run.verdict('pump')?.kind).toBe('denied');
    run.pass(ms);
    run.receive(DONE, 'off');
    expect(run.verdict('pump')?.kind).toBe(kind);
    expect(run.state.denials).toHaveLength(kind === undefined ? 1 : 0);
  });
});

describe('an answer after the verdict', () => {
  const lateOnes = (run: HouseRun) => run.texts().filter(text => text.includes('after all'));

  test('takes back the denial of its own switch only', () => {
    const run = runConnected('3.1.1');
    for (const id of ['pump', 'burner']) {
      const { commandId } = run.request(id, 'on');
      run.receive(`heating/${id}`, 'on');
      run.acknowledge(commandId);
      run.receive(`heating/${id}/done`, 'on');
      run.publish(id, 'off');
    }
    run.pass(300);
    expect(run.state.denials.map(denial => denial.topic).sort()).toEqual(['heating/burner', 'heating/pump']);
    run.receive(DONE, 'off');
    expect(run.state.denials.map(denial => denial.topic)).toEqual(['heating/burner']);
    expect(run.switchState('pump')).toMatchObject({ canReadCommand: false, mayWrite: null });
  });

  test('changes nothing about what the broker refused, or had no subscriber for', () => {
    for (const code of [0x87, 0x10]) {
      const run = runConnected();
      run.publish('pump', 'on', code);
      run.receive(DONE, 'on');
      expect(run.texts().at(-1)).toBe('Pump reported on');
      expect(run.state.denials).toHaveLength(code === 0x87 ? 1 : 0);
    }
  });

  test('that only says where the relay stood before is none to a denial', () => {
    const run = runConnected('3.1.1');
    const { commandId } = run.request('pump', 'on');
    run.receive('heating/pump', 'on');
    run.acknowledge(commandId);
    run.receive(DONE, 'on');
    run.publish('pump', 'on');
    run.pass(300);
    expect(run.verdict('pump')?.kind).toBe('denied');
    run.receive(DONE, 'on');
    expect(run.verdict('pump')?.kind).toBe('denied');
    expect(run.state.denials).toHaveLength(1);
  });

  test('is one of a relay that stood there, unless it repeats itself, and of one that moves in any case', () => {
    const still = runConnected();
    still.receive(DONE, 'on');
    still.publish('pump', 'on');
    still.pass(5_000);
    still.receive(DONE, 'on');
    expect(lateOnes(still)).toHaveLength(1);
    const moved = runConnected();
    for (const word of ['off', 'off']) moved.receive(DONE, word);
    moved.publish('pump', 'on');
    moved.pass(5_000);
    moved.receive(DONE, 'on');
    expect(lateOnes(moved)).toHaveLength(1);
  });

  test('that came while hometui stood still tells no time', () => {
    const run = givenUp();
    const { at } = run.state;
    run.dispatch({ type: 'backlog-began', at, since: at - 1_000 });
    run.receive(DONE, 'on');
    expect(run.texts().at(-1)).toBe('Pump on after all, while hometui stood still');
  });

  test('is no verdict while the broker has not acknowledged the command, before the clock has ticked', () => {
    const run = runConnected();
    run.request('pump', 'on');
    const payload = new TextEncoder().encode('on');
    run.dispatch({ type: 'message-received', at: run.state.at + 5_001, topic: DONE, payload, isRetained: false });
    expect(run.switchState('pump').command?.feedback).toMatchObject({ position: 'on', isNews: true });
    run.receive(DONE, 'on');
    expect(run.switchState('pump').command?.feedback?.isNews).toBe(true);
  });
});

describe('where a relay stands', () => {
  test('since when is known only where the change was seen', () => {
    const run = runConnected();
    const changedAt = () => run.switchState('pump').changedAt;
    run.receive(DONE, 'on', { retained: true });
    expect(changedAt()).toBeNull();
    run.receive(DONE, 'off');
    expect(changedAt()).toBeNull();
    run.pass(1_000);
    run.receive(DONE, 'on');
    const { at } = run.state;
    expect(changedAt()).toBe(at);
    run.pass(1_000);
    run.receive(DONE, 'on');
    expect(run.switchState('pump')).toMatchObject({ changedAt: at, receivedAt: at + 1_000 });
  });

  test('is not told by a retained message where the relay itself was heard', () => {
    const run = runConnected();
    run.receive(DONE, 'off', { retained: true });
    run.receive(DONE, 'on', { retained: true });
    expect(run.switchState('pump')).toMatchObject({ position: 'on', isRetained: true });
    run.receive(DONE, 'off');
    run.receive(DONE, 'on', { retained: true });
    expect(run.switchState('pump')).toMatchObject({ position: 'off', isRetained: false });
  });

  test('is a report where only a retained message told of it, and news after that', () => {
    const run = runConnected();
    run.receive(DONE, 'on', { retained: true });
    run.receive(DONE, 'on');
    expect(run.texts().at(-1)).toBe('Pump reported on');
    expect(run.switchState('pump').repeatsItself).toBe(false);
    run.receive(DONE, 'on');
    expect(run.switchState('pump').repeatsItself).toBe(true);
    run.receive(DONE, 'off');
    expect(run.texts().at(-1)).toBe('Pump is off: switched by somebody else or at the device');
  });
});

describe('feedback that cannot be read', () => {
  const faults = (run: HouseRun) => run.texts().filter(text => text.includes('unreadable'));

  test('is told once for each reason, with whether a position is kept', () => {
    const run = runConnected();
    for (const word of ['?', '?', '!']) run.receive(DONE, word);
    run.receive(DONE, 'on');
    run.receive(DONE, '!');
    expect(faults(run)).toEqual([
      'Pump: its feedback is unreadable: "?" is neither on nor off',
      'Pump: its feedback is unreadable: "!" is neither on nor off',
      'Pump: its feedback is unreadable: "!" is neither on nor off; the last known state stays',
    ]);
  });

  test('in a retained message counts only where nothing better is known', () => {
    const run = runConnected();
    run.receive(DONE, '?', { retained: true });
    expect(run.switchState('pump').fault).toMatchObject({ reason: '"?" is neither on nor off', isNews: false });
    run.receive(DONE, '!', { retained: true });
    expect(run.switchState('pump').fault?.word).toBe('?');
    run.receive(DONE, 'on');
    run.receive(DONE, '?', { retained: true });
    expect(run.switchState('pump').fault).toBeNull();
    expect(faults(run)).toEqual([]);
    const asked = runConnected();
    asked.publish('pump', 'on');
    asked.receive(DONE, '?', { retained: true });
    expect(asked.switchState('pump').fault).toBeNull();
  });

  test('that was said before the command, and is said again, is no answer to it', () => {
    const run = runConnected();
    run.receive(DONE, '?');
    run.pass(1_000);
    run.publish('pump', 'on');
    run.receive(DONE, '?');
    expect(run.switchState('pump').fault?.isNews).toBe(false);
    const fresh = runConnected();
    fresh.publish('pump', 'on');
    for (const word of ['?', '?']) fresh.receive(DONE, word);
    expect(fresh.switchState('pump').fault?.isNews).toBe(true);
  });
});

describe('a message on a command topic', () => {
  test('of another client is told with what it asked for, and a removal is not', () => {
    const run = runConnected('3.1.1');
    for (const word of ['on', 'open', '']) run.receive('heating/pump', word);
    expect(run.texts().slice(-2)).toEqual([
      'Pump on: commanded by another client',
      'Pump something unknown: commanded by another client',
    ]);
    expect(run.switchState('pump').canReadCommand).toBe(true);
    expect(run.switchState('pump').mayWrite).toBeNull();
  });

  test('is our echo once, and only with the position that we asked for', () => {
    const run = runConnected('3.1.1');
    run.request('pump', 'on');
    run.receive('heating/pump', 'off');
    expect(run.texts().at(-1)).toBe('Pump off: commanded by another client');
    expect(run.switchState('pump').command?.echoedAt).toBeNull();
    run.receive('heating/pump', 'on');
    expect(run.switchState('pump')).toMatchObject({ mayWrite: { allowed: true }, command: { echoedAt: run.state.at } });
    run.receive('heating/pump', 'on');
    expect(run.texts().at(-1)).toBe('Pump on: commanded by another client');
  });

  test('that is retained is told once, until it is removed', () => {
    const run = runConnected();
    const dangers = () => run.texts().filter(text => text.includes('at each reconnect'));
    for (const word of ['on', 'off']) run.receive('heating/pump', word, { retained: true });
    expect(dangers()).toHaveLength(1);
    expect(run.switchState('pump').retainedCommand?.payload).toBe('off');
    for (const word of ['', 'on']) run.receive('heating/pump', word, { retained: true });
    expect(dangers()).toHaveLength(2);
  });
});
