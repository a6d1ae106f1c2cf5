import { describe, expect, it } from 'vitest';
import { pace } from '../../../src/ui/state/pace.ts';

function openSource() {
  const listeners = new Set<() => void>();
  let value = 0;
  return {
    getState: () => value,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set: (next: number) => {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    count: () => listeners.size,
  };
}

function openTimers() {
  let waiting: (() => void)[] = [];
  return {
    after: (_: number, call: () => void) => {
      waiting.push(call);
      return {
        cancel: () => {
          waiting = waiting.filter(one => one !== call);
        },
      };
    },
    pass: () => {
      for (const call of waiting.splice(0)) call();
    },
    count: () => waiting.length,
  };
}

describe('pace', () => {
  it('tells the first change at once and those that follow together', () => {
    const [source, timers] = [openSource(), openTimers()];
    const paced = pace(source, { intervalMs: 100, after: timers.after });
    const seen: number[] = [];
    paced.subscribe(() => seen.push(paced.getState()));
    source.set(1);
    expect(seen).toEqual([1]);
    source.set(2);
    source.set(3);
    expect(seen).toEqual([1]);
    timers.pass();
    expect(seen).toEqual([1, 3]);
    timers.pass();
    expect(seen).toEqual([1, 3]);
    source.set(4);
    expect(seen).toEqual([1, 3, 4]);
  });

  it('tells a change of what is urgent at once, and what follows together again', () => {
    const [source, timers] = [openSource(), openTimers()];
    const paced = pace(source, { intervalMs: 100, urgent: value => Math.floor(value / 10), after: timers.after });
    const seen: number[] = [];
    paced.subscribe(() => seen.push(paced.getState()));
    source.set(1);
    source.set(2);
    source.set(13);
    expect(seen).toEqual([1, 13]);
    expect(timers.count()).toBe(1);
    source.set(14);
    expect(seen).toEqual([1, 13]);
    timers.pass();
    expect(seen).toEqual([1, 13, 14]);
  });

  it('leaves nothing behind', () => {
    const [source, timers] = [openSource(), openTimers()];
    const stop = pace(source, { intervalMs: 100, after: timers.after }).subscribe(() => {});
    source.set(1);
    stop();
    expect([source.count(), timers.count()]).toEqual([0, 0]);
  });

  it('tells more rarely in a flood, at once again after it, and as often as ever where somebody waits', () => {
    const source = openSource();
    const delays: number[] = [];
    let waiting: (() => void) | null = null;
    const after = (delayMs: number, call: () => void) => {
      delays.push(delayMs);
      waiting = call;
      return { cancel: () => {} };
    };
    let isAwaited = false;
    const flood = { floodIntervalMs: 500, floodAfterMs: 300, isAwaited: () => isAwaited };
    const paced = pace(source, { intervalMs: 100, after, ...flood });
    const seen: number[] = [];
    paced.subscribe(() => seen.push(paced.getState()));
    const pass = (): void => waiting?.();
    for (let value = 1; value < 10; value += 2) {
      source.set(value);
      source.set(value + 1);
      pass();
    }
    expect(delays).toEqual([100, 100, 100, 500, 500, 500]);
    isAwaited = true;
    source.set(20);
    pass();
    expect(delays.at(-1)).toBe(100);
    isAwaited = false;
    // Nothing has changed meanwhile.
    pass();
    source.set(21);
    expect([delays.at(-1), seen.at(-1)]).toEqual([100, 21]);
  });
});
