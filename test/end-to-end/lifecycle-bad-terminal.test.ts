import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { createRandom } from '../helpers/random/random.ts';
import { requireProgram } from '../helpers/require-program.ts';
import type { Persona } from '../helpers/terminal/persona.ts';
import { type PtyOptions, type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';
import { stillOf } from '../helpers/terminal/still.ts';

/** What stands on the first page of the help, and nowhere else. */
const HELP = 'Switch Pump on or off';

const WELL = 'All 4 values and 2 clients are live';
const RESIZES = 80;

describe.runIf(requireProgram('mosquitto') !== null)('a terminal that is', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();

  async function start(options: PtyOptions = {}, ...args: string[]): Promise<PtyProgram> {
    const all = [PROGRAM, '-L', house.broker.url, '-u', 'monitor', ...args];
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor, ...options.env };
    return keep(await startInPty(process.execPath, { ...options, args: all, env }));
  }

  /** Ends a console and holds that it was well all the time: no key was made up, no trace is left. */
  async function expectGoodEnd(program: PtyProgram): Promise<void> {
    program.write('q');
    const exit = await program.exit;
    expect(exit).toMatchObject({ code: 0, modesAfter: exit.modesBefore });
    expect(program.terminal.isAlternate).toBe(false);
    expect(program.screen().trim()).toBe('');
    expect([...house.heating.commands, ...house.cellar.commands]).toEqual([]);
  }

  /** Holds that what is on the screen, once it is all there, is what a repaint of everything puts there. */
  async function expectExactPicture(program: PtyProgram): Promise<void> {
    const repaint = async (): Promise<number> => {
      const shown = stillOf(program.screen());
      const { length } = program.output();
      program.write('\u000c');
      await until(() => program.output().length > length + 500, 'a repaint');
      await program.waitFor('quit');
      return new Set([shown, stillOf(program.screen())]).size;
    };
    await expect.poll(repaint, { timeout: 8_000 }).toBe(1);
  }

  it.each([
    [1, 1],
    [2, 1],
    [1, 50],
    [200, 1],
    [39, 14],
  ])('%i columns by %i rows is borne, and filled when it grows', async (columns, rows) => {
    const program = await start({ columns, rows });
    await until(() => program.output().length > 50, 'the first bytes');
    program.resize(80, 24);
    await program.waitFor(WELL);
    await expectExactPicture(program);
    program.resize(columns, rows);
    program.resize(1, 1);
    program.resize(80, 24);
    await program.waitFor(WELL);
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });

  it('500 by 200 is filled to its edges', async () => {
    const program = await start({ columns: 500, rows: 200 });
    await program.waitFor(WELL);
    await program.waitFor(screen => screen.split('\n').at(199)?.includes('quit') === true);
    expect(edgeAt(program, 499)).toBeGreaterThan(3);
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });

  it('resized all the time shows the right picture when it rests', async () => {
    const random = createRandom(4);
    const program = await start();
    await program.waitFor(WELL);
    for (let count = 0; count < RESIZES; count += 1) {
      const { length } = program.output();
      program.resize(1 + random.below(160), 1 + random.below(60));
      // Every other one comes while the picture for the one before is on its way.
      if (count % 2 === 0) await until(() => program.output().length > length, 'something to be painted');
    }
    program.resize(80, 24);
    await program.waitFor(WELL);
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });

  const RUBBISH: Readonly<Record<string, string>> = {
    'half an answer': '\u001b[?6',
    'a position beyond all bounds': '\u001b[99999999999;99999999999R',
    'an answer without numbers': '\u001b[;;;;;c\u001b[R\u001b[>c\u001b[?$y',
    'a string that never ends': `\u001bP>|${'p'.repeat(20_000)}`,
    'a title that never ends': `\u001b]0;${'pbf'.repeat(5_000)}`,
    'mouse and focus reports': '\u001b[<0;23;12M\u001b[<0;23;12m\u001b[I\u001b[O\u001b[M p!\u001b[32;3;4M',
    'bytes of no character set': '\u0080\u009b\u00ff\u0000\u0001\u0002',
    'the answer to a question of somebody else': '\u001b[?1;2c\u001b[?62;22c\u001b]11;rgb:0000/0000/0000\u0007',
  };
  it.each(Object.entries(RUBBISH))('answering with %s is not taken for keys', async (_, text) => {
    const program = await start({ persona: 'mute' });
    await until(() => program.output().length > 0, 'the question');
    program.write(text);
    await program.waitFor(WELL);
    program.write(text);
    // CAN ends what was begun and never ended, as the standard has it.
    program.write('\u0018');
    program.write('?');
    await program.waitFor(HELP);
    program.write('\u007f');
    await program.waitFor(WELL);
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });

  it('late with its answers shows the right picture with them', async () => {
    const program = await start({ persona: 'mute' });
    await program.waitFor(WELL);
    // Slow, but while the console still waits for answers (3 s), and then when it does not any more.
    await new Promise(resolve => setTimeout(resolve, 1_000));
    program.write('\u001b[>0;136;0c\u001b[1;2R\u001b[?6c');
    await expectExactPicture(program);
    await new Promise(resolve => setTimeout(resolve, 3_000));
    program.write('\u001b[>0;136;0c\u001b[1;3R\u001b[?6c');
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });

  it.each([
    ['xterm', { LANG: 'C', LC_ALL: 'POSIX' }],
    ['xterm', { LANG: 'de_DE.ISO-8859-1' }],
    ['xterm', { LANG: undefined }],
    ['putty-latin1', { LANG: 'en_US.UTF-8' }],
    ['putty-latin1', { LANG: 'nosuch.KOI8-R' }],
    ['putty', { LC_CTYPE: 'C' }],
  ] as const satisfies readonly (readonly [Persona, Record<string, string | undefined>])[])(
    '%s with the locale %j shows what it can',
    async (persona, env) => {
      const program = await start({ persona, env });
      await program.waitFor(WELL);
      await program.waitFor('54.3 °C');
      expect(program.screen()).not.toMatch(/[\u00c2\u00e2\ufffd]/);
      expect(edgeAt(program, 79)).toBeGreaterThan(3);
      await expectGoodEnd(program);
    },
  );

  it('given labels of every script keeps its columns', async () => {
    const place = await start();
    const file = join(place.home, 'house.json');
    writeFileSync(file, JSON.stringify(houseOf(LABELS)));
    const program = await start({ columns: 80, rows: 40 }, '--house', file);
    await program.waitFor('客厅温度');
    await program.waitFor(/54\.3/);
    const rows = program.screen().split('\n');
    const borders = rows.filter(row => /^[│|]/.test(row));
    expect(borders.length).toBeGreaterThanOrEqual(LABELS.length);
    expect(edgeAt(program, 79)).toBe(borders.length + 2);
    await expectExactPicture(program);
    await expectGoodEnd(program);
  });
});

/** Wide, combining, right to left, with controls, with what a terminal and a program may measure differently. */
const LABELS = [
  '客厅温度',
  'ﾊﾝｶｸ 半角',
  'e\u0301tage du he\u0301ros',
  'Z\u0351\u036b\u0343a\u0300\u0301\u0302\u0303l\u0334go',
  'חום במרתף',
  'درجة الحرارة',
  'zero\u200bwidth\u200djoined',
  '🔥 boiler 🏠',
  '👨‍👩‍👧 family',
  '🇩🇪 flag',
  'x\ufe0f selector ☎\ufe0f',
];

function houseOf(labels: readonly string[]): unknown {
  const ids = labels.map((_, index) => `s${index}`);
  return {
    name: 'All scripts',
    sensors: Object.fromEntries(
      labels.map((label, index) => [
        `s${index}`,
        { label, topic: 'heating/flow', unit: '°C', range: { min: 0, max: 90 } },
      ]),
    ),
    switches: {},
    clients: { heating: { label: 'heating', publishes: ids } },
    panels: [{ label: 'All', items: ids }],
  };
}

/** How many rows end with a frame's line in that column. */
function edgeAt({ terminal, screen }: PtyProgram, column: number): number {
  const rows = screen()
    .split('\n')
    .map((_, row) => terminal.cellAt(column, row).character);
  return rows.filter(character => /[│╮╯┐┘|+]/.test(character)).length;
}
