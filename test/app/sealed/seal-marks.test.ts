import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSealMarks } from '../../../src/app/sealed/seal-marks.ts';
import { createStore } from '../../../src/app/store.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState } from '../../../src/core/home/state/state.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { createHouse, type House } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import { openMarkFile } from '../../../src/io/sealed/mark-file.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const article = presets.article;
if (article === undefined) throw new Error('there is the article');
const { heating, ...others } = article.clients;
if (heating === undefined) throw new Error('it has a heating');
const house = createHouse({ ...article, clients: { ...others, heating: { ...heating, sealed: true } } });
/** The same without that client, and with nobody who seals. */
const plain = createHouse({ ...article, clients: others });
const SESSION = { url: 'mqtt://pi', user: null, clientId: 'me', isEncrypted: false } as never;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-marks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, 'hometui/seals.json');

function start(name = 'Home at mqtt://pi', first = house) {
  const clock = createFakeClock();
  const file = openMarkFile({ HOME: folder, XDG_STATE_HOME: folder }, name);
  if (file === null) throw new Error('there is a place');
  const store = createStore(createState(first, SESSION, clock.now()), () => {});
  const marks = keepSealMarks(store, () => (store.getState().house.sealed.size === 0 ? null : file), clock);
  const hear = (counter: number): void =>
    store.dispatch({
      ...{ type: 'message-received', at: clock.now(), topic: 'heating/flow', isRetained: false },
      payload: new TextEncoder().encode('64.3'),
      seal: { kind: 'opened', boot: 2, counter, id: '0', keyId: 'k', isPrevious: false },
    } as HomeEvent);
  const mark = () => getRow(store.getState().clients, 'heating')?.seal.mark;
  const change = (next: House): void =>
    store.dispatch({ type: 'house-changed', at: clock.now(), house: next, file: 'house.json' });
  return { clock, marks, hear, mark, change };
}

describe('how far the devices have counted', () => {
  it('is kept from one run to the next, for its owner alone', () => {
    const first = start();
    expect(first.mark()).toBeNull();
    first.hear(70);
    first.marks.close();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const second = start();
    expect(second.mark()).toEqual({ boot: 2, counter: 70, keyId: 'k', startedAt: null, heardAt: null });
    // What was heard then is not heard now.
    second.hear(70);
    expect(second.mark()?.heardAt).toBeNull();
    second.hear(71);
    expect(second.mark()?.heardAt).not.toBeNull();
  });

  it('is written once a minute at most, and not at all where nothing came', () => {
    const run = start();
    run.hear(1);
    run.clock.advance(59_000);
    expect(() => readFileSync(path())).toThrow('ENOENT');
    run.clock.advance(1_000);
    expect(readFileSync(path(), 'utf8')).toContain('"counter":1');
    const before = statSync(path()).mtimeMs;
    run.clock.advance(600_000);
    run.marks.close();
    expect(statSync(path()).mtimeMs).toBe(before);
  });

  it('is kept beside that of another house', () => {
    const [one, other] = [start('One at mqtt://pi'), start('Other at mqtt://pi')];
    one.hear(5);
    other.hear(6);
    one.marks.close();
    other.marks.close();
    expect([start('One at mqtt://pi').mark()?.counter, start('Other at mqtt://pi').mark()?.counter]).toEqual([5, 6]);
  });

  it('is remembered where a house file names the device only later, and where it leaves it out for a while', () => {
    const first = start();
    first.hear(70);
    first.marks.close();
    const second = start('Home at mqtt://pi', plain);
    expect(second.mark()).toBeUndefined();
    second.change(house);
    expect(second.mark()).toMatchObject({ counter: 70, heardAt: null });
    second.hear(71);
    second.change(plain);
    second.change(house);
    expect(second.mark()).toMatchObject({ counter: 71, heardAt: null });
    second.change(plain);
    second.marks.close();
    expect(start().mark()?.counter).toBe(71);
  });

  it.each(['', 'no JSON', '[]', '{"Home at mqtt://pi": 3}', '{"Home at mqtt://pi": {"heating": {"boot": "x"}}}'])(
    'is unknown where the file has %j, and then written anew',
    text => {
      start().marks.close();
      const run = start();
      run.hear(3);
      run.marks.close();
      writeFileSync(path(), text);
      const next = start();
      expect(next.mark()).toBeNull();
      next.hear(8);
      next.marks.close();
      expect(start().mark()?.counter).toBe(8);
    },
  );
});
