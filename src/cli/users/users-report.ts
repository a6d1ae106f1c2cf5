import { assertNever } from '../../core/assert-never.ts';
import { formatIssue, type Issue } from '../../core/issue.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import type { PasswordStep } from '../../core/mosquitto/edit/password-edit.ts';
import type { PasswordEntry, PasswordFile, PasswordKind } from '../../core/mosquitto/password-file.ts';
import { textWidth } from '../../core/text-width.ts';

/** What was done, or with `isPlan` what would be: a line each, and never a password or a hash. */
export function stepsText(file: string, steps: readonly PasswordStep[], isPlan: boolean): string {
  return steps.map(step => `${isPlan ? 'Would ' : ''}${stepText(file, step, isPlan)}\n`).join('');
}

function stepText(file: string, step: PasswordStep, isPlan: boolean): string {
  const { kind, line, remark } = step;
  const user = quote(step.user);
  const verb = (infinitive: string, past: string): string => (isPlan ? infinitive : past);
  const tail = remark === undefined ? '' : `; ${remark}`;
  const place = `${file}:${line}`;
  switch (kind) {
    case 'add':
      return `${verb('add', 'Added')} ${user} to ${file}${tail}`;
    case 'set':
      return `${verb('change', 'Changed')} the password of ${user} (${place})`;
    case 'hash':
      return `${verb('hash', 'Hashed')} the password of ${user} (${place})${tail}`;
    case 'rename':
      return `${verb('rename', 'Renamed')} ${user} to ${quote(step.name ?? '')} (${place})`;
    case 'remove':
      return `${verb('remove', 'Removed')} ${user} (${place})`;
    default:
      return assertNever(kind);
  }
}

/** What the broker may stumble over, a place, a sentence and a cure each. */
export function findingsText(issues: readonly Issue[]): string {
  return issues.map(issue => `${formatIssue(issue)}\n`).join('');
}

const KINDS: Readonly<Record<PasswordKind, string>> = {
  pbkdf2: 'PBKDF2',
  'pbkdf2-long': 'PBKDF2 with the 64-byte salt of mosquitto 2.1',
  sha512: 'SHA-512 of mosquitto 1',
  'sha512-long': 'SHA-512 with the 64-byte salt of mosquitto 2.1',
  argon2id: 'Argon2id of mosquitto 2.1',
  plain: 'in plain text',
  broken: 'not whole',
};

/** The users with the line of each and how its password is kept, columns aligned. */
export function usersText({ file, entries }: PasswordFile): string {
  if (entries.length === 0) return `${file} has no users\n`;
  const names = entries.map(({ user }) => quote(user));
  const width = Math.max(...names.map(textWidth));
  const row = ({ line, kind }: PasswordEntry, index: number): string => {
    const name = names[index] ?? '';
    return `${name}${' '.repeat(width - textWidth(name))}  line ${String(line).padEnd(4)}  ${KINDS[kind]}\n`;
  };
  return entries.map(row).join('');
}
