import { describe, expect, it } from 'vitest';
import { openJobControl, type Shell, type Sleeper } from '../../src/console/job-control.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';

const IN_A_SHELL: Shell = { isInForeground: () => true, hasShell: () => true };

function open(shell: Partial<Shell> = {}) {
  const clock = createFakeClock();
  const done: string[] = [];
  const listeners = new Map<string, () => void>();
  const part = (name: string): Sleeper => ({
    suspend: () => done.push(`${name} gives back`),
    resume: () => done.push(`${name} takes`),
  });
  const sleep = openJobControl(
    {
      clock,
      onSignal: (name, listener) => {
        listeners.set(name, listener);
        return () => listeners.delete(name);
      },
      stop: () => done.push('stop'),
      stopJob: signal => done.push(`${signal} to all, ${listeners.has('SIGTSTP') ? 'heard' : 'unheard'} here`),
    },
    {
      input: part('input'),
      keys: { dropTyped: () => done.push('keys drop') },
      screen: part('screen'),
      writer: part('writer'),
    },
    { ...IN_A_SHELL, ...shell },
  );
  const refusals: string[] = [];
  return {
    clock,
    listeners,
    refusals,
    sleep: () => sleep.fallAsleep(why => refusals.push(why)),
    signal: (name: string) => listeners.get(name)?.(),
    close: sleep.close,
    done: () => done.splice(0),
  };
}

const GIVEN_BACK = ['screen gives back', 'writer gives back', 'input gives back'];
const TAKEN = ['input gives back', 'input takes', 'screen takes', 'writer takes'];

describe('Ctrl-Z', () => {
  it('gives all back before the job stops, and leaves it to the system whether it does', () => {
    const { sleep, done, listeners } = open();
    sleep();
    expect(done()).toEqual([...GIVEN_BACK, 'SIGTSTP to all, unheard here']);
    expect([...listeners.keys()].sort()).toEqual(['SIGCONT', 'SIGTSTP']);
  });

  it('takes all again when the shell wakes us, and says nothing', () => {
    const { sleep, done, signal, clock, refusals } = open();
    sleep();
    done();
    signal('SIGCONT');
    clock.advance(1_000);
    expect(done()).toEqual(['keys drop', 'screen gives back', 'writer gives back', ...TAKEN]);
    expect(refusals).toEqual([]);
    expect(clock.pendingTimers()).toBe(0);
  });

  it('touches nothing where there is no shell, and says so', () => {
    const { sleep, done, refusals } = open({ hasShell: () => false });
    sleep();
    expect(done()).toEqual([]);
    expect(refusals).toEqual(['No shell here could wake hometui again; Ctrl-C leaves it']);
  });

  it('takes all again and says why where the system did not stop us', () => {
    const { sleep, done, clock, refusals } = open();
    sleep();
    done();
    clock.advance(1_000);
    expect(done()).toEqual(TAKEN);
    expect(refusals).toHaveLength(1);
  });

  it('leaves no timer and no listener behind', () => {
    const { sleep, close, clock, listeners } = open();
    sleep();
    close();
    expect(clock.pendingTimers()).toBe(0);
    expect(listeners.size).toBe(0);
  });
});

describe('signals from outside', () => {
  it('SIGTSTP stops this process alone: it was not sent to the others', () => {
    const { signal, done } = open();
    signal('SIGTSTP');
    expect(done()).toEqual([...GIVEN_BACK, 'stop']);
  });

  it('in the background all stop again, as what draws there does', () => {
    const { signal, done, clock } = open({ isInForeground: () => false });
    signal('SIGCONT');
    clock.advance(1_000);
    expect(done()).toEqual(['keys drop', 'screen gives back', 'writer gives back', 'SIGTTOU to all, heard here']);
  });

  it('is not stopped where the terminal is its own again in the next moment', () => {
    let isInForeground = false;
    const { signal, done, clock } = open({ isInForeground: () => isInForeground });
    signal('SIGCONT');
    isInForeground = true;
    clock.advance(1_000);
    expect(done()).toEqual(['keys drop', 'screen gives back', 'writer gives back', ...TAKEN]);
  });

  it('leaves no timer behind in the background', () => {
    const { signal, close, clock } = open({ isInForeground: () => false });
    signal('SIGCONT');
    close();
    expect(clock.pendingTimers()).toBe(0);
  });
});
