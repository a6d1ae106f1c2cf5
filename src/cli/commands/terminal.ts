import { ExitCode } from '../../app/exit-code.ts';
import type { World } from '../../app/world.ts';
import { wrapText } from '../../core/fit-text.ts';
import { formatIssue } from '../../core/issue.ts';
import { testPicture } from '../../terminal/cells/test-picture.ts';
import { readTtySettings, writeNow } from '../../terminal/device/tty.ts';
import { adviceFor } from '../../terminal/identity/advice.ts';
import type { Capabilities, Reason } from '../../terminal/identity/capabilities.ts';
import { judgeTerminal } from '../../terminal/identity/judge-terminal.ts';
import { probeTerminal } from '../../terminal/identity/probe.ts';
import { parseUtf8Flag } from '../../terminal/identity/tty-flags.ts';
import { openTerminalInput } from '../../terminal/input/input.ts';
import { refuseOperands } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { print } from '../stdio/output.ts';

/** Longer lines are hard to read. */
const MAX_WIDTH = 100;

/** `hometui terminal`: what the terminal was found to be and why, a test picture, and what could be set. */
export async function runTerminal(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const capabilities = await askTerminal(args, world);
  const { kind, canDrawScreen, reasons } = capabilities;
  const width = Math.min(MAX_WIDTH, world.stdout.columns ?? MAX_WIDTH);
  const findings = reasons.map(reason => findingText(reason, width));
  const advice = adviceFor(capabilities).map(issue => adviceText(formatIssue(issue), width));
  await print(world.stdout, `The terminal: ${kind}\n${findings.join('')}`);
  if (canDrawScreen) await print(world.stdout, `\nTest picture\n${pictureText(capabilities)}`);
  await print(world.stdout, advice.length === 0 ? '\nNothing is missing.\n' : `\n${advice.join('')}`);
  return ExitCode.ok;
}

/** What was found, and beside it why; below it where there is little room. */
function findingText({ what, value, because }: Reason, width: number): string {
  const head = `  ${what.padEnd(20)} ${value.padEnd(10)} `;
  if (width >= 80) return `${head}${hanging(because, width, head.length)}\n`;
  return `${head.trimEnd()}\n    ${hanging(because, width, 4)}\n`;
}

function adviceText(text: string, width: number): string {
  const lines = text.split('\n').map(line => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return `${indent}${hanging(line.trimStart(), width, indent.length || 2)}\n`;
  });
  return lines.join('');
}

/** Broken at blanks; all rows but the first are moved in. */
function hanging(text: string, width: number, indent: number): string {
  return wrapText(text, Math.max(20, width - indent)).join(`\n${' '.repeat(indent)}`);
}

async function askTerminal({ flags }: Arguments, world: World): Promise<Capabilities> {
  const { stdin, stdout, env, clock } = world;
  if (stdin.isTTY !== true || stdout.isTTY !== true) return judgeTerminal(world, flags);
  const input = openTerminalInput({ input: stdin, onKey: () => {}, clock });
  try {
    const send = (text: string): void => void writeNow(stdout.fd, text);
    const asked = probeTerminal({ send, onReply: input.onReply, term: env.TERM ?? '', clock });
    const [replies, settings] = await Promise.all([asked, readTtySettings()]);
    return judgeTerminal(world, flags, replies, parseUtf8Flag(settings));
  } finally {
    input.close();
  }
}

/** The rows, in UTF-8 for the time of the picture where the terminal has to be switched to it. */
function pictureText({ switchToUtf8 }: Capabilities): string {
  const rows = testPicture().map(({ name, text }) => `  ${name.padEnd(8)} ${text}\n`);
  return switchToUtf8 ? `\u001b%G${rows.join('')}\u001b%@` : rows.join('');
}
