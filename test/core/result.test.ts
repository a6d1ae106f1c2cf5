import { describe, expect, it } from 'vitest';
import { assertNever } from '../../src/core/assert-never.ts';
import { fail, ok, type Result } from '../../src/core/result.ts';

describe('ok and fail', () => {
  it('tell a value from a failure', () => {
    const results: readonly Result<number, string>[] = [ok(1), fail('no')];
    expect(results.map(result => (result.ok ? result.value : result.error))).toEqual([1, 'no']);
  });
});

describe('assertNever', () => {
  it('names the variant that came from outside the types', () => {
    expect(() => assertNever({ kind: 'x' } as never)).toThrow('{"kind":"x"}');
  });
});
