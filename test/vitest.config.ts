import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As in the bundle: React's production build has no development transform.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    env: { NODE_ENV: 'production' },
    passWithNoTests: false,
    allowOnly: false,
    // Real brokers, terminals and processes share a small machine in CI: what fails there must fail three times.
    retry: process.env.CI === 'true' ? 2 : 0,
  },
});
