import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../core/mosquitto/broker-version.ts';
import { applyEdits, decodeText } from '../../core/mosquitto/edit/line-edit.ts';
import type { PasswordPlan, PasswordStep } from '../../core/mosquitto/edit/password-edit.ts';
import { usersApart } from '../../core/mosquitto/lint/users-apart.ts';
import { type PasswordFile, parsePasswordFile } from '../../core/mosquitto/password-file.ts';
import { changeFile, readForChange } from '../../io/files/change-file.ts';
import { cureOfUnreadable } from '../../io/files/file-facts.ts';
import type { FileFault } from '../../io/files/text-file.ts';
import { failureOfChange, newFileText } from '../files/broker-file.ts';
import { findingsText } from './users-report.ts';

/** What was done to a password file. */
export interface Done {
  readonly steps: readonly PasswordStep[];
  /** The file as it is now. */
  readonly after: PasswordFile;
  readonly isNew: boolean;
}

/** A password file as it is; one that is not there has no users. Throws a `Failure` (66). */
export function readPasswords(path: string, version: BrokerVersion | null = null): PasswordFile | null {
  const content = readForChange(path);
  if (!content.ok) throw unreadable(path, content.error);
  return content.value === null ? null : parsePasswordFile(decodeText(content.value), path, version);
}

/** Throws a `Failure` (66) for a password file that must be there. */
export function requirePasswords(path: string, version: BrokerVersion | null = null): PasswordFile {
  const passwords = readPasswords(path, version);
  if (passwords !== null) return passwords;
  throw unreadable(path, { code: 'ENOENT', why: 'there is no such file' });
}

/** Makes the plan on the file as it is at this moment, and carries it out at once. Throws a `Failure`: 64, or 74. */
export function carryOut(path: string, plan: (passwords: PasswordFile) => PasswordPlan): Done {
  const changed = changeFile<Done>(path, content => {
    const before = content ?? new Uint8Array();
    const steps = stepsOf(plan(parsePasswordFile(decodeText(before), path)));
    const bytes = applyEdits(
      before,
      steps.map(step => step.edit),
    );
    const value = { steps, after: parsePasswordFile(decodeText(bytes), path), isNew: content === null };
    return { content: steps.length === 0 ? null : bytes, value };
  });
  if (changed.ok) return changed.value;
  throw failureOfChange(path, changed.error);
}

/** The steps of a plan. Throws a `Failure` (64) where it cannot be. */
export function stepsOf(plan: PasswordPlan): readonly PasswordStep[] {
  if (plan.ok) return plan.value;
  throw new Failure(ExitCode.usage, plan.error.message, plan.error.cure);
}

/** What to know after a change: what is wrong with the lines, who stands in one file only, and how the broker takes it. */
export function aftermath({ steps, after, isNew }: Done, acl: AclFile | null): string {
  if (steps.length === 0) return '';
  const touched = steps.flatMap(({ user, name }) => (name === undefined ? [user] : [user, name]));
  const lines = new Set(after.entries.filter(entry => touched.includes(entry.user)).map(entry => entry.line));
  const issues = after.issues.filter(({ severity, place }) => severity === 'error' || lines.has(place?.line ?? 0));
  const apart = acl === null ? [] : usersApart(acl, after, touched);
  const owner = isNew ? newFileText(after.file) : '';
  return `${findingsText([...issues, ...apart])}${owner}${reloadText(issues.some(issue => issue.severity === 'error'))}`;
}

function reloadText(isBroken: boolean): string {
  if (isBroken) return 'Mend this before the broker reads the file, at its next start or reload (SIGHUP).\n';
  return 'The broker knows of it after a reload: sudo systemctl reload mosquitto\n';
}

function unreadable(path: string, fault: FileFault): Failure {
  const cure = cureOfUnreadable(fault, path, 'Name the password file of the broker.');
  return new Failure(ExitCode.noInput, `the password file ${path} cannot be read: ${fault.why}`, cure);
}
