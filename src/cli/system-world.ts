import type { FirstPaint, World } from '../app/world.ts';
import { systemClock } from '../io/clock.ts';
import { watchStandardStreams } from '../terminal/device/dead-terminal.ts';
import { VERSION } from './version.ts';

/** The world as it is: this process, its streams, its machine. Standard input is opened only where it is asked for. */
export function systemWorld(firstPaint: FirstPaint | null): World {
  const closeDeadStreams = watchStandardStreams();
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    version: VERSION,
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    clock: systemClock(),
    firstPaint,
    random: Math.random,
    onSignal: (name, listener) => {
      process.on(name, listener);
      return () => process.off(name, listener);
    },
    onCrash: listener => {
      process.on('uncaughtException', listener);
      // Without a listener of its own a rejection becomes an uncaught exception, which is caught here.
      return () => process.off('uncaughtException', listener);
    },
    stop: () => {
      process.kill(process.pid, 'SIGSTOP');
    },
    stopJob: signal => {
      process.kill(0, signal);
    },
    exit: code => {
      closeDeadStreams();
      process.exit(code);
    },
  };
}
