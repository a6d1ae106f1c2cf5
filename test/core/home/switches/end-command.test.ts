import { describe, expect, test } from 'vitest';
import { runConnected, runHouse } from '../../../helpers/house/house-run.ts';

describe('a verdict', () => {
  test.each([
    [0x00, null],
    [0x10, 'nobody-listening'],
    [0x11, null],
    [0x7f, null],
    [0x80, 'denied'],
    [0x87, 'denied'],
    [0xff, 'denied'],
  ])('of the reason code %i is %s', (code, kind) => {
    const run = runConnected();
    run.publish('pump', 'on', code);
    expect(run.verdict('pump')?.kind ?? null).toBe(kind);
    // Only "not authorized" speaks of the right to write.
    expect(run.state.denials).toHaveLength(code === 0x87 ? 1 : 0);
    expect(run.switchState('pump').mayWrite?.allowed).toBe(code === 0x87 ? false : code < 0x80 ? true : undefined);
  });

  test('is journaled as good, critical or a warning', () => {
    const level = (code: number, answer?: string): string | undefined => {
      const run = runConnected();
      run.publish('pump', 'on', code);
      if (answer !== undefined) run.receive('heating/pump/done', answer);
      run.pass(5_000);
      return run.state.journal.findLast(entry => entry.kind === 'switch' && /^Pump on: /.test(entry.text))?.level;
    };
    expect(level(0, 'on')).toBe('good');
    expect(level(0x87)).toBe('critical');
    expect([level(0x10), level(0), level(0, 'off')]).toEqual(['warning', 'warning', 'warning']);
  });

  test('tells how long it took, and nothing of what was never sent', () => {
    const run = runHouse();
    run.pass(1_000);
    run.dispatch({ type: 'switch-requested', at: run.state.at, switchId: 'pump', target: 'on' });
    expect(run.verdict('pump')).toMatchObject({ kind: 'not-sent', elapsedMs: 0, at: run.state.at });
    run.connect();
    const { commandId } = run.request('pump', 'on');
    run.pass(700);
    const why = 'the link is gone';
    run.dispatch({ type: 'command-not-sent', at: run.state.at, commandId, why });
    expect(run.verdict('pump')).toMatchObject({ kind: 'not-sent', elapsedMs: 0, detail: why });
    expect(run.verdict('pump')?.cure).toBe(
      'Nothing was sent and nothing will be sent later: try again once the link is back',
    );
  });

  test('remembers whether the relay said that it stands there', () => {
    const run = runConnected();
    run.request('pump', 'on');
    run.receive('heating/pump/done', 'on');
    run.pass(5_000);
    expect(run.switchState('pump')).toMatchObject({ hasAnswered: true, verdict: { kind: 'not-confirmed' } });
    run.publish('pump', 'off');
    run.pass(5_000);
    expect(run.switchState('pump').hasAnswered).toBe(false);
  });

  test('of a command that is unknown, or over, changes nothing', () => {
    const run = runConnected();
    run.publish('pump', 'on', 0x87);
    const { journal, switches } = run.state;
    run.acknowledge(99);
    run.lose(99);
    expect([run.state.journal, run.state.switches]).toEqual([journal, switches]);
  });
});
