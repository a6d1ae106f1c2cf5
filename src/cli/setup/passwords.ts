import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import { passwordFault } from '../../core/mosquitto/edit/password-edit.ts';
import type { SetupUser } from '../../core/mosquitto/setup/users.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { generatePassword } from '../../io/generate-password.ts';
import type { Flags } from '../args/options.ts';
import { ask, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/** The passwords that are to be set, and which of them were made here and have to be said. */
export interface NewPasswords {
  readonly all: ReadonlyMap<string, string>;
  readonly made: readonly string[];
}

const CURE = 'Let --generate make them, or give them with --passwords FILE, in lines of user:password.';

/**
 * A password for each user who has none yet (`known`), and for whom the file of `--passwords` has one. Throws a `Failure`: 66
 * where that cannot be read, 77 where there is nobody to ask, 130 where a question was broken off.
 */
export async function readPasswords(
  users: readonly SetupUser[],
  known: readonly string[],
  flags: Flags,
  world: World,
): Promise<NewPasswords> {
  const given = flags.passwords === undefined ? new Map<string, string>() : readList(flags.passwords);
  const all = new Map<string, string>();
  const made: string[] = [];
  for (const { name, role } of users) {
    const listed = given.get(name);
    if (listed !== undefined) all.set(name, listed);
    else if (!known.includes(name)) {
      const typed = flags.generate === true ? '' : await askPassword(name, role, world);
      all.set(name, typed === '' ? generatePassword() : typed);
      if (typed === '') made.push(name);
    }
  }
  return { all, made };
}

/** All behind the first colon is the password, as it stands; blank lines and those with a # in front are passed over. */
function readList(path: string): ReadonlyMap<string, string> {
  const text = readTextFile(path);
  if (!text.ok) {
    const message = `the passwords in ${path} cannot be read: ${text.error.why}`;
    throw new Failure(
      ExitCode.noInput,
      message,
      cureOfOwnFile(text.error, path, 'Name a file with lines of user:password.'),
    );
  }
  const lines = text.value.replace(/^\ufeff/, '').split(/\r?\n/);
  const entries = lines.flatMap((line, index): readonly (readonly [string, string])[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const colon = line.indexOf(':');
    if (colon > 0) return [[line.slice(0, colon), line.slice(colon + 1)]];
    throw new Failure(ExitCode.config, `${path}:${index + 1}: this is no user:password`, 'Mend the line.');
  });
  return new Map(entries);
}

/** What is typed twice; empty where one is to be made. */
async function askPassword(name: string, role: string, world: World): Promise<string> {
  if (!canAsk(world)) {
    throw new Failure(ExitCode.denied, `there is no password for ${quote(name)}, and no terminal to ask on`, CURE);
  }
  for (;;) {
    const first = await askHidden(`Password for ${quote(name)} (${role}), Enter makes one: `, world);
    if (first === '') return '';
    const fault = passwordFault(first);
    if (fault !== null) await print(world.stderr, `hometui: the password ${fault}; once more\n`);
    else if ((await askHidden('The same again: ', world)) === first) return first;
    else await print(world.stderr, 'hometui: the two are not the same; once more\n');
  }
}

async function askHidden(question: string, world: World): Promise<string> {
  const answer = await ask(world, question, true);
  if (answer !== null) return answer;
  throw new Failure(ExitCode.interrupted, 'the set-up was broken off, and nothing was changed');
}
