import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouseAlarms } from '../../../src/app/alarms/house-alarms.ts';
import { createStore, type HomeStore } from '../../../src/app/store.ts';
import type { AlarmChange } from '../../../src/core/home/alarms/alarm.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-alarms-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'alarms.json');

/** A daemon that is there, and one that was killed: nothing is closed. */
function start(at = START) {
  const clock = createFakeClock(at);
  const store = createStore(emptyHome(), () => {});
  const told: AlarmChange[] = [];
  const watcher = openHouseAlarms({ store, clock, folder, onChanges: changes => told.push(...changes) });
  store.dispatch(connected(clock.now()));
  return { clock, store, told, watcher, alarm: (id: string) => store.getState().alarms?.alarms.get(id) };
}

/** Values come each five seconds. */
function speak({ clock, store }: { clock: FakeClock; store: HomeStore }, seconds: number, flow: string): void {
  for (let second = 0; second < seconds; second += 1) {
    if (second % 5 === 0) {
      store.dispatch(message(clock.now(), 'heating/flow', flow));
      store.dispatch(message(clock.now(), 'heating/return', '41'));
    }
    clock.advance(1_000);
    store.dispatch({ type: 'ticked', at: clock.now() });
  }
}

const names = (changes: readonly AlarmChange[]): readonly string[] =>
  changes.map(({ number, kind, id }) => `${number} ${kind} ${id}`);

describe('alarms that are kept', () => {
  it('are raised after a kill, and told again by their numbers, whoever had told them', () => {
    const first = start();
    speak(first, 60, '84');
    expect(names(first.told)).toEqual(['1 raised flow-high']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const second = start(START + 120_000);
    expect(names(second.told)).toEqual(['1 raised flow-high']);
    expect(second.alarm('flow-high')).toMatchObject({ phase: 'active', raisedAt: START + 30_000, order: 1 });
    speak(second, 120, '84');
    expect(names(second.told)).toEqual(['1 raised flow-high']);
    expect(second.store.getState().journal.filter(({ kind }) => kind === 'alarm')).toEqual([]);
  });

  it('stay acknowledged, and are over once', () => {
    const first = start();
    speak(first, 60, '84');
    first.watcher.act(['flow-high'], { kind: 'acknowledge', by: 'master' });
    const second = start(START + 120_000);
    expect(second.alarm('flow-high')).toMatchObject({ phase: 'acknowledged', acknowledgedBy: 'master' });
    speak(second, 120, '84');
    expect(second.alarm('flow-high')).toMatchObject({ phase: 'acknowledged' });
    speak(second, 61, '70');
    expect(names(second.told)).toEqual(['2 acknowledged flow-high', '3 cleared flow-high']);
    speak(second, 31, '84');
    // The order and the numbers go on where those of the first run ended.
    expect(names(second.told).at(-1)).toBe('4 raised flow-high');
    expect(second.alarm('flow-high')?.order).toBe(2);
  });

  it('stay on their shelf for as long as was said, by the time of day', () => {
    const first = start();
    first.watcher.act(['flow-high'], { kind: 'shelve', by: null, forMs: 600_000, reason: null });
    const second = start(START + 120_000);
    expect(second.alarm('flow-high')?.shelf).toEqual({ at: START, untilAt: START + 600_000, by: null, reason: null });
    speak(second, 479, '70');
    expect(second.alarm('flow-high')?.shelf).not.toBeNull();
    speak(second, 1, '70');
    expect(second.alarm('flow-high')).toBeUndefined();
  });

  it('stay no longer on it than a day where the clock was wrong', () => {
    const first = start(START + 1_000 * 86_400_000);
    first.watcher.act(['flow-high'], { kind: 'shelve', by: null, forMs: 600_000, reason: null });
    const second = start();
    expect(second.alarm('flow-high')?.shelf?.untilAt).toBe(START + 86_400_000);
  });

  it.each(['', '{', '{"version":2}', '{"version":1,"alarms":[{}],"order":1,"number":1,"last":[]}'])(
    'are none where the file holds %s',
    text => {
      writeFileSync(file(), text);
      const run = start();
      expect(run.store.getState().alarms).toMatchObject({ alarms: new Map(), revision: 1 });
    },
  );

  it('are watched, and the house says why, where they cannot be kept', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'no folder');
    const run = start();
    speak(run, 60, '84');
    speak(run, 61, '70');
    expect(run.alarm('flow-high')).toMatchObject({ phase: 'returned' });
    const told = run.store.getState().issues.map(({ message: text }) => text);
    expect(told).toEqual([expect.stringMatching(/^the alarms cannot be kept for the next start: /)]);
  });

  it('are written only where something became of them', () => {
    const run = start();
    speak(run, 31, '84');
    const written = readFileSync(file(), 'utf8');
    speak(run, 60, '86');
    expect(run.alarm('flow-high')).toMatchObject({ value: '86.0 °C', raisedValue: '84.0 °C' });
    expect(readFileSync(file(), 'utf8')).toBe(written);
  });
});

it('whoever asks gets what is new to them', () => {
  const run = start();
  speak(run, 31, '84');
  const whole = run.watcher.replyTo({ change: null, revision: null });
  expect([whole.book?.alarms.has('flow-high'), whole.change, whole.changes]).toEqual([true, 1, []]);
  expect(names(run.watcher.replyTo({ change: 0, revision: null }).changes)).toEqual(['1 raised flow-high']);
  const known = { change: whole.change, revision: whole.book?.revision ?? null };
  expect(run.watcher.replyTo(known)).toEqual({ book: null, change: 1, changes: [] });
  run.watcher.act(['flow-high'], { kind: 'acknowledge', by: 'me' });
  expect(names(run.watcher.replyTo(known).changes)).toEqual(['2 acknowledged flow-high']);
});
