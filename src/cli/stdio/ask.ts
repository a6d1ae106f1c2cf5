import { ExitCode } from '../../app/exit-code.ts';
import type { World } from '../../app/world.ts';

/** The longest answer that is taken; nobody types more, and a pasted file must not fill the memory. */
const LONGEST_ANSWER = 1_024;

/** Raw mode takes these from the terminal's driver: they arrive as characters. */
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** Whether there is somebody to ask: a terminal to read from and one to write to. */
export function canAsk(world: World): boolean {
  return world.stdin.isTTY === true && world.stderr.isTTY === true;
}

/**
 * Asks on the terminal and gives the answer; `null` where it was broken off with Ctrl-C, Ctrl-D or a closed terminal.
 * With `isSecret` nothing of the answer is shown. The terminal's mode is as before when this resolves, and when a signal
 * ends the process meanwhile. One question at a time.
 */
export function ask(world: World, question: string, isSecret: boolean): Promise<string | null> {
  const { stdin, stderr } = world;
  return new Promise(resolve => {
    let answer = '';
    // A character may come in two pieces over a slow line.
    const decoder = new TextDecoder();
    // Node sets the terminal's mode back at an exit; after a signal only where nobody has ever listened to it.
    const releases = [
      world.onSignal('SIGINT', () => world.exit(ExitCode.interrupted)),
      world.onSignal('SIGTERM', () => world.exit(ExitCode.terminated)),
      world.onSignal('SIGHUP', () => world.exit(ExitCode.hungUp)),
      world.onSignal('SIGQUIT', () => world.exit(ExitCode.quit)),
    ];
    const finish = (given: string | null): void => {
      for (const release of releases) release();
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stdin.off('error', onEnd);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      resolve(given);
    };
    const onEnd = (): void => finish(null);
    const onKey = (key: string): boolean => {
      const isBrokenOff = key === CTRL_C || (key === CTRL_D && answer === '');
      if (isBrokenOff || key === '\r' || key === '\n') {
        finish(isBrokenOff ? null : answer);
        return true;
      }
      const before = answer;
      answer = edit(answer, key);
      if (!isSecret) echo(stderr, before, answer);
      return false;
    };
    const onData = (chunk: Buffer | string): void => {
      splitKeys(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).some(onKey);
    };
    // Before the question: whoever is quick must not see the answer echoed.
    stdin.setRawMode(true);
    stderr.write(question);
    stdin.on('data', onData);
    stdin.on('end', onEnd);
    stdin.on('error', onEnd);
    stdin.resume();
  });
}

/** Asks for a yes or a no, which is all but a yes; `otherwise` is what Return alone means. `null` where it was broken off. */
export async function askYes(world: World, question: string, otherwise = false): Promise<boolean | null> {
  const answer = await ask(world, `${question} ${otherwise ? '[Y/n]' : '[y/N]'} `, false);
  if (answer === null) return null;
  return answer.trim() === '' ? otherwise : /^y(?:es)?$/i.test(answer.trim());
}

/** Characters and whole escape sequences: an arrow key must not end up in a password. */
function splitKeys(text: string): readonly string[] {
  return text.match(/\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\s\S]/gu) ?? [];
}

function edit(answer: string, key: string): string {
  if (key === '\u007f' || key === '\b') return [...answer].slice(0, -1).join('');
  if (key === '\u0015') return '';
  if (key.startsWith('\u001b') || key < ' ') return answer;
  return answer.length < LONGEST_ANSWER ? answer + key : answer;
}

function echo(stderr: NodeJS.WritableStream, before: string, after: string): void {
  if (after.startsWith(before)) stderr.write(after.slice(before.length));
  else stderr.write('\b \b'.repeat([...before].length - [...after].length));
}
