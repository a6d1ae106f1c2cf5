import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { aclUsers, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import { houseAcl, type Roles, unservedOf } from '../../core/mosquitto/edit/house-acl.ts';
import { decodeText } from '../../core/mosquitto/edit/line-edit.ts';
import { changeFile, readForChange } from '../../io/files/change-file.ts';
import type { Flags } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { failureOfChange, newFileText } from '../files/broker-file.ts';
import { readSettings } from '../settings/connection.ts';
import { loadHouse } from '../settings/load-house.ts';
import { askYes, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';
import { RELOAD } from './change-report.ts';

/** `hometui acl write FILE`: the whole ACL file of a house. One that is there is replaced after a question. */
export async function writeAcl(file: string, args: Arguments, world: World): Promise<ExitCode> {
  const house = await loadHouse((await readSettings(args, world)).house.value);
  const made = houseAcl(house, rolesOf(args.flags));
  if (!made.ok) {
    const words = made.error.map(fault => `${fault.message}\n  ${fault.cure}`);
    throw new Failure(ExitCode.config, words.join('\n'));
  }
  const text = `${made.value}\n`;
  const before = readForChange(file);
  if (!before.ok) throw failureOfChange(file, before.error);
  const old = before.value === null ? null : decodeText(before.value);
  const remarks = [
    ...unservedOf(house).map(label => `Nobody is let write ${quote(label)}: no client of the house publishes it.\n`),
    ...goneUsers(old, text, file).map(user => `${quote(user)} has no section any more.\n`),
  ].join('');
  const said =
    old === text
      ? `${file} is so already\n${remarks}`
      : args.flags.dryRun === true
        ? `${old === null ? 'Would write' : 'Would replace'} ${file}:\n${text}${remarks}`
        : await replace({ file, old, text, remarks }, args.flags, world);
  await print(world.stdout, cleanLines(said));
  return ExitCode.ok;
}

interface Writing {
  readonly file: string;
  /** What stands there; `null`: nothing. */
  readonly old: string | null;
  readonly text: string;
  readonly remarks: string;
}

/** Asks where something is there, writes, and says what was done. */
async function replace({ file, old, text, remarks }: Writing, flags: Flags, world: World): Promise<string> {
  if (old !== null) await askToReplace(file, remarks, flags, world);
  const changed = changeFile(file, content => {
    const isSame = (content === null ? null : decodeText(content)) === old;
    return { content: isSame ? new TextEncoder().encode(text) : null, value: isSame };
  });
  if (!changed.ok) throw failureOfChange(file, changed.error);
  if (!changed.value) throw failureOfChange(file, { code: 'ECHANGED', why: 'somebody changed it since it was shown' });
  const { rules, sections } = parseAclFile(text, file);
  const owner = old === null ? newFileText(file) : '';
  return `Wrote ${file}: ${countText(sections.length, 'user')}, ${countText(rules.length, 'line')} of rights\n${remarks}${owner}${RELOAD}`;
}

/** The users by what they may do; the two names of the contract hold where nothing else is said of them. */
export function rolesOf({ viewers = [], operators, masters }: Flags): Roles {
  const named = [...viewers, ...(operators ?? []), ...(masters ?? [])];
  const unlessNamed = (name: string): readonly string[] => (named.includes(name) ? [] : [name]);
  return { viewers, operators: operators ?? unlessNamed('monitor'), masters: masters ?? unlessNamed('master') };
}

function goneUsers(old: string | null, text: string, file: string): readonly string[] {
  if (old === null) return [];
  const kept = aclUsers(parseAclFile(text, file));
  return aclUsers(parseAclFile(old, file)).filter(user => !kept.includes(user));
}

/** Throws a `Failure`: 64 where nobody can be asked, 130 where the answer is no. */
async function askToReplace(file: string, remarks: string, { yes }: Flags, world: World): Promise<void> {
  if (yes === true) return;
  if (!canAsk(world)) {
    throw new Failure(ExitCode.usage, `${file} is there already`, 'Look at --dry-run, then replace it with --yes.');
  }
  await print(world.stderr, cleanLines(remarks));
  if (await askYes(world, `Replace all of ${file}, comments too?`)) return;
  throw new Failure(ExitCode.interrupted, `${file} stays as it is`, 'Single rights: hometui acl allow, deny, revoke.');
}
