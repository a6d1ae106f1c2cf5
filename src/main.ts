import { run } from './cli/run.ts';
import { systemWorld } from './cli/system-world.ts';

const world = systemWorld();
// What is written to a pipe or a file has left before `run` resolves; sockets that are left over must not keep us.
void run(world).then(code => world.exit(code));
