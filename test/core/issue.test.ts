import { describe, expect, it } from 'vitest';
import { formatIssue, formatPlace } from '../../src/core/issue.ts';

describe('formatPlace', () => {
  it.each([
    [{ file: 'acl' }, 'acl'],
    [{ file: 'acl', line: 3 }, 'acl:3'],
    [{ file: 'acl', line: 3, column: 7 }, 'acl:3:7'],
    [{ file: 'acl', column: 7 }, 'acl'],
  ])('%j: %s', (place, text) => {
    expect(formatPlace(place)).toBe(text);
  });
});

describe('formatIssue', () => {
  it('puts place, severity and message in one line and the cure below', () => {
    const issue = { severity: 'error', message: 'no', place: { file: 'acl', line: 3 }, cure: 'Write: yes' } as const;
    expect(formatIssue(issue)).toBe('acl:3: error: no\n  Write: yes');
    expect(formatIssue({ severity: 'info', message: 'so' })).toBe('info: so');
  });
});
