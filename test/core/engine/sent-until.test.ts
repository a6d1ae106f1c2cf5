import { expect, it } from 'vitest';
import { parseSentUntil, sentUntilText } from '../../../src/core/engine/sent-until.ts';

it('a note is of one engine; a damaged one is none', () => {
  const text = sentUntilText('http://pi/write?db=a', 1_767_225_600);
  expect(parseSentUntil(text, 'http://pi/write?db=a')).toBe(1_767_225_600);
  expect(parseSentUntil(text, 'http://pi/write?db=b')).toBeNull();
  for (let cut = 0; cut < text.length - 1; cut++)
    expect(parseSentUntil(text.slice(0, cut), 'http://pi/write?db=a')).toBeNull();
  for (const rubbish of ['null', '{"writeUrl":"u","sentUntil":"x"}', '{"writeUrl":"u","sentUntil":1.5}']) {
    expect(parseSentUntil(rubbish, 'u')).toBeNull();
  }
});
