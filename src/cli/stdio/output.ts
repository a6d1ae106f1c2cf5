import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';

/** What became of a text: `closed` means that nobody reads any more, as behind `| head -1`. */
export type Written = 'written' | 'closed';

const guarded = new WeakSet<NodeJS.WritableStream>();

/**
 * Writes to standard output and resolves when the system has taken it. Throws a `Failure` (74) where that is impossible:
 * a full disk, a terminal that went away.
 */
export function print(stream: NodeJS.WritableStream, text: string): Promise<Written> {
  if (!guarded.has(stream)) {
    guarded.add(stream);
    // Each failed write also comes as an event, which would end the process with a stack trace.
    stream.on('error', () => {});
  }
  return new Promise((resolve, reject) => {
    stream.write(text, error => {
      if (error == null) resolve('written');
      else if (isClosed(error)) resolve('closed');
      else reject(outputFailure(error));
    });
  });
}

function isClosed(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ECONNRESET';
}

function outputFailure(error: NodeJS.ErrnoException): Failure {
  const why = error.code === 'ENOSPC' ? 'no space is left on the device' : error.message;
  return new Failure(ExitCode.output, `the output cannot be written: ${why}`, 'Make room, or send it somewhere else.');
}
