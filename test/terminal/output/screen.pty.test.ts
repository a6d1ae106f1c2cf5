import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Persona } from '../../helpers/terminal/persona.ts';
import { makeTerminalProgram } from '../../helpers/terminal/program.ts';
import { type PtyProgram, startInPty } from '../../helpers/terminal/pty.ts';

/** Shows what it found and each key, ends on q and on signals, stops itself on z as a shell's Ctrl-Z would. */
const program = makeTerminalProgram(`
const iutf8 = parseUtf8Flag(await readTtySettings());
let capabilities = decide(null, iutf8);
const screen = openScreen({ capabilities, send });
const writer = openFrameWriter({ output: stdout, capabilities, onGone: () => end(1) });
const keys = [];
const show = () => writer.write('wärme ' + capabilities.kind + ' ' + capabilities.glyphs + '\\n' + keys.join(' '));
const input = openTerminalInput({ input: stdin, clock, onEnd: () => end(1), onKey: key => {
  const name = key.type === 'paste' ? '[' + key.text + ']' : key.character ?? key.name;
  if (name === 'q') return end(0);
  if (name === 'z') return stop();
  if (name === 'r') writer.repaint();
  keys.push(name);
  show();
} });
const end = code => { writer.close(); input.close(); screen.leave(); process.exit(code); };
const stop = () => { writer.suspend(); input.suspend(); screen.suspend(); process.kill(process.pid, 'SIGSTOP'); };
process.on('SIGTERM', () => end(143));
process.on('SIGHUP', () => end(129));
process.on('SIGCONT', () => { screen.resume(); input.resume(); writer.resume(); });
// A program has more to do than to read keys; here nothing else keeps it running while it is stopped.
setInterval(() => {}, 60_000);
show();
const replies = await probeTerminal({ send: text => writer.send(text), onReply: input.onReply, term: env.TERM ?? '', clock, timeoutMs: 3000 });
capabilities = decide(replies, iutf8);
screen.adapt(capabilities);
writer.adapt(capabilities);
input.setPutty(capabilities.kind === 'putty');
keys.push('ready');
show();
`);

const running: PtyProgram[] = [];

async function start(persona: Persona): Promise<PtyProgram> {
  const started = await startInPty(process.execPath, { args: [program.path], persona, columns: 40, rows: 6 });
  running.push(started);
  await started.waitFor('ready');
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(started => started.close()));
});
afterAll(() => program.close());

describe('a program on a real pty', () => {
  const PERSONAS: readonly [Persona, string][] = [
    ['xterm', 'wärme xterm full'],
    ['putty', 'wärme putty wgl4'],
    ['putty-latin1', 'wärme putty wgl4'],
    ['linux', 'wärme linux linux'],
  ];
  it.each(PERSONAS)('finds out that it runs in %s and shows it rightly', async (persona, expected) => {
    const started = await start(persona);
    expect(started.screen().split('\n')[0]).toBe(expected);
    expect(started.screen().trim().split('\n')).toHaveLength(2);
  });

  it.each(['xterm', 'putty-latin1'] as const)('leaves %s as it was', async persona => {
    const started = await start(persona);
    expect(started.terminal.isAlternate).toBe(true);
    started.write('q');
    const { code, modesBefore, modesAfter } = await started.exit;
    expect(code).toBe(0);
    expect(modesAfter).toBe(modesBefore);
    expect(started.terminal.isAlternate).toBe(false);
    expect(started.terminal.modes).toMatchObject({ bracketedPasteMode: false, wraparoundMode: true });
    const output = started.output().toString();
    expect(output.endsWith(persona === 'xterm' ? '\u001b[?25h' : '\u001b[?25h\u001b%@')).toBe(true);
  });

  it('takes keys and pastes as they are', async () => {
    const started = await start('putty');
    started.write('a\u001b[A\u001b[11~\u001b[<0;3;4M\u001b[200~q\u001b[201~\u001bOw');
    await started.waitFor('ready a up f1 [q] end');
    started.write('\u001b');
    await started.waitFor('[q] end escape');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves the terminal as it was on %s', async (signal, code) => {
    const started = await start('xterm');
    started.kill(signal);
    const exit = await started.exit;
    expect(exit).toMatchObject({ code, modesAfter: exit.modesBefore });
    expect(started.terminal.isAlternate).toBe(false);
  });

  it('gives the terminal back while stopped, and paints everything when continued', async () => {
    const started = await start('xterm');
    const before = started.modes();
    started.write('z');
    await started.waitFor(() => !started.terminal.isAlternate);
    expect(started.modes()).toContain(' icanon');
    started.kill('SIGCONT');
    await started.waitFor('ready');
    expect(started.terminal.isAlternate).toBe(true);
    expect(started.modes()).toBe(before);
    started.write('b');
    await started.waitFor('ready b');
  });

  it('fills a terminal that was resized', async () => {
    const started = await start('xterm');
    started.resize(12, 3);
    await started.waitFor(screen => screen.startsWith('wärme xterm\n'));
    started.resize(60, 10);
    await started.waitFor(screen => screen.startsWith('wärme xterm full\nready'));
  });
});
