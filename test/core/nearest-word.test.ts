import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/core/nearest-word.ts';

describe('did you mean', () => {
  it.each([
    ['stauts', 'status'],
    ['satus', 'status'],
    ['statuss', 'status'],
    ['statux', 'status'],
    ['STATUS', 'status'],
    ['tsatus', 'status'],
    ['statsu', 'status'],
    ['st', 'set'],
    ['est', 'set'],
    ['ste', 'set'],
    ['wacth', 'watch'],
    ['get', 'get'],
  ])('%s: %s', (word, meant) => {
    expect(nearestWord(word, ['watch', 'set', 'status', 'get', 'simulate'])).toBe(meant);
  });

  it.each([
    ['two of five letters are too many', 'wxxch', ['watch']],
    ['three of seven are', 'stxxxss', ['statuss']],
    ['nothing is near to nothing', 'status', []],
    ['a swap of letters that are no neighbours is two edits', 'tsas', ['sast']],
    ['all of a short word is not one edit', 'ab', ['cd']],
  ])('%s', (_, word, known) => {
    expect(nearestWord(word, known)).toBeNull();
  });

  it('allows one edit in each three letters', () => {
    expect(nearestWord('abcdxx', ['abcdef'])).toBe('abcdef');
    expect(nearestWord('abcxx', ['abcde'])).toBeNull();
    expect(nearestWord('abcdefxxx', ['abcdefghi'])).toBe('abcdefghi');
  });

  it('takes the nearest, and of equals the first', () => {
    expect(nearestWord('cat', ['cart', 'cat', 'bat'])).toBe('cat');
    expect(nearestWord('cat', ['bat', 'rat'])).toBe('bat');
  });
});
