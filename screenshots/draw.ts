// Draws the pictures that README.md shows, from the running program: npm run screenshots
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type PtyProgram, startInPty } from '../test/helpers/terminal/pty.ts';
import { drawSvg, type Ground } from './svg.ts';

/** One run of the demo, and the pictures that are taken of it, one after the other. */
interface Session {
  readonly columns: number;
  readonly rows: number;
  readonly theme: string;
  readonly pictures: readonly Picture[];
}

interface Picture {
  /** `overview` → `overview-80x24-dark.svg` */
  readonly name: string;
  readonly title: string;
  /** Keys to press for it, each with what must be on the screen afterwards. */
  readonly steps: readonly (readonly [keys: string, then: RegExp])[];
}

const DARK: Ground = { foreground: '#d5dbe1', background: '#14181d' };
const GROUNDS: Readonly<Record<string, Ground>> = {
  light: { foreground: '#1f2328', background: '#ffffff' },
};

/** The house lives so many times as fast, and so long before the first picture: its charts have something to show. */
const SPEED = 20;
const LIVED_MS = 75_000;
const LIVE = /All 4 values and 2 clients are live/;
const ESCAPE = '\u001b';

const overview: Picture = { name: 'overview', title: 'The overview', steps: [['f', /confirmed (in )?\d/]] };
const others: readonly Picture[] = [
  { name: 'detail', title: 'A sensor in full, with its chart', steps: [['\r', /Limits/]] },
  {
    name: 'clients',
    title: 'The clients',
    steps: [
      [ESCAPE, /Events/],
      ['c', /Client/],
    ],
  },
  { name: 'denials', title: 'Who was denied what', steps: [['d', /Den/]] },
  { name: 'log', title: 'What happened', steps: [['l', /newest first/]] },
  { name: 'alarms', title: 'What is wrong, and what to do about it', steps: [['a', /To do/]] },
  { name: 'themes', title: 'The themes', steps: [['t', /high-contrast/]] },
  { name: 'help', title: 'The keys', steps: [['?', /Switch Pump on or off/]] },
];

const SESSIONS: readonly Session[] = [
  { columns: 80, rows: 24, theme: 'dark', pictures: [overview, ...others] },
  { columns: 80, rows: 24, theme: 'light', pictures: [overview] },
  { columns: 120, rows: 40, theme: 'dark', pictures: [overview] },
  { columns: 120, rows: 40, theme: 'light', pictures: [overview] },
];

async function draw(session: Session): Promise<void> {
  const program = await startInPty('node', {
    args: [resolve('dist/hometui.cjs'), 'demo', '--seed', '1', '--speed', String(SPEED), '--theme', session.theme],
    columns: session.columns,
    rows: session.rows,
    env: { COLORTERM: 'truecolor' },
  });
  try {
    await program.waitFor(LIVE, 40_000);
    await new Promise(done => setTimeout(done, LIVED_MS));
    for (const picture of session.pictures) {
      for (const [keys, then] of picture.steps) {
        program.write(keys);
        await program.waitFor(then);
      }
      await quiet(program);
      save(session, picture, program);
    }
  } finally {
    await program.close();
  }
}

/** Waits until nothing but the clock may have changed for a moment: a picture can come in two frames. */
async function quiet(program: PtyProgram): Promise<void> {
  for (let seen = '', tries = 0; seen !== maskFigures(program.screen()) && tries < 10; tries += 1) {
    seen = maskFigures(program.screen());
    await new Promise(done => setTimeout(done, 300));
  }
}

function save({ columns, rows, theme }: Session, { name, title }: Picture, { terminal }: PtyProgram): void {
  const cells = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => terminal.cellAt(x, y)),
  );
  const place = `${name}-${columns}x${rows}-${theme}`;
  const file = resolve('screenshots', `${place}.svg`);
  const svg = drawSvg(cells, GROUNDS[theme] ?? DARK, `${title}, ${columns} × ${rows}, theme ${theme}`);
  const isSame = existsSync(file) && withoutFigures(readFileSync(file, 'utf8')) === withoutFigures(svg);
  if (!isSame) writeFileSync(file, svg);
  console.log(`${place}: ${isSame ? 'as before' : 'drawn'}`);
}

/** A picture without what changes from run to run: a new time of day is no reason for a new file. */
function withoutFigures(svg: string): string {
  const body = svg.slice(svg.indexOf('</defs>')).replace(/<use [^>]*>|<(g|text)[^>]*>/g, '');
  return maskFigures(body);
}

const maskFigures = (text: string): string => text.replace(/\d+/g, '0').replace(/[↗→↘]/g, '→');

await Promise.all(SESSIONS.map(draw));
