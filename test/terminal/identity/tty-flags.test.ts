import { describe, expect, it } from 'vitest';
import { parseUtf8Flag } from '../../../src/terminal/identity/tty-flags.ts';

describe('the iutf8 flag', () => {
  it.each([
    ['-ixoff -iuclc -ixany -imaxbel iutf8\nopost -olcuc', true],
    ['-ixoff -iuclc -ixany -imaxbel -iutf8\nopost', false],
    ['iutf8', true],
    ['speed 38400 baud; rows 24; columns 80;', null],
    ['', null],
    ['xiutf8', null],
  ])('of %j is %s', (settings, expected) => {
    expect(parseUtf8Flag(settings)).toBe(expected);
  });
});
