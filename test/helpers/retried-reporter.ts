import type { Reporter, TestCase } from 'vitest/node';

/** Names at the end which tests were tried twice, and why the first try failed: they are to be looked into. */
export class RetriedReporter implements Reporter {
  readonly #retried: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const count = test.diagnostic()?.retryCount ?? 0;
    if (count === 0) return;
    const why = test.result().errors?.map(({ message, diff }) => indented(`${message}\n${diff ?? ''}`)) ?? [];
    this.#retried.push([`${test.module.relativeModuleId} > ${test.fullName}`, ...why].join('\n    '));
  }

  onTestRunEnd(): void {
    process.stdout.write(`\nTests tried twice: ${this.#retried.length}\n`);
    for (const told of this.#retried) process.stdout.write(`  ${told}\n`);
  }
}

const indented = (text: string): string => text.trimEnd().replaceAll('\n', '\n    ');
