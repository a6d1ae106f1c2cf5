import { describe, expect, it } from 'vitest';
import { readDiskFacts } from '../../../src/io/files/disk-facts.ts';

describe('a disk', () => {
  it.each([
    [0xef53, null],
    [0x01021994, null],
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    // As a signed number, which some systems give.
    [0xfe534d42 | 0, 'SMB2'],
  ])('of the kind %d is of another machine: %s', (type, network) => {
    const statfs = () => ({ bavail: 10, bsize: 4_096, type });
    expect(readDiskFacts('/', statfs)).toEqual({ freeBytes: 40_960, network });
  });

  it('of this machine has room, and one that is not there nothing', () => {
    expect(readDiskFacts('/')?.freeBytes).toBeGreaterThan(0);
    expect(readDiskFacts('/none/at/all')).toBeNull();
  });
});
