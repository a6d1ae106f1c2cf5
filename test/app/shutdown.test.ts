import { describe, expect, it } from 'vitest';
import { type EndingSignal, openShutdown } from '../../src/app/shutdown.ts';
import { systemClock } from '../../src/io/clock.ts';

function open() {
  const listeners = new Map<EndingSignal, () => void>();
  const exits: number[] = [];
  const shutdown = openShutdown({
    clock: systemClock(),
    onSignal: (name, listener) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    exit: code => exits.push(code),
  });
  return { shutdown, listeners, exits, send: (name: EndingSignal) => listeners.get(name)?.() };
}

describe('openShutdown', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGTERM', 143],
  ] as const)('gives %s the code %i and does what is urgent at once', (name, code) => {
    const { shutdown, send } = open();
    let isRestored = false;
    shutdown.addUrgent(() => {
      isRestored = true;
    });
    expect(shutdown.signalCode()).toBeNull();
    send(name);
    expect([shutdown.signalCode(), shutdown.stopped.aborted, isRestored]).toEqual([code, true, true]);
  });

  it('runs the steps once, the last added first, past one that throws, and lets the signals go', async () => {
    const { shutdown, listeners } = open();
    const done: string[] = [];
    shutdown.add(() => {
      done.push('link');
    });
    shutdown.add(async () => {
      await Promise.resolve();
      throw new Error('the log is gone');
    });
    shutdown.add(() => {
      done.push('console');
    });
    shutdown.addUrgent(() => {
      done.push('terminal');
    });
    const takeBack = shutdown.addUrgent(() => {
      done.push('never');
    });
    takeBack();
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(done).toEqual(['terminal', 'console', 'link']);
    expect(listeners.size).toBe(0);
  });

  it('ends at once at the second signal', () => {
    const { exits, send } = open();
    send('SIGINT');
    expect(exits).toEqual([]);
    send('SIGTERM');
    expect(exits).toEqual([143]);
  });
});
