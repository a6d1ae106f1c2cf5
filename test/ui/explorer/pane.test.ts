import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { GlyphSet } from '../../../src/terminal/identity/evidence.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { createTestExplorer, type TestExplorer } from '../../helpers/ui/explorer.ts';
import { livingHome } from '../../helpers/ui/home.ts';

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;
const home = livingHome(300);

/** Half an hour of the article's house and of others on its broker. */
function heard(): TestExplorer {
  const explorer = createTestExplorer();
  explorer.hear('heating/pump/done', 'on', home.at - 1_800_000, true);
  explorer.hear('zigbee2mqtt/bridge/info', '{"version":"1.40.1","network":{"channel":11}}', home.at - 1_800_000, true);
  for (let at = home.at - 300_000; at <= home.at; at += 5_000) {
    explorer.hear('heating/flow', (54 + Math.sin(at / 60_000)).toFixed(1), at);
    explorer.hear('heating/return', '41.2', at);
    explorer.hear('cellar/temperature', '12.5', at);
  }
  for (let at = home.at - 70_000; at <= home.at - 60_000; at += 20) explorer.hear('meters/power', String(at % 900), at);
  explorer.hear('zigbee2mqtt/door', '{"contact":true,"battery":98}', home.at - 65_000);
  explorer.hear('camera/cellar/still', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), home.at - 12_000);
  explorer.become({ rate: 0.6 });
  return explorer;
}

async function consoleWith(
  explorer: TestExplorer,
  look: { columns?: number; rows?: number; glyphs?: GlyphSet; housePath?: string } = {},
) {
  const console = await openTestConsole({
    home,
    ...look,
    explorer: { open: async () => explorer, housePath: look.housePath ?? null },
  });
  await console.press('e');
  await console.until(' topic');
  return console;
}

async function frameOf(
  explorer: TestExplorer,
  keys: string,
  look: Parameters<typeof consoleWith>[1] = {},
): Promise<string> {
  const console = await consoleWith(explorer, look);
  await console.press(keys);
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

const SCENES: Readonly<Record<string, string>> = {
  topics: '',
  'topics-unfolded': '<end><enter><home>jj*j',
  'topics-search': '/do',
};

describe('the topics at every size', () => {
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(SCENES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(heard(), keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('in ASCII', async () => {
    const screen = await frameOf(heard(), '<end><enter>', { glyphs: 'ascii' });
    expect(screen).toMatch(/^[\n\u0020-\u007e]*$/);
    await expect(screen).toMatchFileSnapshot('../../frames/topics-80x24-ascii.txt');
  });
});

/** A device that says a document, a picture, and a number that is retained. */
function said(): TestExplorer {
  const explorer = createTestExplorer();
  explorer.hear('home/meter', '{"power":1,"total":{"in":10.5}}', home.at - 900_000, true);
  for (let minute = 30; minute > 0; minute--) {
    const power = Math.round(300 + 200 * Math.sin(minute / 4));
    const state = { power, total: { in: 10.5, out: 2 }, relay: minute % 2 === 0 ? 'on' : 'off' };
    explorer.hear(
      'home/meter',
      JSON.stringify(minute === 1 ? { ...state, fault: 'F3' } : state),
      home.at - minute * 60_000,
    );
  }
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 2, 128, 0, 0, 1, 224];
  explorer.hear('home/still', Uint8Array.from([...png, ...Array.from({ length: 300 }, (_, at) => at % 256)]), home.at);
  explorer.hear('home/name', 'Wöhrl\u001b[31m\nline two', home.at, true);
  return explorer;
}

const PAGES: Readonly<Record<string, string>> = {
  'topic-json': '*j<enter>',
  'topic-values': '*j<enter>vv,,m',
  'topic-text': '*jj<enter>',
  'topic-hex': '*jjj<enter>',
};

describe('one topic at every size', () => {
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(PAGES)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const screen = await frameOf(said(), keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
      });
    }
  }

  it('shows what is new since a value that was marked, and goes back to the tree', async () => {
    const explorer = said();
    const console = await consoleWith(explorer);
    await console.press('*j<enter>,m');
    expect(await console.screen()).toContain('against 14:25:00');
    await console.press('.');
    expect(await console.screen()).toMatch(/~ +"relay": "off",? +was "on"/);
    explorer.hear('home/meter', '{"power":7,"relay":"on"}', home.at);
    await console.wait(1_100);
    const screen = await console.screen();
    expect(screen).toMatch(/~ +"power": 7, +was \d+/);
    expect(screen).toMatch(/- total\/in: was 10.5/);
    await console.press('<escape>');
    expect(await console.screen()).toContain('3 topics');
    await console.press('<ctrl+c>');
  });

  it('draws the number that is chosen', async () => {
    const console = await consoleWith(said());
    await console.press('*j<enter>');
    expect(await console.screen()).toContain('power 1 of 3: n');
    await console.press('n');
    expect(await console.screen()).toContain('total.in 2 of 3: n');
    await console.press('<ctrl+c>');
  });

  it('stands still when told to, though new values come', async () => {
    const explorer = said();
    const console = await consoleWith(explorer);
    await console.press('*j<enter> ');
    explorer.hear('home/meter', '{"power":99}', home.at + 1);
    await console.press('v');
    await console.press('vv');
    expect(await console.screen()).not.toContain('99');
    await console.press(' ');
    expect(await console.screen()).toContain('99');
    await console.press('<ctrl+c>');
  });
});

describe('the topics say what they do not know', () => {
  it('which filter was refused, by the code and by a closed connection', async () => {
    const explorer = heard();
    explorer.become({ refused: [{ filter: '#', code: 135 }] });
    expect(await frameOf(explorer, '')).toContain('The broker refused #: not authorized (135)');
    explorer.become({ refused: [{ filter: '$SYS/#', code: null }] });
    expect(await frameOf(explorer, '')).toContain('The connection ended twice when $SYS/# was asked for');
  });

  it('that what is missing may be denied, and that nothing was heard', async () => {
    expect(await frameOf(heard(), '')).toContain('What is missing may be denied to monitor');
    expect(await frameOf(createTestExplorer(), '')).toContain('nobody speaks, or monitor may not read it');
  });

  it('what is waited for as long as there is no topic, and since when', async () => {
    const explorer = createTestExplorer();
    const shown = async (status: Parameters<TestExplorer['become']>[0]): Promise<string> => {
      explorer.become(status);
      return (
        (await frameOf(explorer, ''))
          .split('\n')[5]
          ?.replaceAll(/^│ |│\s*$/g, '')
          .trim() ?? ''
      );
    };
    expect(await shown({})).toBe('The broker has granted no subscription yet');
    const grantedAt = home.at - 45_000;
    const since = /^Subscribed to # since \d\d:\d\d:\d\d: nothing came in 40 s/;
    expect(await shown({ phase: 'listening', grantedAt })).toMatch(new RegExp(`${since.source}$`));
    expect(await shown({ phase: 'settled', grantedAt })).toMatch(new RegExp(`${since.source}, retained or new$`));
    const narrow = await frameOf(explorer, '', { columns: 40, rows: 15 });
    expect(narrow).toMatch(/^ Subscribed to # since \d\d:\d\d:\d\d +$/m);
    expect(await shown({ granted: ['a/#', 'b/#', 'c/#', 'd/#', 'e/#'] })).toMatch(
      /^Subscribed to a\/#, b\/#, c\/# and 2 more since \d\d:\d\d:\d\d/,
    );
    expect(await shown({ phase: 'lost', reason: 'the connection was closed', cure: 'Look at it' })).toBe('');
    explorer.become({ phase: 'settled' });
    explorer.hear('a/b', '1', home.at);
    expect(await shown({})).not.toContain('Subscribed');
  });

  it('that the connection was closed, and then that it is listening again', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    explorer.become({ phase: 'lost', reason: 'the broker closed the connection', cure: 'It is tried again' });
    await console.until('the broker closed the connection. It is tried again');
    expect(await console.screen()).toMatch(/heating\//);
    explorer.become({ phase: 'settled', reason: null, cure: null });
    await console.until('messages a second');
    await console.press('<ctrl+c>');
    await console.ended;
  });

  it('what is folded on a busy broker is not listened to', async () => {
    const explorer = heard();
    explorer.become({ extent: 'parts', rate: 4_980 });
    const screen = await frameOf(explorer, '<end><enter>');
    expect(screen).toContain('4980 a second: only what is unfolded or searched is heard; a hears all');
    expect(screen).toMatch(/\+ cellar\/ +1 not listened to/);
    expect(explorer.looked()).toMatchObject({ unfolded: ['zigbee2mqtt'] });
  });
});

describe('hostile topics and payloads', () => {
  it('reach the terminal as signs, never as commands', async () => {
    const explorer = createTestExplorer();
    const hostile = [
      '\u001b[2J\u001b]0;x\u0007',
      'a\u202eb',
      'ä ö',
      '$x y',
      'x'.repeat(5_000),
      '\u009b31m',
      '\n\r\t',
      '',
    ];
    for (const [place, text] of hostile.entries()) {
      explorer.hear(`h/${text}`, text, home.at - place);
      explorer.hear(`${text}/below`, Uint8Array.of(0xff, 0xfe, place), home.at - place);
    }
    const console = await consoleWith(explorer);
    console.sent();
    for (let row = 0; row < 20; row++) await console.press('*j');
    const screen = await console.screen();
    expect(screen.split('\n').every(line => line.length <= 80)).toBe(true);
    expect(console.sent().replace(/\u001b\[[\d;?]*[A-Za-z@`]|\u001b[78]/g, '')).not.toMatch(
      /[\u0007\u001b\u009b\u202e]/,
    );
    await console.press('<ctrl+c>');
  });
});

describe('the tree under the cursor', () => {
  it('does not jump when topics come in above it', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    await console.press('<end>');
    const rowOf = (screen: string): number => screen.split('\n').findIndex(line => line.includes('zigbee2mqtt/'));
    for (let count = 0; count < 60; count++) explorer.hear(`aaa${count}/x`, '1', home.at);
    await console.wait(1_100);
    const before = rowOf(await console.screen());
    for (let count = 0; count < 60; count++) explorer.hear(`bbb${count}/x`, '1', home.at);
    await console.wait(1_100);
    const screen = await console.screen();
    expect([before > 0, rowOf(screen)]).toEqual([true, before]);
    expect(screen).toContain('128 topics');
    await console.press('<ctrl+c>');
  });

  it('stands still on Space, and shows then what came', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    await console.press('<home><enter> ');
    expect(await console.screen()).toContain('Stands still since');
    explorer.hear('camera/new', '1', home.at);
    await console.wait(1_100);
    expect(await console.screen()).not.toContain('new');
    await console.press(' ');
    expect(await console.screen()).toContain('new');
    await console.press('<ctrl+c>');
  });

  it('shows only what changes from now on', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    await console.press('o');
    expect(await console.screen()).not.toContain('cellar');
    explorer.hear('cellar/temperature', '12.6', home.at + 1);
    await console.wait(1_100);
    expect(await console.screen()).toContain('cellar');
    await console.press('<escape>');
    expect(await console.screen()).toContain('heating');
    await console.press('<ctrl+c>');
  });
});

describe('publishing', () => {
  const FORMS: Readonly<Record<string, string>> = {
    'topic-publish': '/pump<enter>*<end>p',
    'topic-publish-asks': '/pump<enter>*<end>p<tab>2<tab> <enter>',
    'topic-clear-asks': '<end>x',
  };
  for (const [columns, rows] of SIZES) {
    for (const [name, keys] of Object.entries(FORMS)) {
      it(`${name} at ${columns}x${rows}`, async () => {
        const explorer = heard();
        explorer.hear('zigbee2mqtt/bridge/state', 'online', home.at - 1_800_000, true);
        const screen = await frameOf(explorer, keys, { columns, rows });
        await expect(screen).toMatchFileSnapshot(`../../frames/${name}-${columns}x${rows}.txt`);
        expect(explorer.published).toEqual([]);
      });
    }
  }

  it('sends nothing before yes, then what was asked about; and says what became of it', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    await console.press('/flow<enter><end>p<ctrl+u>61.5<enter>');
    expect(await console.screen()).toContain('Publish on heating/flow?');
    await console.press('n');
    expect(explorer.published).toEqual([]);
    expect(await console.screen()).toContain('Nothing was published');
    await console.press('<enter>y');
    expect(explorer.published).toEqual([{ topic: 'heating/flow', payload: '61.5', qos: 1, retain: false }]);
    expect(await console.screen()).toContain('The broker took it; hometui itself is subscribed to it');
    await console.press('<ctrl+c>');
  });

  it('a denied one is told as that, and a topic with wildcards is none', async () => {
    const explorer = heard();
    explorer.isDenied = true;
    const console = await consoleWith(explorer);
    await console.press('p<up><ctrl+u>a/+/b<enter>');
    expect(await console.screen()).toContain('This is no topic: a topic name must not contain the wildcards');
    await console.press('<ctrl+u>a/b<enter>y');
    expect(await console.screen()).toContain('Denied: the broker refused it, not authorized (135)');
    await console.press('<ctrl+c>');
  });

  it('a retained command is warned of, and the words of the house are offered', async () => {
    const explorer = heard();
    explorer.hear('heating/pump', 'auto', home.at);
    const console = await consoleWith(explorer);
    await console.press('/pump<enter><home>jp');
    expect(await console.screen()).toContain('1 of 3 payloads to begin with');
    await console.press('<pageDown><tab><tab> <enter>');
    const screen = await console.screen();
    expect(screen).toContain('"on", at QoS 1, retained');
    expect(screen).toContain('A retained command is carried out again each time');
    await console.press('n<escape>');
    expect(explorer.published).toEqual([]);
    await console.press('<ctrl+c>');
  });

  it('clears what is retained in a branch after the list, and says what is still there', async () => {
    const explorer = heard();
    explorer.hear('zigbee2mqtt/bridge/state', 'online', home.at - 1_800_000, true);
    const console = await consoleWith(explorer);
    await console.press('<end>x');
    expect(await console.screen()).toMatch(
      /Clear 2 retained messages of zigbee2mqtt\?[\s\S]*bridge\/info[\s\S]*bridge\/state/,
    );
    explorer.isDenied = true;
    await console.press('y');
    const denied =
      '0 of 2 retained messages are gone; zigbee2mqtt/bridge/info is still there: denied, not authorized (135), and 1 more';
    expect((await console.screen()).replace(/\s+/g, ' ')).toContain(denied);
    explorer.isDenied = false;
    await console.press('xy');
    expect(await console.screen()).toContain('2 retained messages are gone');
    await console.press('x');
    expect(await console.screen()).toContain('Nothing retained was heard on zigbee2mqtt');
    await console.press('<ctrl+c>');
  });
});

describe('adding to the house', () => {
  it('asks first, adds the number that is drawn, and loses no comment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-topics-'));
    const housePath = join(folder, 'house.jsonc');
    const text = `// mine\n${JSON.stringify(presets.article, null, 2)}\n// end\n`;
    writeFileSync(housePath, text);
    const console = await consoleWith(said(), { housePath });
    await console.press('*j<enter>n+');
    await console.until('Add In to the house?');
    expect(await console.screen()).toMatch(/a sensor on home\/meter, total.in[\s\S]*no unit is known/);
    await console.press('n');
    expect(readFileSync(housePath, 'utf8')).toBe(text);
    await console.press('+');
    await console.until('Add In to the house?');
    await console.press('y');
    await console.until('taken away');
    const written = readFileSync(housePath, 'utf8');
    expect(written).toContain('// mine');
    expect(written).toContain('// end');
    const house = parseHouse(written, housePath);
    expect(house.ok && house.value.sensors.in).toMatchObject({
      label: 'In',
      topic: 'home/meter',
      path: 'total.in',
      unit: '',
    });
    expect(house.ok && house.value.panels.at(-1)).toEqual({ label: 'Topics', items: ['in'] });
    await console.press('<ctrl+c>');
    rmSync(folder, { recursive: true, force: true });
  });

  it('of a preset says how, and of what is there already where it is', async () => {
    const console = await consoleWith(heard());
    await console.press('/flow<enter><end>+');
    expect(await console.screen()).toContain('This house is a preset');
    await console.press('<ctrl+c>');
    const other = await consoleWith(heard(), { housePath: '/nowhere/house.json' });
    await other.press('/flow<enter><end>+');
    await other.until('It is in the house already: Flow');
    await other.press('<ctrl+c>');
  });
});

describe('coming and going', () => {
  it('Esc clears the search, then leaves; what was open is closed', async () => {
    const explorer = heard();
    const console = await consoleWith(explorer);
    await console.press('/flow<enter>');
    expect(await console.screen()).toContain('Search: flow');
    await console.press('<escape>');
    expect(await console.screen()).not.toContain('Search:');
    expect(explorer.isClosed()).toBe(false);
    await console.press('<escape>');
    expect(await console.screen()).toContain('Flow');
    expect(explorer.isClosed()).toBe(true);
    await console.press('q');
  });

  it('what is typed while searching is searched, the keys of other screens too', async () => {
    const console = await consoleWith(heard());
    await console.press('/qdclp?');
    expect(await console.screen()).toContain('Search: qdclp?');
    await console.press('<ctrl+c>');
    expect(await console.ended).toBe(0);
  });

  it('without a broker it says so', async () => {
    const console = await openTestConsole({ home });
    await console.press('e');
    expect(await console.screen()).toContain('There is no broker to explore');
    await console.press('q');
  });
});
