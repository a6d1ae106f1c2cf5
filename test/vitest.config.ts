import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { MixedSequence } from './helpers/mixed-sequence.ts';
import { CompiledReporter, compiledFolder } from './helpers/program/compiled.ts';
import { RetriedReporter } from './helpers/retried-reporter.ts';

const root = new URL('..', import.meta.url).pathname;
const isInCi = process.env.CI === 'true';

/** Who starts a real broker says so by asking for its program, or for what .ci/run fetched of it. */
const NEEDS_BROKER = /\brequireProgram\('(?:mosquitto|nats-server|rabbitmq-server)'|\brequireFetched\(/;
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map(name => join('test', name))
  .filter(name => /\.test\.tsx?$/.test(name));
const withBroker = tests.filter(name => NEEDS_BROKER.test(readFileSync(join(root, name), 'utf8')));
/** All test files that start no real broker, by their paths from the project's root. */
export const testsWithoutBroker = tests.filter(name => !withBroker.includes(name));

/** Tests of the whole program wait for it, and for brokers and devices, four times as long as they compute. */
const isWaiting = (name: string): boolean => name.startsWith('test/end-to-end/');

/** Who changes the process that it runs in has one of its own. */
const CHANGES_PROCESS = /^ *(?:process\.env\.\w+ = |process\.chdir\()/m;
const changesProcess = (name: string): boolean => CHANGES_PROCESS.test(readFileSync(join(root, name), 'utf8'));
const computing = testsWithoutBroker.filter(name => !isWaiting(name));

/** Of all tests; where what the program compiles is kept for the next start of it. */
const env = { NODE_ENV: 'production', HOMETUI_TEST_COMPILED: compiledFolder() };

/**
 * Vitest leaves one processor free for itself, which on two of them is half the machine. What computes has the processors
 * to itself and comes first. A file that waits takes a processor for two fifths of its time: with four at a time two
 * processors were busy for three quarters of theirs, with one more they have little left to give.
 *
 * A process for each file costs 0.4 s of a processor: to start Node.js and Vitest, and to load anew what the file before
 * had loaded, which takes most small files longer than their tests. Modules of `src` hold nothing that lasts but caches
 * by object, and no test replaces a module, so that files which compute share the processes. They stand in a group of
 * their own, because Vitest ends a process where the next file is of another project.
 */
const SHARING = {
  isolate: false,
  maxWorkers: availableParallelism(),
  sequence: { groupOrder: 0 },
  // Helpers set it when they are loaded, which here is once for all.
  env: { ...env, TZ: 'UTC' },
};
const WAITING = { maxWorkers: 2 * availableParallelism() + 1, sequence: { groupOrder: 1 } };

/** A part of the tests; what it shares with the others stands below. */
const part = (name: string, include: string[], more: NonNullable<TestProjectInlineConfiguration['test']>) => ({
  extends: true as const,
  test: { name, include, ...more },
});

export default defineConfig({
  // As in the bundle: React's production build has no development transform.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    root,
    sequence: { sequencer: MixedSequence },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // One second, which is usual, passes on a busy machine without a turn of the process that is waited for.
    expect: { poll: { timeout: 10_000 } },
    env,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', new RetriedReporter(), new CompiledReporter()],
    projects: [
      part(
        'sharing a process',
        computing.filter(name => !changesProcess(name)),
        SHARING,
      ),
      part('alone', computing.filter(changesProcess), WAITING),
      part('the program alone', testsWithoutBroker.filter(isWaiting), WAITING),
      // Real brokers share a small machine in CI: what fails there must fail twice, and is named at the end.
      part('with a broker', withBroker, { ...WAITING, retry: isInCi ? 1 : 0 }),
    ],
  },
});
