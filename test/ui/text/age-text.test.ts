import { describe, expect, it } from 'vitest';
import { clockText } from '../../../src/core/moment-text.ts';
import { calmAge, coarseAge, oldText, sinceText } from '../../../src/ui/text/age-text.ts';
import { shorterTexts } from '../../../src/ui/text/shorter-texts.ts';
import { START } from '../../helpers/ui/home.ts';

describe('calm words', () => {
  it('let ages grow in steps that are never ahead of the truth', () => {
    expect([0, 4_999, 5_000, 14_000, 29_999].map(coarseAge)).toEqual(['0 s', '0 s', '5 s', '10 s', '25 s']);
    expect([30_000, 39_000, 119_000].map(coarseAge)).toEqual(['30 s', '30 s', '110 s']);
    expect([120_000, 3_599_000, 90_000_000].map(coarseAge)).toEqual(['2 min', '59 min', '25 h']);
  });

  it('change at most 40 times in the first hour of a silence', () => {
    const words = new Set<string>();
    for (let second = 0; second < 3_600; second += 1) words.add(calmAge(second * 1_000));
    expect(words.size).toBeLessThanOrEqual(75);
    const ticking = new Set(Array.from({ length: 60 }, (_, second) => calmAge(second * 1_000)));
    expect(ticking.size).toBeLessThanOrEqual(9);
  });

  it('say of an age in a sentence no seconds that nobody counts', () => {
    expect([0, 3_000, 9_999, 10_000, 47_000].map(calmAge)).toEqual([
      ...['a few seconds', 'a few seconds', 'a few seconds'],
      ...['10 s', '40 s'],
    ]);
  });

  it('date and say since when', () => {
    expect([sinceText(59_999), sinceText(60_000), sinceText(750_000)]).toEqual(['just now', 'for 1 min', 'for 12 min']);
    expect([oldText(29_000), oldText(31_000)]).toEqual(['seconds old', '30 s old']);
    expect(clockText(START)).toBe('14:22:00');
  });
});

describe('a sentence in short', () => {
  it('ends where a part of it ends, the longest first', () => {
    expect(shorterTexts('dhtclient is stale: silent for 50 s, its cadence is 5.0 s')).toEqual([
      'dhtclient is stale: silent for 50 s, its cadence is 5.0 s',
      'dhtclient is stale: silent for 50 s',
      'dhtclient is stale',
    ]);
  });

  it('never ends before the other half of an "or"', () => {
    const texts = shorterTexts('never heard in 60 s: it may be off or publish elsewhere, or monitor may not read it');
    expect(texts).toEqual([
      'never heard in 60 s: it may be off or publish elsewhere, or monitor may not read it',
      'never heard in 60 s',
    ]);
  });
});
