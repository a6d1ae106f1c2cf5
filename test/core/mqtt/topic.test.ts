import { describe, expect, it } from 'vitest';
import { matchesFilter, topicFilterFault, topicNameFault } from '../../../src/core/mqtt/topic.ts';
import { createRandom } from '../../helpers/random/random.ts';

describe('topicNameFault', () => {
  it.each(['a', '/', '//', 'a b', '$SYS/x', 'ü/湯', ' ', 'a/'.repeat(1_000)])('takes %j', topic => {
    expect(topicNameFault(topic)).toBeNull();
  });

  it.each(['', 'a/+', '#', 'a#', 'a\0b', '\ud800', 'x'.repeat(65_536), 'ü'.repeat(32_768)])(
    'refuses a bad one (%#)',
    topic => {
      expect(topicNameFault(topic)).not.toBeNull();
    },
  );

  it('counts bytes: 65,535 are allowed', () => {
    expect(topicNameFault('x'.repeat(65_535))).toBeNull();
    expect(topicNameFault(`${'ü'.repeat(32_767)}x`)).toBeNull();
  });

  it.each([0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff])('counts the bytes of the code point %i', point => {
    const character = String.fromCodePoint(point);
    const bytes = new TextEncoder().encode(character).length;
    const longest = character.repeat(Math.floor(65_535 / bytes)) + 'x'.repeat(65_535 % bytes);
    expect(topicNameFault(longest)).toBeNull();
    expect(topicNameFault(`${longest}x`)).toBe('it must not be longer than 65535 bytes');
  });
});

describe('topicFilterFault', () => {
  it.each(['#', '+', '+/+', 'a/#', '/#', '+/#', '$share/g/a', 'a//+'])('takes %j', filter => {
    expect(topicFilterFault(filter)).toBeNull();
  });

  it.each(['', 'a#', '#/a', 'a/#/b', 'a+', '+a/b', '##', '++', 'a/+#'])('refuses %j', filter => {
    expect(topicFilterFault(filter)).not.toBeNull();
  });
});

describe('matchesFilter', () => {
  // The examples of MQTT 5.0, sections 4.7.1 and 4.7.2, and the corners around them.
  it.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/#', 'sport', true],
    ['#', 'a/b', true],
    ['sport/tennis/+', 'sport/tennis/player1', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['$SYS/#', '$SYS/x', true],
    ['$SYS/#', '$SYS', true],
    ['$SYS/+', '$SYS/x', true],
    ['a/$b', 'a/$b', true],
    ['+/$b', 'a/$b', true],
    ['a', 'A', false],
    ['a/', 'a', false],
    ['a', 'a/', false],
    ['a//#', 'a/', true],
    ['/#', '/', true],
    ['+/#', 'a', true],
    ['a/+/#', 'a', false],
  ])('%s on %s: %s', (filter, topic, expected) => {
    expect(matchesFilter(filter, topic)).toBe(expected);
  });

  it('agrees with the rule written as a regular expression', () => {
    const random = createRandom(3);
    const levels = ['a', 'b', '', 'a b'];
    for (let round = 0; round < 5_000; round++) {
      const topic = Array.from({ length: 1 + random.below(4) }, () => random.pick(levels)).join('/') || 'a';
      const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick([...levels, '+']));
      if (random.chance(0.4)) parts.push('#');
      const filter = parts.join('/') || '+';
      expect(matchesFilter(filter, topic), `${filter} on ${topic}`).toBe(asExpression(filter).test(topic));
    }
  });
});

function asExpression(filter: string): RegExp {
  const body = filter
    .replace(/\/#$/, '(?:/.*)?')
    .replace(/^#$/, '.*')
    .split('/')
    .map(level => (level === '+' ? '[^/]*' : level.replace(/^\+\(/, '[^/]*(')))
    .join('/');
  return new RegExp(`^${body}$`);
}
