import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';

/** The password in the first line of a file. Throws a `Failure` (66) that says why it cannot be read. */
export function readPasswordFile(path: string): string {
  const text = readTextFile(path);
  if (text.ok) return firstLineOf(text.value);
  const message = `the password file ${path} cannot be read: ${text.error.why}`;
  const missing = text.error.code === 'ENOENT';
  const cure = missing
    ? 'Write the password into its first line, and close it with chmod 600.'
    : 'Name a file whose first line is the password.';
  throw new Failure(ExitCode.noInput, message, cureOfOwnFile(text.error, path, cure));
}

/** The first line of a text without its line feed and a byte-order mark. */
export function firstLineOf(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
}
