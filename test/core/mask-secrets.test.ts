import { describe, expect, it } from 'vitest';
import { maskAddress, maskSecrets, withoutSecret } from '../../src/core/mask-secrets.ts';

describe('maskSecrets', () => {
  it.each([
    ['mqtt://master:pw@pi', 'mqtt://master:(hidden)@pi'],
    ['master:pw@pi', 'master:(hidden)@pi'],
    ['mqtt://:pw@pi:1883/x', 'mqtt://:(hidden)@pi:1883/x'],
    ['mqtt://me:a:b@c@pi', 'mqtt://me:(hidden)@pi'],
    ['mqtt://me:a//b@pi', 'mqtt://me:(hidden)@pi'],
    ['the host "me:pw@pi" is none', 'the host "me:(hidden)@pi" is none'],
    ['mqtt://me@pi:1883', 'mqtt://me@pi:1883'],
    ['[::1]:1883 and mail@pi: no', '[::1]:1883 and mail@pi: no'],
    ['x:: @ y', 'x:: @ y'],
  ])('of %s leaves %s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
    if (!text.includes(' ')) expect(maskAddress(text)).toBe(masked);
  });

  it('takes time by the length of the text alone', () => {
    const startedAt = performance.now();
    for (const text of [':'.repeat(1e5), ':a'.repeat(1e5), 'a:b@'.repeat(1e5), ' :a://'.repeat(1e5)]) maskSecrets(text);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it.each([
    ['mqtt://master:pw@pi:1883', 'mqtt://master@pi:1883'],
    ['master:pw@pi', 'master@pi'],
    ['mqtt://:pw@pi', 'mqtt://@pi'],
    ['me:my own @ word@pi', 'me@pi'],
    ['mqtt://me@pi:1883', 'mqtt://me@pi:1883'],
    ['me:@pi', 'me:@pi'],
    [':a@b', '@b'],
    [':@b', ':@b'],
    ['@b', '@b'],
    ['a:b', 'a:b'],
    ['', ''],
  ])('%s is carried along as %s', (address, carried) => {
    expect(withoutSecret(address)).toBe(carried);
    expect(withoutSecret(maskAddress(address))).toBe(carried);
  });

  it('hides a password with blanks where the whole address is known', () => {
    expect(maskAddress('mqtt://me:my own @ word@pi')).toBe('mqtt://me:(hidden)@pi');
  });
});
