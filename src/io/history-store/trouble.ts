import type { Issue } from '../../core/issue.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { HistoryRefusal } from './place.ts';

/** What is wrong with a history, in words: what a refusal says, or what the system does. */
export function historyTrouble(folder: string, error: unknown, what: 'written' | 'read'): Issue {
  if (error instanceof HistoryRefusal) return error.issue;
  const { code, why } = fileFaultOf(error);
  const where = what === 'written' ? `written to ${folder}` : `read in ${folder}`;
  const message = `the history cannot be ${where}: ${why}`;
  return { severity: 'warning', message, cure: CURES[code] ?? `Check ${folder}.` };
}

const CURES: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk: it goes on by itself, and what was heard meanwhile is kept for an hour.',
  EDQUOT: 'Make room in your quota: it goes on by itself, and what was heard meanwhile is kept for an hour.',
  EROFS: 'Make the disk writable, or set XDG_STATE_HOME to a folder that is.',
  EACCES: 'Check who owns it, or set XDG_STATE_HOME to a folder of your own.',
  EPERM: 'Check who owns it, or set XDG_STATE_HOME to a folder of your own.',
  ELOOP: 'A file in it is a link: remove it.',
};
