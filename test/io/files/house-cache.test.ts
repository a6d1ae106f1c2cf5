import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouseCache } from '../../../src/io/files/house-cache.ts';
import { houseOf } from '../../helpers/ui/home.ts';

const config = houseOf(3, 1);
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const folder = (): string => join(home, '.cache', 'hometui');
const files = (): readonly string[] => readdirSync(folder()).map(name => join(folder(), name));

describe('the houses that were checked', () => {
  it('are known by their whole text', () => {
    const cache = openHouseCache({ HOME: home });
    expect(cache.read('text')).toBeNull();
    cache.keep('text', config);
    expect(cache.read('text')).toEqual(config);
    expect(cache.read('texts')).toBeNull();
    expect(openHouseCache({ HOME: home }).read('text')).toEqual(config);
  });

  it('are few', () => {
    const cache = openHouseCache({ HOME: home });
    for (let place = 0; place < 9; place += 1) cache.keep(`text ${place}`, config);
    expect(files()).toHaveLength(4);
  });

  it('are not taken from others, nor from what is damaged, and need no place', () => {
    const cache = openHouseCache({ HOME: home });
    cache.keep('text', config);
    const [file = ''] = files();
    chmodSync(file, 0o666);
    expect(cache.read('text')).toBeNull();
    chmodSync(file, 0o600);
    writeFileSync(file, '{"name":');
    expect(cache.read('text')).toBeNull();
    const none = openHouseCache({});
    none.keep('text', config);
    expect(none.read('text')).toBeNull();
    writeFileSync(join(home, 'taken'), '');
    const taken = openHouseCache({ HOME: home, XDG_CACHE_HOME: join(home, 'taken') });
    taken.keep('text', config);
    expect(taken.read('text')).toBeNull();
  });
});
