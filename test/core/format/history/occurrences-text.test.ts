import { describe, expect, it } from 'vitest';
import {
  occurrenceCsv,
  occurrenceCsvHeader,
  occurrenceJson,
  occurrencesText,
} from '../../../../src/core/format/history/occurrences-text.ts';
import { plainStyle } from '../../../../src/core/format/style.ts';
import type { Occurrence } from '../../../../src/core/history/query/occurrences.ts';

const AT = new Date(2026, 10, 29, 14, 2, 5).getTime();
const iso = (at: number): string => new Date(at).toISOString();
const ring: Occurrence = {
  ...{ at: AT, until: AT, id: 'bell', label: 'Door bell', kind: 'event', word: 'rings', count: 1 },
  ...{ snapshotBytes: null, note: null },
};
const motion: Occurrence = {
  ...{ ...ring, at: AT + 1_000, until: AT + 181_000, id: 'motion', label: 'Motion', kind: 'counter', word: null },
  count: 14,
};

describe('what happened, for people', () => {
  it('is grouped by day, with counts', () => {
    const yesterday = { ...ring, at: AT - 86_400_000, snapshotBytes: 3_100 };
    expect(occurrencesText([yesterday, ring, motion, { ...motion, count: 1 }], plainStyle)).toBe(
      `Sat 28 Nov 2026  Door bell once
  14:02:05  Door bell: rings, with a picture of 3.1 kB

Sun 29 Nov 2026  Motion 15 times, Door bell once
  14:02:05  Door bell: rings
  14:02:06  Motion: 14 times within 3 min
  14:02:06  Motion: once

All days: Motion 15 times, Door bell 2 times
`,
    );
  });

  it('of one day needs no sum, and says what is not known', () => {
    expect(occurrencesText([{ ...ring, note: 'said while hometui stood still' }], plainStyle)).toBe(
      'Sun 29 Nov 2026  Door bell once\n  14:02:05  Door bell: rings (said while hometui stood still)\n',
    );
  });
});

describe('what happened, for programs', () => {
  it('is a record of a table', () => {
    expect(occurrenceCsvHeader).toBe('at,until,id,label,kind,word,count,snapshot_bytes,note\r\n');
    expect(occurrenceCsv({ ...ring, word: '=1', snapshotBytes: 3_100 })).toBe(
      `${iso(AT)},${iso(AT)},bell,Door bell,event,'=1,1,3100,\r\n`,
    );
  });

  it('is a JSON object on a line', () => {
    expect(JSON.parse(occurrenceJson(motion))).toEqual({
      ...motion,
      ...{ at: iso(motion.at), until: iso(motion.until) },
    });
    expect(occurrenceJson(motion).endsWith('}\n')).toBe(true);
  });
});
