// Draws the demo in real PuTTYs, in both character sets, through a real sshd on loopback, and keeps pictures of it.
// Use: npm run test:putty -- FOLDER [SECONDS]
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SELECT_DEFAULT_CHARSET, SELECT_UTF8 } from '../../src/terminal/identity/putty.ts';
import { openPuttyStage, type Putty, type PuttyLook, type PuttyStage } from '../helpers/matrix/putty.ts';

const folder = resolve(process.argv[2] ?? 'putty-pictures');
/** How long the demo runs before its pictures are taken: a sparkline gets a column every ten seconds. */
const historyMs = Number(process.argv[3] ?? 6) * 1_000;
const hometui = `"${process.execPath}" "${resolve('dist/hometui.cjs')}"`;
const after = 'sleep 0.3; stty -a | grep -o "..iutf8" ; echo "and back"; read answer';

/** What is tried: name of its pictures, arguments of the demo, and PuTTY's settings. */
const LOOKS: Readonly<Record<string, Omit<PuttyLook, 'command'> & { readonly args: string }>> = {
  utf8: { charset: 'UTF-8', args: '' },
  'utf8-full': { charset: 'UTF-8', args: '--glyphs full' },
  latin1: { charset: 'ISO-8859-1', args: '' },
  'utf8-120x40': { charset: 'UTF-8', args: '', columns: 120, rows: 40, font: 'DejaVu Sans Mono 10' },
};

const faults: string[] = [];

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const stage = await openPuttyStage();
  try {
    for (const [name, { args, ...look }] of Object.entries(LOOKS)) await showDemo(stage, name, args, look);
    for (const charset of ['UTF-8', 'ISO-8859-1'] as const) await showTerminal(stage, charset);
  } finally {
    await stage.close();
  }
  for (const fault of faults) say(`FAULT: ${fault}`);
  say(`${faults.length === 0 ? 'All is well' : `${faults.length} faults`}; the pictures are in ${folder}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function showDemo(
  stage: PuttyStage,
  name: string,
  args: string,
  look: Omit<PuttyLook, 'command'>,
): Promise<void> {
  const putty = await stage.open({ ...look, command: `${hometui} demo --seed 7 --speed 60 ${args}; ${after}` });
  const show = async (screen: string, question: RegExp, ...keys: readonly string[]): Promise<void> => {
    if (keys.length > 0) putty.press(...keys);
    await putty.waitFor(question);
    await pause(400);
    putty.picture(join(folder, `${name}-${screen}.png`));
  };
  try {
    await putty.waitFor(/All 4 values and 2 clients are live/);
    await pause(historyMs);
    await show('overview', /Flow +\d/);
    await show('detail', /Flow . Heating/, 'Return');
    await show('help', /Keys/, 'F1');
    await show('end', /Signs/, 'End');
    await show('confirm', /Sure\?/, 'Escape', 'b');
    await show('themes', /Themes/, 'Escape', 't');
    await show('after', /and back/, 'Escape', 'q');
    hold(look.charset, name, putty);
  } finally {
    await putty.close();
  }
}

async function showTerminal(stage: PuttyStage, charset: PuttyLook['charset']): Promise<void> {
  const putty = await stage.open({ charset, columns: 132, rows: 34, command: `${hometui} terminal; ${after}` });
  try {
    const screen = await putty.waitFor(/and back/);
    say(`hometui terminal in ${charset}:\n${screen.trimEnd()}\n`);
    await pause(300);
    putty.picture(join(folder, `terminal-${charset}.png`));
    if (!screen.includes('The terminal: putty')) faults.push(`terminal ${charset}: PuTTY is not recognized`);
    if (/[ÃÂ]/.test(screen)) faults.push(`terminal ${charset}: UTF-8 is read as ISO-8859-1`);
    hold(charset, `terminal ${charset}`, putty);
  } finally {
    await putty.close();
  }
}

/** In ISO-8859-1 the character set is switched and switched back; the tty tells which it is. */
function hold(charset: PuttyLook['charset'], name: string, putty: Putty): void {
  const text = putty.received().toString('latin1');
  const isUtf8 = charset === 'UTF-8';
  const [on, off] = [text.lastIndexOf(SELECT_UTF8), text.lastIndexOf(SELECT_DEFAULT_CHARSET)];
  if (!isUtf8 && (on < 0 || off < on)) faults.push(`${name}: ESC % G at ${on}, ESC % @ at ${off}`);
  if (isUtf8 && off >= 0) faults.push(`${name}: ESC % @ was sent to a PuTTY in UTF-8`);
  if (!text.includes(isUtf8 ? ' iutf8' : '-iutf8')) faults.push(`${name}: the tty does not say the character set`);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
