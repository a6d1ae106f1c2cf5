import type { Issue } from '../../core/issue.ts';
import { fileFaultOf } from '../files/text-file.ts';
import { HistoryRefusal } from './place.ts';

/** What is wrong with a history, in words: what a refusal says, or what the system does. */
export function historyTrouble(folder: string, error: unknown, what: 'written' | 'read' | 'changed'): Issue {
  if (error instanceof HistoryRefusal) return error.issue;
  const { code, why } = fileFaultOf(error);
  if (what === 'changed') {
    const message = `the history in ${folder} cannot be changed: ${why}`;
    return { severity: 'error', message, cure: CHANGE_CURES[code] ?? `Check ${folder}.` };
  }
  const where = what === 'written' ? `written to ${folder}` : `read in ${folder}`;
  const message = `the history cannot be ${where}: ${why}`;
  return { severity: 'warning', message, cure: CURES[code] ?? `Check ${folder}.` };
}

/** Whether an error is the history's or the system's, and no fault of ours. */
export function isHistoryFault(error: unknown): boolean {
  return error instanceof HistoryRefusal || (error instanceof Error && 'code' in error);
}

const CURES: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk: it goes on by itself, and what was heard meanwhile is kept for an hour.',
  EDQUOT: 'Make room in your quota: it goes on by itself, and what was heard meanwhile is kept for an hour.',
  EROFS: 'Make the disk writable, or set XDG_STATE_HOME to a folder that is.',
  EACCES: 'Check who owns it, or set XDG_STATE_HOME to a folder of your own.',
  EPERM: 'Check who owns it, or set XDG_STATE_HOME to a folder of your own.',
  ELOOP: 'A file in it is a link: remove it.',
};

/** Of what a person asked for: nothing goes on by itself, and nothing that was there is lost. */
const CHANGE_CURES: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk, then try again: what was there is all there.',
  EDQUOT: 'Make room in your quota, then try again: what was there is all there.',
  EROFS: 'Make the disk writable, then try again.',
  EACCES: 'Check who owns it.',
  EPERM: 'Check who owns it.',
  ELOOP: 'A file in it is a link: remove it.',
};
