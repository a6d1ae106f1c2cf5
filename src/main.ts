import { run } from './cli/run.ts';
import { systemWorld } from './cli/system-world.ts';

// What is written to a pipe or a file has left before `run` resolves; sockets that are left over must not keep us.
void run(systemWorld()).then(code => process.exit(code));
