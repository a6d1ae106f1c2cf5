import { createInterface } from 'node:readline';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import { passwordFault } from '../../core/mosquitto/edit/password-edit.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { generatePassword } from '../../io/generate-password.ts';
import type { Flags } from '../args/options.ts';
import { firstLineOf, readPasswordFile } from '../files/password-line.ts';
import { ask, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

const TRIES = 3;
const CURE = 'Give it with --password-file FILE, on standard input, or let --generate make one.';

/**
 * The password that a user is to get: a generated one, the first line of a file, what is typed twice on a terminal, else
 * the first line of standard input. Throws a `Failure`: 64 where it can be none, 66 where it cannot be read, 77 where
 * there is nobody to ask, 130 where the question was broken off.
 */
export async function readNewPassword(user: string, flags: Flags, world: World): Promise<string> {
  if (flags.generate === true) {
    if (flags.passwordFile === undefined) return generatePassword();
    throw new Failure(ExitCode.usage, '--generate and --password-file are two passwords', 'Leave one of them out.');
  }
  const password =
    flags.passwordFile === undefined ? await readFromStandardInput(user, world) : readPasswordFile(flags.passwordFile);
  const fault = passwordFault(password);
  if (fault === null) return password;
  throw new Failure(ExitCode.usage, `the password for ${quote(user)} ${fault}`, CURE);
}

async function readFromStandardInput(user: string, world: World): Promise<string> {
  if (world.stdin.isTTY !== true) return readLine(world.stdin);
  if (canAsk(world)) return askTwice(user, world);
  throw new Failure(ExitCode.denied, `there is no password for ${quote(user)}, and no terminal to ask on`, CURE);
}

async function readLine(input: World['stdin']): Promise<string> {
  try {
    for await (const line of createInterface({ input })) return firstLineOf(line);
  } catch (error) {
    throw new Failure(ExitCode.noInput, `standard input cannot be read: ${fileFaultOf(error).why}`, CURE);
  }
  return '';
}

async function askTwice(user: string, world: World): Promise<string> {
  for (let tried = 1; tried <= TRIES; tried++) {
    const first = await askOnce(`New password for ${quote(user)}: `, world);
    const fault = passwordFault(first);
    if (fault !== null) {
      await print(world.stderr, `hometui: the password ${fault}; once more\n`);
      continue;
    }
    if ((await askOnce('The same again: ', world)) === first) return first;
    await print(world.stderr, 'hometui: the two are not the same; once more\n');
  }
  throw new Failure(ExitCode.usage, `the password for ${quote(user)} was mistyped ${TRIES} times`, CURE);
}

async function askOnce(question: string, world: World): Promise<string> {
  const answer = await ask(world, question, true);
  if (answer !== null) return answer;
  throw new Failure(ExitCode.interrupted, 'no password was given, and nothing was changed', CURE);
}
