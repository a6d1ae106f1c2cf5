/**
 * Changes the code of core, one small change (a "mutant") at a time, and tells which changes no test notices. Run it with
 * `npm run mutate`, or for one folder with `npm run mutate -- src/core/mqtt`. Fails below 85 % of mutants found.
 */
import { Stryker } from '@stryker-mutator/core';

const KEPT = 'node_modules/.cache/mutate';
const [, , path = 'src/core'] = process.argv;
const folder = path.replace(/\/+$/, '');
// A room of core is held by its own tests: `src/core/home/clients` by those in `test/core/home`.
process.env.HOMETUI_MUTATE_TESTS = ['test', ...folder.split('/').slice(1, 3)].join('/');

await new Stryker({
  mutate: [folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`],
  mutator: {
    // '' in place of a word of a closed union is what the compiler finds, and the words to people are seen in the frames.
    excludedMutations: ['StringLiteral'],
  },
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
  vitest: { configFile: 'test/mutate/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
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
