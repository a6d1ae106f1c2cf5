import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MovingHouse, startMovingHouse, TOURIST } from '../helpers/matrix/house.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const ESC = '\u001b';

/** The chosen row, as PuTTY's rung marks it. */
const chosen = (label: string): RegExp => new RegExp(`►[ a-z] +${label} `);

/** What PuTTY sends for a key in each of its keyboard settings (PuTTY manual 4.4), and what must be seen then. */
const KEYS: readonly (readonly [key: string, sequences: readonly string[], seen: RegExp, undo: string])[] = [
  ['End', [`${ESC}[4~`, `${ESC}[8~`, `${ESC}Ow`, `${ESC}[F`, `${ESC}OF`], chosen('Fan'), `${ESC}[1~`],
  ['F1', [`${ESC}[11~`, `${ESC}[[A`, `${ESC}OP`, `${ESC}[M`], /Keys ─/, ESC],
  ['Enter', ['\r', `${ESC}OM`], /Flow · Heating/, ESC],
  ['PgDn', [`${ESC}[6~`, `${ESC}[G`], chosen('Fan'), `${ESC}[1~`],
  ['Down', [`${ESC}[B`, 'j'], chosen('Return'), `${ESC}[1~`],
  ['Tab', ['\t', `${ESC}[C`], chosen('Temperature'), `${ESC}[1~`],
  ['Shift-Tab', [`${ESC}[Z`, `${ESC}[D`], chosen('Temperature'), `${ESC}[1~`],
  ['Home', [`${ESC}[1~`, `${ESC}[7~`, `${ESC}[H`, `${ESC}OH`], chosen('Flow'), `${ESC}[4~`],
];

/** What a terminal or a careless hand may send, and what is no key press of anybody: each has a p, b, f or y in it. */
const NOISE: Readonly<Record<string, string>> = {
  'a mouse report of xterm': `${ESC}[Mpfb`,
  'a mouse report in SGR': `${ESC}[<0;23;12M${ESC}[<0;23;12m`,
  'a focus report': `${ESC}[I${ESC}[O`,
  'an unknown control sequence': `${ESC}[25;5~${ESC}[?1;2p${ESC}[99;98;112f`,
  'device attributes': `${ESC}[?6c${ESC}[>0;136;0c`,
  'the colour of the background': `${ESC}]11;rgb:ff/bb/pp\u0007`,
  'a version': `${ESC}P>|pfb p f y${ESC}\\`,
  'an application string': `${ESC}_Gp;y${ESC}\\`,
  'a bracketed paste': `${ESC}[200~p\nf\nb\ny\n${ESC}[201~`,
  'a paste without brackets': 'pump off please, fan by\r',
  'a character in eight bits': '\u00ff\u00feé',
};

describe.runIf(mosquitto !== null)('keys from PuTTY', () => {
  let house: MovingHouse;
  let program: PtyProgram | null = null;
  beforeAll(async () => {
    house = await startMovingHouse();
  });
  afterAll(() => house?.close());
  afterEach(async () => {
    await program?.close();
    program = null;
  });

  async function start(password: string | null): Promise<PtyProgram> {
    const args = [PROGRAM, '-L', house.url, '-u', TOURIST.user];
    const env = password === null ? {} : { HOMETUI_PASSWORD: password };
    program = await startInPty(process.execPath, { args, persona: 'putty', env });
    if (password !== null) await program.waitFor('All 4 values and 2 clients are live');
    return program;
  }

  it('type and paste a password, with either Backspace', async () => {
    const console = await start(null);
    await console.waitFor(/Password +_/);
    const [head, middle, tail] = [
      TOURIST.password.slice(0, 2),
      TOURIST.password.slice(2, 4),
      TOURIST.password.slice(4),
    ];
    console.write(`${head}x\u007f`);
    await console.waitFor(/Password +••_/);
    console.write(`${middle}xy\b\b`);
    await console.waitFor(/Password +••••_/);
    console.write(`${ESC}[200~${tail}\r\n${ESC}[201~`);
    await console.waitFor(/Password +•{7}_/);
    console.write(`${ESC}OM`);
    await console.waitFor('All 4 values and 2 clients are live');
    expect(console.output().toString()).not.toContain(TOURIST.password);
  });

  it('mean the same in every setting', { timeout: 60_000 }, async () => {
    const console = await start(TOURIST.password);
    for (const [, sequences, seen, undo] of KEYS) {
      for (const sequence of sequences) {
        console.write(sequence);
        await console.waitFor(seen);
        console.write(undo);
        await console.waitFor(screen => !seen.test(screen));
      }
    }
  });

  it('lead out with Esc alone, and change the time of a chart from the keypad', async () => {
    const console = await start(TOURIST.password);
    console.write('\r');
    await console.waitFor('[10 min]');
    console.write(`${ESC}Ok`);
    await console.waitFor('[1 h]');
    console.write(`${ESC}Om`);
    await console.waitFor('[10 min]');
    console.write(ESC);
    await console.waitFor(chosen('Flow'));
  });

  it('switch nothing that nobody pressed', { timeout: 60_000 }, async () => {
    const console = await start(TOURIST.password);
    const before = house.heating.commands.length + house.cellar.commands.length;
    for (const [name, noise] of Object.entries(NOISE)) {
      console.write(noise);
      // When this key is answered, those before it have been.
      console.write(`${ESC}[4~`);
      await console.waitFor(chosen('Fan'));
      expect(console.screen(), name).not.toContain('Sure?');
      console.write(`${ESC}[1~`);
      await console.waitFor(chosen('Flow'));
    }
    console.write('p');
    await console.waitFor(/Pump (on|off): confirmed/);
    expect(house.heating.commands.length + house.cellar.commands.length).toBe(before + 1);
    expect(house.heating.commands.at(-1)).toMatch(/^heating\/pump /);
  });
});
