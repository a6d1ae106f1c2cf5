import { describe, expect, it } from 'vitest';
import { shorterTexts } from '../../../src/ui/text/shorter.ts';

describe('a sentence in short', () => {
  it('ends where a part of it ends, the longest first', () => {
    expect(shorterTexts('dhtclient is stale: silent for 50 s, its cadence is 5.0 s')).toEqual([
      'dhtclient is stale: silent for 50 s, its cadence is 5.0 s',
      'dhtclient is stale: silent for 50 s',
      'dhtclient is stale',
    ]);
  });

  it('never ends before the other half of an "or"', () => {
    const texts = shorterTexts('never heard in 60 s: it is not running, or monitor may not read it');
    expect(texts).toEqual([
      'never heard in 60 s: it is not running, or monitor may not read it',
      'never heard in 60 s',
    ]);
  });
});
