import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import { type Rehearsal, rehearse } from '../../../app/setup/rehearse.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines } from '../../../core/clean-text.ts';
import { deviceFiles } from '../../../core/device-files/files.ts';
import { formatIssue } from '../../../core/issue.ts';
import { findSetting } from '../../../core/mosquitto/broker-conf.ts';
import { unservedOf } from '../../../core/mosquitto/edit/house-acl.ts';
import { decodeText } from '../../../core/mosquitto/edit/line-edit.ts';
import { usersOf } from '../../../core/mosquitto/edit/password-edit.ts';
import { parsePasswordFile } from '../../../core/mosquitto/password-file.ts';
import { PLAIN_PORT, SETUP_NAMES } from '../../../core/mosquitto/setup/conf.ts';
import { type PlannedFile, planBrokerFiles, type SetupWish } from '../../../core/mosquitto/setup/plan.ts';
import type { OtherConf } from '../../../core/mosquitto/setup/staged-conf.ts';
import { setupUsers } from '../../../core/mosquitto/setup/users.ts';
import { isContrary } from '../../../core/mosquitto/trial/judge.ts';
import { findMosquitto, type MosquittoProgram } from '../../../io/broker-setup/mosquitto-program.ts';
import { fileFaultOf } from '../../../io/files/text-file.ts';
import { newHash, verifyPassword } from '../../../io/password-hash.ts';
import { refuseOperands } from '../../args/operands.ts';
import { longForm, type OptionName } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import { aftermathText } from '../../setup/aftermath.ts';
import { folderOf, readTask, type SetupTask } from '../../setup/answers.ts';
import { certificateRemark, planCertificates } from '../../setup/certificates.ts';
import { includeIssue, readOld, readOtherConf } from '../../setup/old-files.ts';
import { readPasswords } from '../../setup/passwords.ts';
import { planSealKeys, type SealKeys } from '../../setup/seal-keys.ts';
import { changeOf, passwordsText, planText, rehearsalText, usersText } from '../../setup/setup-report.ts';
import { recover, recoveryText, undo, writeFiles } from '../../setup/write.ts';
import { askYes, canAsk } from '../../stdio/ask.ts';
import { print } from '../../stdio/output.ts';
import { openProgress } from '../../stdio/progress.ts';
import { widthOf, wrapLines } from '../../stdio/wrap-lines.ts';

/**
 * `hometui setup`: plan, rehearsal on a broker of its own, and only then the files, all or none. Exits 2 where the rehearsal
 * went otherwise than the files say; then nothing was written.
 */
export async function runSetup(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const { flags } = args;
  if (flags.undo === true) return runUndo(args, world);
  const asks = flags.yes !== true && canAsk(world);
  if (flags.yes !== true && flags.dryRun !== true && !asks) {
    const cure = 'Look at --dry-run, then write with --yes.';
    throw new Failure(ExitCode.usage, 'there is no terminal to ask on whether to write', cure);
  }
  const width = widthOf(world.stdout);
  const say = (text: string): Promise<unknown> => print(world.stdout, wrapLines(cleanLines(text), width));
  if (asks) await say(INTRODUCTION);
  const task = await readTask(args, world, asks);
  if (flags.dryRun !== true) await say(recoveryText(recover(task.folder), task.folder));
  const otherConf = readOtherConf(task);
  const program = findMosquitto(flags.mosquitto ?? null, world.env.PATH ?? '');
  if (program === null) refuseUnproven(args);
  const { wish, made, seals, files } = await plan(task, args, world);
  const compared = files.map(file => ({ file, old: readOld(task.folder, file.name) }));
  await say(`${usersText(setupUsers(wish.house, wish.roles), wish.passwords)}${planText(task.folder, compared)}`);
  await say(remarks(task, otherConf) + certificateRemark(task, world));
  if (program !== null && !(await isProven({ wish, program, files, others: otherConf }, say, world))) {
    await say('Nothing was written.\n');
    return ExitCode.critical;
  }
  if (program === null) await say(UNPROVEN);
  if (flags.dryRun === true) return ExitCode.ok;
  const count = compared.filter(one => changeOf(one) !== 'same').length;
  // Nothing is written for nothing: what can be taken back is the last set that changed something.
  if (count === 0) await say(`All is so already in ${task.folder}.\n`);
  if (count === 0) return ExitCode.ok;
  if (asks) await say('\n');
  if (asks) await askToWrite(count, task.folder, world);
  // Before the files of the devices: a key that nobody uses yet harms nobody.
  const kept = seals.keep();
  writeFiles(task.folder, compared, brokerUserOf(otherConf), world);
  await say(kept + passwordsText(wish.passwords, made));
  await say(aftermathText(task, otherConf !== null, compared));
  return ExitCode.ok;
}

const INTRODUCTION = 'Enter takes what stands in brackets. Nothing is written before you have seen it all.\n\n';
const RESTART = 'The broker works by what is there now after a restart: sudo systemctl restart mosquitto\n';
const UNPROVEN =
  'No rehearsal: not proven are that the broker starts with these files, that each user can log in, and what each may do.\n';

interface Plan {
  readonly wish: SetupWish;
  readonly made: readonly string[];
  readonly seals: SealKeys;
  readonly files: readonly PlannedFile[];
}

/** The files, with passwords that were given, asked for or made. Throws a `Failure` (78) for what the files have no way for. */
async function plan(task: SetupTask, { flags }: Arguments, world: World): Promise<Plan> {
  const users = setupUsers(task.wish.house, task.wish.roles);
  const oldPasswords = readOld(task.folder, SETUP_NAMES.passwords) ?? new Uint8Array();
  const old = parsePasswordFile(decodeText(oldPasswords), SETUP_NAMES.passwords);
  // All that can be wrong but the passwords is told before they are asked for.
  const known = usersOf(old);
  const trial = new Map(users.filter(({ name }) => !known.includes(name)).map(({ name }) => [name, '-']));
  plannedFiles({ ...task.wish, passwords: trial }, oldPasswords, newHash);
  // Nothing is written of what is made for a rehearsal alone.
  const makes = flags.generate === true || (flags.dryRun === true && !canAsk(world));
  const { all, made } = await readPasswords(users, known, { ...flags, ...(makes ? { generate: true } : {}) }, world);
  // A password that the file's hash fits already stays as it stands there: run twice, nothing changes.
  const secretOf = (user: string): string => old.entries.findLast(entry => entry.user === user)?.secret ?? '';
  const changed = [...all].filter(([user, password]) => !verifyPassword(password, secretOf(user)));
  const wish = { ...task.wish, passwords: all };
  const files = plannedFiles({ ...wish, passwords: new Map(changed) }, oldPasswords, newHash);
  const [plain] = wish.listeners;
  const seals = planSealKeys(wish.house, world);
  const broker = {
    ...{ host: task.names[0] ?? 'localhost', port: plain?.port ?? PLAIN_PORT },
    ...{ passwords: all, sealKeys: seals.all },
  };
  const devices = deviceFiles(wish.house, users, broker);
  return { wish, made, seals, files: [...planCertificates(task, world), ...files, ...devices] };
}

function plannedFiles(wish: SetupWish, old: Uint8Array, hash: (password: string) => string): readonly PlannedFile[] {
  const planned = planBrokerFiles(wish, old, hash);
  if (planned.ok) return planned.value;
  const words = planned.error.map(({ message, cure }) => `${message}\n  ${cure}`);
  throw new Failure(ExitCode.config, words.join('\n'));
}

/** What to know of the plan beside its lines. */
function remarks(task: SetupTask, otherConf: OtherConf | null): string {
  const issue = otherConf === null ? null : includeIssue(task, otherConf);
  const unserved = unservedOf(task.wish.house);
  return [
    ...unserved.map(label => `Nobody is let write "${label}": no client of the house publishes it.\n`),
    ...(issue === null ? [] : [`${formatIssue(issue)}\n`]),
  ].join('');
}

/** Whom the broker becomes by its conf, where it is started by root. */
function brokerUserOf(others: OtherConf | null): string | undefined {
  return others === null ? undefined : findSetting(others.conf, 'user')?.value;
}

interface Rehearsing {
  readonly wish: SetupWish;
  readonly program: MosquittoProgram;
  readonly files: readonly PlannedFile[];
  readonly others: OtherConf | null;
}

/** Rehearses and says what was seen; whether it was as the files say. */
async function isProven(
  { wish, program, files, others }: Rehearsing,
  say: (text: string) => Promise<unknown>,
  world: World,
): Promise<boolean> {
  const certificates = new Map(
    files.filter(({ name }) => name.startsWith('certs/')).map(({ name, content }) => [name, content] as const),
  );
  const { clock, random } = world;
  const progress = openProgress(world);
  progress.say(`rehearsing on mosquitto ${program.release}`);
  const rehearsal = await rehearse({ wish, program, others, certificates, hash: newHash, clock, random })
    .catch(unstaged)
    .finally(progress.end);
  if (!rehearsal.ok) {
    const { exitCode, said } = rehearsal.error;
    const start = exitCode === null ? 'does not come up within 10 s' : 'does not start';
    const ended = exitCode === null ? '' : ` (exit code ${exitCode})`;
    const what = others === null ? 'these files' : 'these files and the rest of its conf';
    await say(`mosquitto ${program.release} ${start} with ${what}${ended}. It says:\n${said}`);
    return false;
  }
  await say(rehearsalText(rehearsal.value, program, widthOf(world.stdout)));
  return isAsPlanned(rehearsal.value);
}

/** Throws a `Failure` (74) for a disk that takes no temporary files; a fault of ours stays one. */
function unstaged(error: unknown): never {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  const cure = 'Nothing was written. Make room there, or name another folder in TMPDIR.';
  const message = `no rehearsal: the folder for temporary files cannot be used: ${fileFaultOf(error).why}`;
  throw new Failure(ExitCode.output, message, cure);
}

function isAsPlanned({ answers, refused }: Rehearsal): boolean {
  return refused.length === 0 && !answers.some(isContrary);
}

/** Throws a `Failure` (78) where nothing can be rehearsed and that was not asked for. */
function refuseUnproven({ flags }: Arguments): void {
  if (flags.withoutRehearsal === true) return;
  const which =
    flags.mosquitto === undefined ? 'mosquitto is not installed here' : `${flags.mosquitto} is no mosquitto`;
  const cure = `Install it (sudo apt install mosquitto), name it with --mosquitto, or write untried files with --without-rehearsal.`;
  throw new Failure(ExitCode.config, `${which}, so that nothing can be rehearsed`, cure);
}

async function askToWrite(count: number, folder: string, world: World): Promise<void> {
  if (await askYes(world, `Write ${count === 1 ? 'this file' : `these ${count} files`}?`, true)) return;
  throw new Failure(ExitCode.interrupted, `nothing was written to ${folder}`);
}

async function runUndo(args: Arguments, world: World): Promise<ExitCode> {
  const foreign = (Object.keys(args.flags) as OptionName[]).find(name => name !== 'undo' && name !== 'dir');
  if (foreign !== undefined) {
    throw new Failure(ExitCode.usage, `hometui setup --undo does not take ${longForm(foreign)}`, 'It takes --dir.');
  }
  const folder = folderOf(args, world);
  const recovered = recover(folder);
  const said = recoveryText(recovered, folder);
  // What was broken off is taken back by that; the set before it was not meant.
  const text = recovered === 'taken-back' ? said : `${said}${undo(folder)}`;
  await print(world.stdout, cleanLines(`${text}${RESTART}`));
  return ExitCode.ok;
}
