// Draws the pictures that README.md shows, from the running program: npm run screenshots [NAME…]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type PtyProgram, startInPty } from '../test/helpers/pty.ts';
import { drawSvg, type Ground } from './svg.ts';

interface Shot {
  /** `overview-80x24-dark` → `overview-80x24-dark.svg` */
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly theme: string;
  /** Keys to press, each with what must be on the screen afterwards. */
  readonly steps: readonly (readonly [keys: string, then: RegExp])[];
}

const GROUNDS: Readonly<Record<string, Ground>> = {
  dark: { foreground: '#d5dbe1', background: '#14181d' },
  light: { foreground: '#1f2328', background: '#ffffff' },
};

/** All four values of the demo's house, live; and the guest's first denial. */
const LIVE = /\d°?.*\n[\s\S]*dhtclient\s+\S+ live[\s\S]*(not|denied)/;
const PUMP: Shot['steps'][number] = ['p', /confirmed in/];

const small = { columns: 80, rows: 24 } as const;
const large = { columns: 120, rows: 40 } as const;
const screen = (name: string, title: string, steps: Shot['steps']): Shot => ({
  name: `${name}-80x24-dark`,
  title,
  ...small,
  theme: 'dark',
  steps: [PUMP, ...steps],
});

const SHOTS: readonly Shot[] = [
  ...['dark', 'light'].flatMap(theme =>
    [small, large].map(size => ({
      name: `overview-${size.columns}x${size.rows}-${theme}`,
      title: `The overview at ${size.columns} columns and ${size.rows} rows, theme ${theme}`,
      ...size,
      theme,
      steps: [PUMP],
    })),
  ),
  screen('detail', 'The detail of a sensor with its chart', [['\r', /\n/]]),
  screen('clients', 'The clients', [['c', /Clients/i]]),
  screen('denials', 'The denials', [['d', /Den/i]]),
  screen('log', 'The log', [['l', /Log|Events/i]]),
  screen('themes', 'The themes', [['t', /Themes/i]]),
  screen('help', 'The keys', [['?', /Keys|Help/i]]),
];

async function draw(shot: Shot): Promise<void> {
  const program = await startInPty('node', {
    args: [resolve('dist/hometui.cjs'), 'demo', '--user', 'master', '--seed', '1', '--theme', shot.theme],
    columns: shot.columns,
    rows: shot.rows,
    env: { COLORTERM: 'truecolor' },
  });
  try {
    await program.waitFor(LIVE, 40_000);
    for (const [keys, then] of shot.steps) {
      program.write(keys);
      await program.waitFor(then);
    }
    // The last key's picture may come in two frames.
    await quiet(program);
    save(shot, program);
  } finally {
    await program.close();
  }
}

async function quiet(program: PtyProgram): Promise<void> {
  for (let seen = -1; seen !== program.output().length; ) {
    seen = program.output().length;
    await new Promise(done => setTimeout(done, 300));
  }
}

function save(shot: Shot, { terminal, screen }: PtyProgram): void {
  const rows = Array.from({ length: shot.rows }, (_, y) =>
    Array.from({ length: shot.columns }, (_, x) => terminal.cellAt(x, y)),
  );
  const file = resolve('screenshots', `${shot.name}.svg`);
  const svg = drawSvg(rows, GROUNDS[shot.theme] ?? { foreground: '#d5dbe1', background: '#14181d' }, shot.title);
  const isSame = existsSync(file) && shapeOf(readFileSync(file, 'utf8')) === shapeOf(svg);
  if (!isSame) writeFileSync(file, svg);
  console.log(`${shot.name}: ${isSame ? 'as before' : 'drawn'}`);
  if (process.env.SHOW !== undefined) console.log(screen());
}

/** A picture without what changes from run to run: a new time of day is no reason for a new file. */
function shapeOf(svg: string): string {
  const body = svg.slice(svg.indexOf('</defs>'));
  return body
    .replace(/<use [^>]*>/g, '')
    .replace(/<(g|text)[^>]*>/g, '')
    .replace(/\d+/g, '0')
    .replace(/[↗→↘]/g, '→');
}

const wanted = process.argv.slice(2);
for (const shot of SHOTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) await draw(shot);
