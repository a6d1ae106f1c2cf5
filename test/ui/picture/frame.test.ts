import { describe, expect, it } from 'vitest';
import type { RightsDesk } from '../../../src/console/rights/give-right.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { ok } from '../../../src/core/result.ts';
import type { GlyphSet } from '../../../src/terminal/identity/evidence.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import {
  bigHome,
  connected,
  emptyHome,
  houseOf,
  linkLost,
  livingHome,
  lockedHome,
  message,
  refused,
  richHome,
  START,
  silentHome,
  tick,
  usersHome,
  withEvents,
} from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';
import { troubles } from '../../helpers/ui/stories.ts';

/** Each screen by the keys that lead to it. */
const SCREENS: Readonly<Record<string, string>> = {
  overview: '',
  'detail-sensor': '<enter>',
  'detail-sensor-1h': '<enter>+',
  'detail-sensor-facts': '<enter><enter>',
  'detail-switch': 'jjj<enter>',
  'detail-switch-rest': 'jjj<enter><enter>',
  'detail-derived': 'jj<enter>',
  clients: 'c',
  'clients-stale': 'cj',
  denials: 'd',
  log: 'l',
  help: '?',
  themes: 't',
  confirm: 'b',
  notice: 'x',
};

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;

async function frameOf(home: HomeState, keys: string, look: Omit<Parameters<typeof openTestConsole>[0], 'home'>) {
  const console = await openTestConsole({ home, ...look });
  await console.press(keys);
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

describe('every screen at every size', () => {
  const home = richHome();
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(SCREENS)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(home, keys, { columns, rows });
        expect(screen.trimEnd().split('\n').length).toBeLessThanOrEqual(rows);
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }
});

describe('a house with one of each kind', () => {
  const home = kindsHome();
  const PLACES: Readonly<Record<string, string>> = {
    overview: '',
    'set-number': 'jj+',
    'set-select': 'jjj j',
    press: 'jjjj ',
    'detail-state': 'j<enter>',
    'detail-number': 'jj<enter>',
    'detail-select': 'jjj<enter>',
    'detail-button': 'jjjj<enter>',
    'detail-binary': 'jjjjjj<enter>',
    'detail-event': 'jjjjjjjj<enter>',
    'detail-counter': 'jjjjjjjjj<enter>',
  };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(PLACES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(home, keys, { columns, rows });
        expect(screen.trimEnd().split('\n').length).toBeLessThanOrEqual(rows);
        await expect(screen).toMatchFileSnapshot(`../../frames/kinds-${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('says what is not well, and what is not of now', async () => {
    const wet = withEvents(home, message(home.at + 100, 'cellar/leak', 'wet'));
    const screen = await frameOf(wet, '', { columns: 80, rows: 24 });
    expect(screen).toContain('Cellar floor is wet');
    const lost = linkLost(home, 4_000);
    const later = withEvents(lost, connected(lost.at + 4_000), tick(lost.at + 5_000));
    await expect(await frameOf(later, '', { columns: 80, rows: 24 })).toMatchFileSnapshot(
      '../../frames/kinds-reconnected-80x24.txt',
    );
  });
});

describe('the users', () => {
  const home = usersHome();
  const PLACES: Readonly<Record<string, string>> = { users: 'u', 'users-right': `u${'j'.repeat(37)}<right>` };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(PLACES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(home, keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('asks before the ACL file is changed, tries it, asks again where it cannot, and says what was done', async () => {
    const done =
      '/etc/mosquitto/acl lets dhtclient write cellar/humidity now. It was not tried. Your broker goes by it after:';
    const diff = ['@@ 20', '  topic write cellar/temperature', '+ topic write cellar/humidity'];
    for (const [columns, rows] of SIZES) {
      let end: () => void = () => {};
      const rights: RightsDesk = {
        plan: async request => ok({ request, diff, after: '' }),
        attempt: async (_, onProgress) => {
          onProgress('Trying 5 users on 10 topics, with mosquitto 2.0.11');
          await new Promise<void>(resolve => {
            end = resolve;
          });
          return { kind: 'untried', why: 'no mosquitto is installed on this machine' };
        },
        stop: () => {},
        carryOut: async () => ok({ text: done, command: 'sudo systemctl reload mosquitto' }),
      };
      const console = await openTestConsole({ home, columns, rows, rights });
      const shows = async (name: string): Promise<void> =>
        expect(await console.screen()).toMatchFileSnapshot(`../../frames/users-${name}-${columns}x${rows}.txt`);
      await console.press(`u${'j'.repeat(37)}<right>+`);
      await shows('allow');
      await console.press('y');
      await shows('allow-trying');
      end();
      await console.press('');
      await shows('allow-untried');
      await console.press('y');
      await shows('allow-done');
      await console.press('<enter><ctrl+c>');
      await console.ended;
    }
  });

  it('in ASCII', async () => {
    const screen = await frameOf(home, 'uj', { glyphs: 'ascii' });
    expect(screen).toMatch(/^[\n\u0020-\u007e]*$/);
    await expect(screen).toMatchFileSnapshot('../../frames/users-80x24-ascii.txt');
  });

  it('says what is not known without the ACL file and the log', async () => {
    const screen = await frameOf(livingHome(20), 'uj', {});
    expect(screen).toContain('start with --acl FILE');
    await expect(screen).toMatchFileSnapshot('../../frames/users-unknown-80x24.txt');
  });
});

describe('every rung of the ladder of characters', () => {
  const home = richHome();
  for (const glyphs of ['wgl4', 'ascii'] satisfies readonly GlyphSet[]) {
    for (const name of ['overview', 'detail-sensor', 'clients', 'help', 'confirm']) {
      it(`${name} in ${glyphs}`, async () => {
        const screen = await frameOf(home, SCREENS[name] ?? '', { glyphs });
        if (glyphs === 'ascii') expect(screen).toMatch(/^[\n\u0020-\u007e]*$/);
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-80x24-${glyphs}.txt`);
      });
    }
  }
});

describe('a house in trouble says so', () => {
  for (const [name, make] of Object.entries(troubles)) {
    it(name, async () => {
      const screen = await frameOf(make(), '', {});
      await expect(screen).toMatchFileSnapshot(`../../frames/trouble-${name}-80x24.txt`);
    });
  }

  it('with a lost link where there is little room', async () => {
    const screen = await frameOf(linkLost(livingHome(600), 4_000), '', { columns: 40, rows: 15 });
    expect(screen).not.toContain('●');
    await expect(screen).toMatchFileSnapshot('../../frames/trouble-link-lost-40x15.txt');
  });

  it('where a switch is locked, and why when its key is pressed', async () => {
    await expect(await frameOf(lockedHome(), 'f', {})).toMatchFileSnapshot('../../frames/trouble-locked-80x24.txt');
    const keys = '<end><enter>';
    await expect(await frameOf(lockedHome(), keys, {})).toMatchFileSnapshot('../../frames/detail-locked-80x24.txt');
  });

  it('on every screen, where it is a danger', async () => {
    const home = troubles.banner?.() ?? emptyHome();
    for (const keys of Object.values(SCREENS)) {
      expect(await frameOf(home, keys, {})).toContain('The broker runs WITHOUT its access control list');
    }
  });
});

describe('login', () => {
  it('asks for the password and shows dots', async () => {
    const screen = await frameOf(emptyHome(), 'geheim', { needsPassword: true });
    expect(screen).not.toContain('geheim');
    await expect(screen).toMatchFileSnapshot('../../frames/login-80x24.txt');
  });

  it('asks for the user too, where none was named', async () => {
    const screen = await frameOf(emptyHome(undefined, { user: null }), 'master', { needsPassword: true });
    await expect(screen).toMatchFileSnapshot('../../frames/login-user-80x24.txt');
  });

  it('says what the broker answered', async () => {
    const home = refused(emptyHome(undefined, { host: 'pi', isLoopback: false, url: 'mqtt://pi:1883' }), 3);
    await expect(await frameOf(home, '', {})).toMatchFileSnapshot('../../frames/login-refused-80x24.txt');
    await expect(await frameOf(home, '', { columns: 40, rows: 15 })).toMatchFileSnapshot(
      '../../frames/login-refused-40x15.txt',
    );
    await expect(await frameOf(home, '<tab>', { columns: 40, rows: 15 })).toMatchFileSnapshot(
      '../../frames/login-refused-user-40x15.txt',
    );
  });

  it.each([
    [5, 'Fifth answer: login as monitor refused'],
    [21, 'Answer 21: login as monitor refused'],
  ])('counts %i answers', async (refusals, words) => {
    const home = refused(emptyHome(undefined, { host: 'pi', isLoopback: false, url: 'mqtt://pi:1883' }), refusals);
    expect(await frameOf(home, '', {})).toContain(words);
  });
});

describe('any house', () => {
  it('scrolls around the focus where there is more than fits', async () => {
    const home = emptyHome(houseOf(40, 3));
    await expect(await frameOf(home, '', {})).toMatchFileSnapshot('../../frames/big-house-top-80x24.txt');
    const keys = 'j'.repeat(60);
    await expect(await frameOf(home, keys, {})).toMatchFileSnapshot('../../frames/big-house-middle-80x24.txt');
    await expect(await frameOf(home, '<end>', { columns: 40, rows: 15 })).toMatchFileSnapshot(
      '../../frames/big-house-end-40x15.txt',
    );
  });

  it('leaves no half of the screen blank beside the last panel', async () => {
    const home = emptyHome(houseOf(7, 3));
    await expect(await frameOf(home, '', {})).toMatchFileSnapshot('../../frames/three-panels-80x24.txt');
  });

  it('says in a sentence that there is no room', async () => {
    await expect(await frameOf(livingHome(20), '', { columns: 20, rows: 5 })).toMatchFileSnapshot(
      '../../frames/too-small-20x5.txt',
    );
    expect((await frameOf(livingHome(20), '', { columns: 1, rows: 1 })).trim().length).toBeLessThanOrEqual(1);
  });

  it('keeps its columns with wide, combining and very long labels', async () => {
    const config = houseOf(4, 1);
    const labels = ['客厅温度', 'Kühlschrank', 'e\u0301tage', 'A label of exactly forty characters, yes'];
    const sensors = Object.fromEntries(
      Object.entries(config.sensors).map(([id, sensor], place) => [id, { ...sensor, label: labels[place] ?? id }]),
    );
    const home = emptyHome({ ...config, sensors });
    await expect(await frameOf(home, '', {})).toMatchFileSnapshot('../../frames/labels-80x24.txt');
  });
});

describe('a house of many tabs', () => {
  const home = bigHome();
  const PLACES: Readonly<Record<string, string>> = {
    tabs: '2',
    'tabs-middle': `2${'j'.repeat(40)}`,
    favourites: '[',
    unwell: '!',
  };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(PLACES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(home, keys, { columns, rows, favourites: ['s3', 's700', 's140'] });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  const silent = silentHome();
  const FOUND: Readonly<Record<string, string>> = {
    search: '/room 7 sensor 16<down>',
    'search-state': '/stale',
    'search-nothing': '/cupboard',
    'log-folded': 'l',
    'log-unfolded': 'l<enter><down>',
    'log-worse': 'l!!',
    'overview-headline': '2k',
    'overview-event': '2<end>j',
  };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(FOUND)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(silent, keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('in ASCII', async () => {
    const screen = await frameOf(home, '2', { glyphs: 'ascii' });
    expect(screen).toMatch(/^[\n\u0020-\u007e]*$/);
    await expect(screen).toMatchFileSnapshot('../../frames/tabs-80x24-ascii.txt');
  });

  it('says so where nothing is not well', async () => {
    expect(await frameOf(livingHome(600), '!', {})).toContain('Nothing here is not well. ! shows everything again');
  });
});

describe('a house of sensors only, without a scale', () => {
  const text =
    '{"name":"S","sensors":{"t":{"label":"Cellar","topic":"t","unit":"°C"}},"panels":[{"label":"P","items":["t"]}]}';
  const house = parseHouse(text, 'house.json');
  if (!house.ok) throw new Error('that house is one');
  const heard = withEvents(
    emptyHome(house.value),
    connected(START),
    ...Array.from({ length: 120 }, (_, index) => message(START + 500 + index * 5_000, 't', `${12 + index / 100}`)),
    tick(START + 597_000),
  );

  it.each(['', '<enter>', '<enter><enter>', 'c', 'd', 'l', '?'])('draws the screen behind %j', async keys => {
    for (const home of [emptyHome(house.value), heard]) {
      const screen = await frameOf(home, keys, {});
      expect(screen).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('learns the scale', async () => {
    const screen = await frameOf(heard, '<enter>', {});
    expect(screen).toContain('scale 10 to 20, learned');
    expect(screen).toMatch(/rising/);
  });
});
