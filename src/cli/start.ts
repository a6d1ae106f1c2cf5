import type { FirstPaint } from '../app/world.ts';
import { run } from './run.ts';
import { systemWorld } from './system-world.ts';

/** Runs the program in the world as it is, and ends the process. */
export function start(firstPaint: FirstPaint | null): void {
  const world = systemWorld(firstPaint);
  // What is written to a pipe or a file has left before `run` resolves; sockets that are left over must not keep us.
  void run(world).then(code => world.exit(code));
}
