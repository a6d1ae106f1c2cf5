import type { Issue } from '../../issue.ts';
import { usersCommand } from '../password-file.ts';
import type { LintRule } from './input.ts';

/** Hashes of hashes, as `mosquitto_passwd -U` makes them when it is run again: nobody's password fits them. */
export const doubleHashed: LintRule = ({ passwords, doubleHashed: users }) => {
  if (passwords === null) return [];
  return passwords.entries
    .filter(entry => users.includes(entry.user))
    .map(({ user, line }): Issue => {
      const message = `the hash of "${user}" is the hash of its former hash (mosquitto_passwd -U was run twice): its password does not fit`;
      const cure = `Set the password anew: ${usersCommand('passwd', passwords.file, user)}`;
      return { severity: 'error', message, place: { file: passwords.file, line }, cure };
    });
};
