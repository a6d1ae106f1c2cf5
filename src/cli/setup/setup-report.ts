import type { Rehearsal } from '../../app/setup/rehearse.ts';
import { countText } from '../../core/count-text.ts';
import { formatAccessTable } from '../../core/mosquitto/access-table.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import { decodeText } from '../../core/mosquitto/edit/line-edit.ts';
import { lineDiff } from '../../core/mosquitto/setup/line-diff.ts';
import type { PlannedFile } from '../../core/mosquitto/setup/plan.ts';
import type { SetupUser } from '../../core/mosquitto/setup/users.ts';
import { contraryText, isContrary, trialSummary } from '../../core/mosquitto/trial/judge.ts';
import { trialTable } from '../../core/mosquitto/trial/table.ts';
import type { MosquittoProgram } from '../../io/broker-setup/mosquitto-program.ts';

const INDENT = '    ';

/** A file of the plan beside what is there. */
export interface Compared {
  readonly file: PlannedFile;
  /** `null`: nothing is there. */
  readonly old: Uint8Array | null;
}

/** What becomes of a file. */
export function changeOf({ file, old }: Compared): 'new' | 'same' | 'changed' {
  if (old === null) return 'new';
  return Buffer.compare(old, file.content) === 0 ? 'same' : 'changed';
}

/** The plan as a diff; of files with secrets their names only. */
export function planText(folder: string, files: readonly Compared[]): string {
  const width = Math.max(...files.map(({ file }) => file.name.length));
  const text = files.map(compared => {
    const { file, old } = compared;
    const change = changeOf(compared);
    const head = `${change.padEnd(8)} ${file.name.padEnd(width)}  ${file.what}\n`;
    if (change === 'same' || file.isSecret) return head;
    const lines = lineDiff(old === null ? '' : decodeText(old), decodeText(file.content));
    return `${head}${lines.map(line => `    ${line}\n`).join('')}`;
  });
  return `\nIn ${folder}:\n${text.join('')}`;
}

/** Who gets a new password, who keeps his. */
export function usersText(users: readonly SetupUser[], set: ReadonlyMap<string, string>): string {
  const width = Math.max(...users.map(({ name }) => quote(name).length));
  return users
    .map(({ name, role }) => `${quote(name).padEnd(width)}  ${role}${set.has(name) ? '' : ', keeps the password'}\n`)
    .join('');
}

/** What the rehearsal showed: expected against real; its table in `width` columns. */
export function rehearsalText(rehearsal: Rehearsal, { release }: MosquittoProgram, width: number): string {
  const { answers, refused, untried, isTlsTried, leftOut } = rehearsal;
  const users = new Set(answers.map(({ user }) => user)).size;
  const logins = refused.map(({ user, why }) => `${quote(user ?? '')} could not log in: ${why}\n`);
  const contrary = answers.filter(isContrary).map(answer => `${contraryText(answer)}\n`);
  return [
    `\nRehearsal on mosquitto ${release}: ${users - refused.length} of ${countText(users, 'user')} logged in`,
    `${isTlsTried ? ', with and without TLS' : ''}; ${trialSummary(answers)}\n`,
    ...formatAccessTable(trialTable(answers), width - INDENT.length).map(line =>
      `${INDENT}${line}\n`.replace(/^ +\n/, '\n'),
    ),
    ...leftOut.map(what => `Not tried: ${what}\n`),
    ...logins,
    ...contrary,
    ...untried.map(
      user =>
        `${quote(user)} keeps the password, which is not known here: only its rights were tried, and no files are made for it.\n`,
    ),
  ].join('');
}

/** The passwords that were made here. */
export function passwordsText(all: ReadonlyMap<string, string>, made: readonly string[]): string {
  if (made.length === 0) return '';
  const width = Math.max(...made.map(user => quote(user).length));
  const lines = made.map(user => `    ${quote(user).padEnd(width)}  ${all.get(user) ?? ''}\n`);
  return `\nThese passwords were made, and are not said again:\n${lines.join('')}`;
}
