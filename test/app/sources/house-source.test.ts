import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { houseSource } from '../../../src/app/sources/house-source.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { Issue } from '../../../src/core/issue.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-house-source-'));
  path = join(folder, 'house.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const house = (unit: string): string =>
  JSON.stringify({
    name: 'Home',
    sensors: { flow: { label: 'Flow', topic: 'heating/flow', unit } },
    panels: [{ label: 'Heating', items: ['flow'] }],
  });

function open(prepare: () => Promise<Issue | null> = async () => null) {
  const clock = createFakeClock();
  const events: HomeEvent[] = [];
  const source = houseSource(path, clock, prepare)(event => events.push(event));
  const told = (): readonly string[] =>
    events.map(event => {
      if (event.type === 'house-changed') return `changed: ${event.house.sensors.get('flow')?.unit}`;
      if (event.type === 'issue-found') return `found: ${event.issue.message}`;
      return event.type === 'issue-settled' ? `settled: ${event.news}` : event.type;
    });
  /** Two looks find the same, and what was found is told. */
  const settle = async (count: number): Promise<void> => {
    clock.advance(1_000);
    clock.advance(1_000);
    await expect.poll(told).toHaveLength(count);
  };
  return { clock, source, told, settle };
}

it('tells a house file that was changed, also where another file took its place, and not one that stays', async () => {
  writeFileSync(path, house('°C'));
  const { clock, source, told, settle } = open();
  clock.advance(10_000);
  expect(told()).toEqual([]);
  writeFileSync(path, house('K'));
  await settle(1);
  writeFileSync(`${path}.new`, house('°F'));
  renameSync(`${path}.new`, path);
  await settle(2);
  expect(told()).toEqual(['changed: K', 'changed: °F']);
  await source.close();
  writeFileSync(path, house('K'));
  clock.advance(10_000);
  expect(told()).toHaveLength(2);
});

it('waits until an editor has written all of it', async () => {
  writeFileSync(path, house('°C'));
  const { clock, told, settle } = open();
  writeFileSync(path, '{');
  clock.advance(1_000);
  writeFileSync(path, house('K'));
  clock.advance(1_000);
  expect(told()).toEqual([]);
  await settle(1);
  expect(told()).toEqual(['changed: K']);
});

it('says of a broken one line, field and cure, and that the house stays; then that it is in order', async () => {
  writeFileSync(path, house('°C'));
  const { told, settle } = open();
  writeFileSync(path, house('°C').replace('"unit"', '\n"unti"'));
  await settle(1);
  expect(told()[0]).toBe(
    `found: the house file is broken, and the house stays as it was: ${path}:1:27: sensors.flow.unit is missing`,
  );
  rmSync(path);
  await settle(3);
  expect(told().slice(1)).toEqual([
    'settled: null',
    `found: the house file ${path} cannot be read: there is no such file`,
  ]);
  writeFileSync(path, house('K'));
  await settle(5);
  expect(told().slice(3)).toEqual([`settled: the house file ${path} is in order again`, 'changed: K']);
});

it('is not told before all is ready for it, and is tried again until it is', async () => {
  writeFileSync(path, house('°C'));
  const place = { file: '/keys.json' };
  let lack: Issue | null = { severity: 'error', message: 'the keys cannot be read', place, cure: 'Look at it.' };
  const { told, settle } = open(async () => lack);
  writeFileSync(path, house('K'));
  await settle(1);
  expect(told()).toEqual([
    `found: ${path} was changed, and the house stays as it was: /keys.json: the keys cannot be read`,
  ]);
  lack = null;
  await settle(3);
  expect(told().slice(1)).toEqual([`settled: the house file ${path} is in order again`, 'changed: K']);
});
