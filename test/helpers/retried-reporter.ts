import type { Reporter, TestCase } from 'vitest/node';

/** Names at the end which tests passed at the second try only: they are to be looked into. */
export class RetriedReporter implements Reporter {
  readonly #retried: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const count = test.diagnostic()?.retryCount ?? 0;
    if (count > 0) this.#retried.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    process.stdout.write(`\nTests tried twice: ${this.#retried.length}\n`);
    for (const name of this.#retried) process.stdout.write(`  ${name}\n`);
  }
}
