import { execFileSync } from 'node:child_process';
import { requireProgram } from './require-program.ts';

/** Whether this machine lets its users mount in a namespace of their own: a container may not, and that is said. */
export function mayMount(): boolean {
  const unshare = requireProgram('unshare', 'util-linux');
  if (unshare === null) return false;
  try {
    execFileSync(unshare, ['-Urm', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(
      '\n!!! SKIPPED: no disk can be mounted here: a full one, or a read-only one, CANNOT BE TRIED\n\n',
    );
    return false;
  }
}
