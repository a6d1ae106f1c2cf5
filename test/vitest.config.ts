import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { MixedSequence } from './helpers/mixed-sequence.ts';
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

/**
 * Vitest leaves one processor free for itself, which on two of them is half the machine. About half of the files wait for
 * other programs more than they compute. One worker more than processors is a third quicker, and tests of stalled lines
 * and frozen brokers then fail now and then.
 */
const WORKERS = availableParallelism();

export default defineConfig({
  // As in the bundle: React's production build has no development transform.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    root,
    maxWorkers: WORKERS,
    sequence: { sequencer: MixedSequence },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    env: { NODE_ENV: 'production' },
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', new RetriedReporter()],
    projects: [
      { extends: true, test: { name: 'alone', include: testsWithoutBroker } },
      // Real brokers share a small machine in CI: what fails there must fail twice, and is named at the end.
      { extends: true, test: { name: 'with a broker', include: withBroker, retry: isInCi ? 1 : 0 } },
    ],
  },
});
