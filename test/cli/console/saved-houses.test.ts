import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/app/world.ts';
import { choiceOf, namesHouse, savedHouses } from '../../../src/cli/console/saved-houses.ts';
import type { Preferences } from '../../../src/core/settings/schema.ts';

const world = {
  env: { HOME: '/home/me', HOMETUI_URL: 'mqtt://named', HOMETUI_USER: 'x' },
  random: () => 0.5,
} as unknown as World;
const home = { url: 'mqtt://pi:1883', user: 'master', password: 'secret' };
const sea = { url: 'mqtts://monitor:pw@sea.example' };

const rowsOf = (preferences: Preferences) =>
  savedHouses(preferences, world).map(({ name, profile, address, user, isLast }) => [
    name,
    profile,
    user,
    address,
    isLast,
  ]);

describe('the houses that are saved', () => {
  it('are the profiles, with broker and user, and no password', () => {
    const rows = rowsOf({ profiles: { home, sea } });
    expect(rows).toEqual([
      ['home', 'home', 'master', 'mqtt://pi:1883', false],
      ['sea', 'sea', 'monitor', 'mqtts://sea.example:8883', false],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/secret|pw/);
  });

  it('know which was the last one', () => {
    const last = { url: 'mqtts://sea.example:8883', user: 'monitor' };
    expect(rowsOf({ profiles: { home, sea }, last }).map(row => row[4])).toEqual([false, true]);
  });

  it('are also what the settings say without a profile', () => {
    const rows = rowsOf({ url: 'mqtt://own:1884', user: 'me', profiles: { home }, last: { url: 'mqtt://elsewhere' } });
    expect(rows[1]).toEqual(['settings', null, 'me', 'mqtt://own:1884', false]);
  });

  it('are also where the console was last, where no profile leads there', () => {
    const last = { url: 'mqtt://elsewhere:1883', user: 'guest' };
    expect(rowsOf({ profiles: { home }, last })[1]).toEqual([
      ...['last time', null, 'guest', 'mqtt://elsewhere:1883'],
      true,
    ]);
    expect(rowsOf({ last })).toHaveLength(1);
    expect(rowsOf({})).toEqual([]);
  });

  it('have a row for an address that cannot be read, without what is secret in it', () => {
    const [[, , , address] = []] = rowsOf({ profiles: { odd: { url: 'gopher://me:secret@pi' }, home } });
    expect(address).toContain('gopher://');
    expect(address).not.toContain('secret');
  });
});

describe('a house that is named', () => {
  it.each([
    [{ host: 'pi' }, {}, true],
    [{ profile: 'home' }, {}, true],
    [{ house: 'article' }, {}, true],
    [{ user: 'master' }, {}, true],
    [{ theme: 'dark' }, {}, false],
    [{ direct: true }, {}, false],
    [{}, { HOMETUI_URL: 'mqtt://pi' }, true],
    [{}, { HOMETUI_URL: '', HOMETUI_THEME: 'dark' }, false],
  ] as const)('%j in %j: %s', (flags, env, isNamed) => {
    expect(namesHouse(flags as never, env)).toBe(isNamed);
  });

  it('does not shine through where another one is chosen', () => {
    const flags = { host: 'pi', user: 'x', acl: 'acl', theme: 'dark', direct: true } as never;
    const chosen = choiceOf({ profile: 'home' }, flags, world);
    expect(chosen.flags).toEqual({ theme: 'dark', direct: true, profile: 'home' });
    expect(chosen.world.env).toEqual({ HOME: '/home/me' });
    expect(choiceOf({ profile: null }, flags, world).flags).toEqual({ theme: 'dark', direct: true });
  });
});
