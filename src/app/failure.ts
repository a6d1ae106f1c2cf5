import { formatIssue, type Issue } from '../core/issue.ts';
import type { ExitCode } from './exit-code.ts';

/**
 * Something that ends the command and that the user can mend. Thrown, so that each command may leave from any depth;
 * `reportError` prints it. `message` is one sentence without a full stop; `cure` is what to do about it.
 */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly cure: string | null;

  constructor(exitCode: ExitCode, message: string, cure: string | null = null) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
    this.cure = cure;
  }
}

/** The failure for what was found wrong in a file: each issue with its place and cure, one below the other. */
export function failureOfIssues(exitCode: ExitCode, issues: readonly Issue[]): Failure {
  return new Failure(exitCode, issues.map(formatIssue).join('\n'));
}
