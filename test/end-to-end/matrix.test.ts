import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MovingHouse, startMovingHouse, TOURIST } from '../helpers/matrix/house.ts';
import { type Allowed, rungs, wrongCells, wrongCharacters } from '../helpers/matrix/rung.ts';
import { openTour, tour } from '../helpers/matrix/tour.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import type { Persona } from '../helpers/terminal/persona.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');

interface Row {
  readonly persona: Persona;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly allowed: Allowed;
}

/** One row per terminal. */
const TERMINALS: Readonly<Record<string, Row>> = {
  'xterm-256color': { persona: 'xterm', allowed: { characters: rungs.full, colors: 256 } },
  'PuTTY in UTF-8': { persona: 'putty', allowed: { characters: rungs.wgl4, colors: Infinity } },
  'PuTTY in ISO-8859-1': { persona: 'putty-latin1', allowed: { characters: rungs.wgl4, colors: Infinity } },
  'TERM=linux': { persona: 'linux', allowed: { characters: rungs.linux, colors: 16 } },
  'TERM=vt100': { persona: 'vt100', allowed: { characters: rungs.ascii, colors: 0 } },
  'LANG=C': {
    persona: 'xterm',
    env: { LANG: 'C', LC_ALL: undefined },
    allowed: { characters: rungs.full, colors: 256 },
  },
  'LANG=C and no answers': {
    persona: 'mute',
    env: { LANG: 'C' },
    allowed: { characters: rungs.wgl4, colors: 16 },
  },
  NO_COLOR: { persona: 'xterm', env: { NO_COLOR: '1' }, allowed: { characters: rungs.full, colors: 0 } },
};
const SIZES = [
  [40, 15],
  [80, 24],
  [120, 40],
] as const;

describe.runIf(mosquitto !== null)('every screen', () => {
  let house: MovingHouse;
  beforeAll(async () => {
    house = await startMovingHouse();
  });
  afterAll(() => house?.close());

  for (const [name, { persona, env, allowed }] of Object.entries(TERMINALS)) {
    for (const [columns, rows] of SIZES) {
      it.concurrent(`in ${name}, ${columns}×${rows}`, { timeout: 60_000 }, async ({ expect: expectHere }) => {
        const args = [PROGRAM, '-L', house.url, '-u', TOURIST.user];
        const program = await startInPty(process.execPath, { args, persona, columns, rows, env: env ?? {} });
        const travel = openTour(program, columns, rows, allowed);
        try {
          for (const stop of tour(TOURIST.password)) {
            program.write(stop.keys);
            const { wrong, screen } = await travel.look(stop);
            expectHere(wrong, `${stop.name}\n${screen}`).toEqual([]);
          }
          program.write('q');
          const exit = await program.exit;
          expectHere(exit).toMatchObject({ code: 0, modesAfter: exit.modesBefore });
          const { modes, isAlternate } = program.terminal;
          expectHere({ ...modes, isAlternate, screen: program.screen().trim() }).toMatchObject({
            isAlternate: false,
            screen: '',
            bracketedPasteMode: false,
            wraparoundMode: true,
            applicationCursorKeysMode: false,
            mouseTrackingMode: 'none',
          });
          expectHere(wrongCharacters(program.output(), program.terminal.isUtf8, allowed)).toEqual([]);
        } finally {
          travel.close();
          await program.close();
        }
      });
    }
  }
});

describe('a PuTTY in ISO-8859-1 that calls itself otherwise', () => {
  it.each(['putty-256color', 'xterm-256color'])('shows the demo as it is, and is switched back: %s', async term => {
    const args = [PROGRAM, 'demo'];
    const program = await startInPty(process.execPath, { args, persona: 'putty-latin1', env: { TERM: term } });
    try {
      await program.waitFor('All 4 values and 2 clients are live');
      expect(program.screen()).toMatch(/^┌ Heating ─+┐┌ Cellar ─+┐$/m);
      const allowed = { characters: rungs.wgl4, colors: Infinity };
      await expect.poll(() => wrongCells(program.terminal, 80, 24, allowed)).toEqual([]);
      program.write('q');
      expect(await program.exit).toMatchObject({ code: 0 });
      expect(program.output().toString('latin1').trimEnd()).toMatch(/\u001b%@$/);
    } finally {
      await program.close();
    }
  });
});

describe('TERM=dumb', () => {
  it.each([
    ['the console', []],
    ['the demo', ['demo']],
  ] as const)('%s says what to use instead, and sends no sequence', async (_name, args) => {
    const program = await startInPty(process.execPath, {
      args: [PROGRAM, ...args],
      persona: 'mute',
      env: { TERM: 'dumb' },
    });
    try {
      const exit = await program.exit;
      expect(exit).toMatchObject({ code: 64, modesAfter: exit.modesBefore });
      const said = program.output().toString();
      expect(said).toContain('the console needs a terminal that it can draw on');
      expect(said).toMatch(/hometui status and hometui watch work without one/);
      expect(said).not.toContain('\u001b');
    } finally {
      await program.close();
    }
  });

  it.each([
    ['terminal', 'The console cannot be drawn here: TERM is dumb.'],
    ['status --help', 'one snapshot of the house'],
  ])('hometui %s works there, without a sequence', async (args, words) => {
    const program = await startInPty(process.execPath, {
      args: [PROGRAM, ...args.split(' ')],
      persona: 'mute',
      env: { TERM: 'dumb' },
      columns: 120,
    });
    try {
      expect(await program.exit).toMatchObject({ code: 0 });
      expect(program.output().toString()).toContain(words);
      expect(program.output().toString()).not.toContain('\u001b');
    } finally {
      await program.close();
    }
  });
});

describe.runIf(mosquitto !== null)('TERM=dumb with a broker', () => {
  it.each(['status', 'watch'])('hometui %s speaks without a sequence', async command => {
    const house = await startMovingHouse();
    const program = await startInPty(process.execPath, {
      args: [PROGRAM, command, '-L', house.url, '-u', TOURIST.user],
      persona: 'mute',
      env: { TERM: 'dumb', HOMETUI_PASSWORD: TOURIST.password },
    });
    try {
      await program.waitFor(/\d+\.\d °C/);
      expect(program.output().toString()).not.toContain('\u001b');
    } finally {
      await program.close();
      await house.close();
    }
  });
});

describe('hometui terminal', () => {
  it.each([
    ['putty', 'The terminal: putty', 'Frames are square'],
    ['putty-latin1', 'The terminal: putty', 'is switched to UTF-8 while hometui runs'],
    ['linux', 'The terminal: linux', 'Nothing is missing.'],
  ] as const)('says in %s what it is, readable in its character set', async (persona, kind, advice) => {
    const args = [PROGRAM, 'terminal'];
    const program = await startInPty(process.execPath, { args, persona, rows: 40, columns: 100 });
    try {
      const exit = await program.exit;
      expect(exit).toMatchObject({ code: 0, modesAfter: exit.modesBefore });
      expect(program.screen().replaceAll(/\s+/g, ' ')).toContain(advice);
      expect(program.screen()).toContain(kind);
      expect(program.screen()).toMatch(/^ {2}full {5}▁▂▃▄▅▆▇█/m);
      expect(program.screen()).not.toMatch(/[ÃÂâ\ufffd]/);
    } finally {
      await program.close();
    }
  });
});
