/**
 * Changes the code of core, one small change (a "mutant") at a time, and tells which changes no test notices. Run it with
 * `npm run mutate`, for one folder with `npm run mutate -- src/core/mqtt`, for some lines with
 * `npm run mutate -- src/core/mqtt/topic.ts:40-60`. Fails below 85 % of mutants found. `HOMETUI_MUTATE_AT_ONCE=1` leaves a
 * processor to others.
 */
import { Stryker } from '@stryker-mutator/core';

const KEPT = 'node_modules/.cache/mutate';
const [, , ...given] = process.argv;
const paths = given.length === 0 ? ['src/core'] : given.map(path => path.replace(/\/+$/, ''));
// A room of core is held by its own tests: `src/core/home/clients` by those in `test/core/home`.
const rooms = new Set(paths.map(path => /^src\/(core\/[^/.]+)(?:\/|$)/.exec(path)?.[1] ?? 'core'));
process.env.HOMETUI_MUTATE_TESTS = `test/${rooms.size === 1 ? [...rooms] : 'core'}`;

await new Stryker({
  mutate: paths.map(path => (/\.ts(?::|$)/.test(path) ? path : `${path}/**/*.ts`)),
  mutator: {
    // '' in place of a word of a closed union is what the compiler finds, and the words to people are seen in the frames.
    excludedMutations: ['StringLiteral'],
  },
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
  vitest: { configFile: 'test/mutate/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.HOMETUI_MUTATE_AT_ONCE ?? 2),
  timeoutMS: 10_000,
  // TypeScript 7 has no interface for JavaScript, with which Stryker would rewrite paths in tsconfig.json: there are none.
  tsconfigFile: 'none.json',
  ignorePatterns: ['screenshots', 'dist', 'test/frames', 'test/end-to-end'],
  incremental: true,
  incrementalFile: `${KEPT}/results.json`,
  jsonReporter: { fileName: `${KEPT}/report.json` },
  reporters: ['clear-text', 'json'],
  clearTextReporter: { reportTests: false, logTests: false },
  tempDirName: '.mutants',
  cleanTempDir: 'always',
  thresholds: { high: 90, low: 85, break: 85 },
}).runMutationTest();
