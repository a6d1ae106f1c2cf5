import { defineConfig } from 'vitest/config';
import { testsWithoutBroker } from '../vitest.config.ts';

/** They live through a day of the house: half of the time of all tests of it. */
const LONG_LIVES = ['test/core/home/state/state.test.ts', 'test/core/home/update-time.test.ts'];
const { HOMETUI_MUTATE_TESTS: folder = 'test/core' } = process.env;

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    testTimeout: 20_000,
    include: testsWithoutBroker.filter(name => name.startsWith(`${folder}/`) && !LONG_LIVES.includes(name)),
    // One thread for the files of a run: a new one for each costs more than what most of them do.
    isolate: false,
  },
});
