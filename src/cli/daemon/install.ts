import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { unitText } from '../../core/daemon/unit.ts';
import { shownWord } from '../../core/to-copy.ts';
import { hasDropIns, readUnit, removeUnit, type UnitFound, writeUnit } from '../../io/user-service/unit-file.ts';
import { askUserManager, lingers } from '../../io/user-service/user-manager.ts';
import type { Arguments } from '../args/parse.ts';
import { readConnection } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';
import { requireLastingPassword, type Service, serviceOf } from './service.ts';

/** `hometui daemon install`: writes the unit, enables and starts it; says first what it is with `--dry-run`. */
export async function install(args: Arguments, world: World): Promise<ExitCode> {
  const read = await readConnection(args, world);
  const service = serviceOf(read, args, world);
  requireLastingPassword(read);
  const { name, path, unit } = service;
  const text = unitText(unit);
  const found = lookAt(service);
  refuseOthers(service, found, args, 'replaced');
  const commands = [['daemon-reload'], ['enable', name], ['restart', name]];
  const what = found.origin === 'none' ? 'new' : found.text === text ? 'as it is' : 'replaced';
  if (args.flags.dryRun === true) {
    const indented = text.replace(/^(?=.)/gm, '  ');
    const runs = commands.map(words => `  systemctl --user ${words.join(' ')}\n`).join('');
    return say(`${path} (${what}):\n\n${indented}\nThen:\n${runs}${lingerText(name)}`, world);
  }
  if (found.text !== text) {
    const written = writeUnit(path, text);
    if (!written.ok) {
      const cure = 'Nothing was changed. Check who owns its folder, and whether the disk has room.';
      throw new Failure(ExitCode.output, `${path} cannot be written: ${written.error.why}`, cure);
    }
  }
  await say(`${path}: ${what}\n`, world);
  const failed = await runAll(commands, world);
  if (failed === null) {
    const start = `${name} runs, and is started again after a fault. What it says: journalctl --user -u ${name} -f\n`;
    return say(start + lingerText(name), world);
  }
  const first = `nothing was started: ${failed}\n  Where you are logged in, run:\n`;
  await say(`${first}  systemctl --user daemon-reload && systemctl --user enable --now ${name}\n`, world);
  return ExitCode.ok;
}

/** `hometui daemon uninstall`: stops the service and takes away what `install` has written. */
export async function uninstall(args: Arguments, world: World): Promise<ExitCode> {
  const service = serviceOf(await readConnection(args, world), args, world);
  const { name, path } = service;
  const found = lookAt(service);
  if (found.origin === 'none') return say(`${path} is not there: nothing to do\n`, world);
  refuseOthers(service, found, args, 'removed');
  if (args.flags.dryRun === true) {
    return say(`systemctl --user disable --now ${name}\n${path}: removed\nsystemctl --user daemon-reload\n`, world);
  }
  const failed = await runAll([['disable', '--now', name]], world);
  const stopped = failed === null ? `${name} is stopped` : `${name} was not stopped: ${failed}`;
  const removed = removeUnit(path);
  if (!removed.ok) {
    const message = `${path} cannot be removed: ${removed.error.why}`;
    throw new Failure(ExitCode.output, `${message}; ${stopped}`, `Remove it yourself: rm ${shownWord(path)}`);
  }
  await runAll([['daemon-reload']], world);
  const left = hasDropIns(path) ? `${path}.d is left: it was not written by install\n` : '';
  return say(`${stopped}\n${path}: removed\n${left}What was recorded stays.\n`, world);
}

function lookAt({ path }: Service): UnitFound {
  const found = readUnit(path);
  if (found.ok) return found.value;
  throw new Failure(ExitCode.output, `${path} cannot be read: ${found.error.why}`, 'Move it away.');
}

/** Throws a `Failure` (74) for what somebody else has written, unless it is ours and they have said `--yes`. */
function refuseOthers({ path }: Service, { origin }: UnitFound, { flags }: Arguments, what: string): void {
  if (origin === 'foreign') {
    const cure = 'Move it away, or give the profile another name.';
    throw new Failure(ExitCode.output, `${path} was not written by hometui, and is not ${what}`, cure);
  }
  if (origin !== 'changed' || flags.yes === true) return;
  const cure = `Add --yes where it is to be ${what} all the same. Own lines are kept by systemctl --user edit.`;
  throw new Failure(ExitCode.output, `${path} was changed by hand, and is not ${what}`, cure);
}

/** Why one of the calls failed, one clause; those after it were not made. `null` where none did. */
async function runAll(calls: readonly (readonly string[])[], { env }: World): Promise<string | null> {
  for (const call of calls) {
    const asked = await askUserManager(call, env);
    if (!asked.ok) return asked.error;
  }
  return null;
}

function lingerText(name: string): string {
  if (lingers() === true) return 'It runs while nobody is logged in too: lingering is on for your user.\n';
  return `It ends with your last login, and begins with the next: loginctl enable-linger lets ${name} run from boot on.\n`;
}

async function say(text: string, { stdout }: World): Promise<ExitCode> {
  await print(stdout, cleanLines(text));
  return ExitCode.ok;
}
