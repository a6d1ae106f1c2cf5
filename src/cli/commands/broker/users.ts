import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines, cleanText } from '../../../core/clean-text.ts';
import { jsonText } from '../../../core/json-text.ts';
import type { AclFile } from '../../../core/mosquitto/acl-file.ts';
import { quote } from '../../../core/mosquitto/acl-line.ts';
import * as plans from '../../../core/mosquitto/edit/password-edit.ts';
import { usersApart } from '../../../core/mosquitto/lint/users-apart.ts';
import { type PasswordFile, parsePasswordFile } from '../../../core/mosquitto/password-file.ts';
import { newHash } from '../../../io/password-hash.ts';
import { readAcl } from '../../acl/files.ts';
import type { commands } from '../../args/commands.ts';
import { readFormat, refuseForeignFlags } from '../../args/operands.ts';
import type { OptionName } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import { print } from '../../stdio/output.ts';
import { aftermath, carryOut, readPasswords, requirePasswords, stepsOf } from '../../users/change.ts';
import { readNewPassword } from '../../users/new-password.ts';
import { findingsText, stepsText, usersText } from '../../users/users-report.ts';

type UsersWord = (typeof commands)['users']['words'][number];

/** What each word takes behind the file. */
const OPERANDS: Readonly<Record<UsersWord, readonly string[]>> = {
  list: [],
  add: ['USER'],
  passwd: ['USER'],
  remove: ['USER'],
  rename: ['USER', 'NAME'],
  import: ['LIST'],
  hash: [],
};

const TAKEN: Readonly<Record<UsersWord, readonly OptionName[]>> = {
  list: ['acl', 'format', 'brokerVersion'],
  add: ['acl', 'dryRun', 'generate', 'passwordFile'],
  passwd: ['acl', 'dryRun', 'generate', 'passwordFile'],
  remove: ['acl', 'dryRun'],
  rename: ['acl', 'dryRun'],
  import: ['acl', 'dryRun'],
  hash: ['acl', 'dryRun'],
};

const hash: plans.Hash = newHash;
/** In place of a hash where nothing is written. */
const noHash: plans.Hash = () => '';

/** `hometui users list|add|passwd|remove|rename|import|hash FILE`: the password file of a mosquitto. */
export async function runUsers(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', file = '', ...names] = args.operands;
  checkOperands(word as UsersWord, args.operands);
  refuseForeignFlags(word as UsersWord, args, TAKEN);
  const { flags } = args;
  const acl = flags.acl === undefined ? null : readAcl(flags.acl);
  if (word === 'list') return list(file, acl, args, world);
  const planned = planOf(word as UsersWord, names);
  const isMade = word === 'add' || word === 'import';
  const before = isMade ? (readPasswords(file) ?? parsePasswordFile('', file)) : requirePasswords(file);
  // All that can be wrong but the password is told before it is asked for.
  const steps = stepsOf(planned(before, noHash, ''));
  const text =
    flags.dryRun === true
      ? stepsText(file, steps, true) + restText(word as UsersWord, file, steps, names)
      : await change(args, planned, acl, world);
  await print(world.stdout, cleanLines(text));
  return ExitCode.ok;
}

/** Changes the file and says what was done. */
async function change(
  { operands, flags }: Arguments,
  planned: Planned,
  acl: AclFile | null,
  world: World,
): Promise<string> {
  const [word = '', file = '', ...names] = operands;
  const [user = ''] = names;
  const takesPassword = word === 'add' || word === 'passwd';
  const password = takesPassword ? await readNewPassword(user, flags, world) : '';
  const secret = takesPassword ? hash(password) : '';
  const done = carryOut(file, passwords => planned(passwords, hash, secret));
  // Once, and only when the file has it.
  const once = flags.generate === true ? `The password of ${quote(user)} is ${password}\n` : '';
  const rest = restText(word as UsersWord, file, done.steps, names);
  return `${stepsText(file, done.steps, false)}${once}${rest}${aftermath(done, acl)}`;
}

type Planned = (passwords: PasswordFile, hash: plans.Hash, secret: string) => plans.PasswordPlan;

function planOf(word: UsersWord, [user = '', name = '']: readonly string[]): Planned {
  if (word === 'add') return (passwords, _, secret) => plans.planAdd(passwords, user, secret);
  if (word === 'passwd') return (passwords, _, secret) => plans.planPassword(passwords, user, secret);
  if (word === 'remove') return passwords => plans.planRemoval(passwords, user);
  if (word === 'rename') return passwords => plans.planRename(passwords, user, name);
  if (word === 'hash') return (passwords, hashOne) => plans.planHashing(passwords, hashOne);
  const taken = requirePasswords(user);
  return (passwords, hashOne) => plans.planImport(passwords, taken, hashOne);
}

/** What was not done, and why. */
function restText(
  word: UsersWord,
  file: string,
  steps: readonly plans.PasswordStep[],
  [from = '']: readonly string[],
): string {
  if (word === 'hash' && steps.length === 0) return `${file}: no password stands in plain text; nothing to do\n`;
  if (word !== 'import') return '';
  const added = new Set(steps.map(step => step.user));
  const kept = plans.usersOf(requirePasswords(from)).filter(user => !added.has(user));
  return kept.map(user => `${quote(user)} is in ${file} already, and keeps its password\n`).join('');
}

async function list(file: string, acl: AclFile | null, args: Arguments, world: World): Promise<ExitCode> {
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const passwords = requirePasswords(file, args.flags.brokerVersion);
  const everybody = [...plans.usersOf(passwords), ...(acl?.sections.map(section => section.user) ?? [])];
  const findings = [...passwords.issues, ...(acl === null ? [] : usersApart(acl, passwords, everybody))];
  const users = passwords.entries.map(({ user, line, kind }) => ({ user, line, password: kind }));
  const text = isJson
    ? `${jsonText({ schema: 1, file, users, findings })}\n`
    : cleanLines(`${usersText(passwords)}${findingsText(findings)}`);
  await print(world.stdout, text);
  return ExitCode.ok;
}

/** Throws a `Failure` (64) where the words behind the command are too few or too many. */
function checkOperands(word: UsersWord, operands: readonly string[]): void {
  const wanted = ['FILE', ...OPERANDS[word]];
  const given = operands.slice(1);
  if (given.length === wanted.length) return;
  const cure = `Write: hometui users ${word} ${wanted.join(' ')}`;
  const more = given[wanted.length];
  const message =
    more === undefined
      ? `${wanted[given.length]} is missing`
      : `hometui users ${word} does not know what to do with "${cleanText(more, 60)}"`;
  throw new Failure(ExitCode.usage, message, cure);
}
