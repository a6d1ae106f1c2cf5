import type { Issue } from '../../issue.ts';
import type { AclFile } from '../acl-file.ts';
import type { PasswordFile } from '../password-file.ts';
import type { LintInput } from './input.ts';
import { passwordWithoutSection, sectionWithoutPassword } from './users.ts';

/** Which of these users stand in one of the two files only: they log in and may do nothing, or may and cannot log in. */
export function usersApart(acl: AclFile, passwords: PasswordFile, users: readonly string[]): readonly Issue[] {
  const others = { conf: null, files: [], needs: [], doubleHashed: [], version: null };
  const input: LintInput = { acl, passwords, ...others };
  const sections = acl.sections.filter(section => users.includes(section.user));
  const entries = passwords.entries.filter(entry => users.includes(entry.user));
  return [
    ...sectionWithoutPassword({ ...input, acl: { ...acl, sections } }),
    ...passwordWithoutSection({ ...input, passwords: { ...passwords, entries } }),
  ];
}
