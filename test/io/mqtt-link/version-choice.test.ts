import { describe, expect, it } from 'vitest';
import { createVersionChoice } from '../../../src/io/mqtt-link/version-choice.ts';

const MINUTE_MS = 60_000;

describe('createVersionChoice', () => {
  it('begins with MQTT 5', () => {
    expect(createVersionChoice('auto').next(0)).toBe('5');
  });

  it('keeps a version that was chosen by hand, whatever the broker does', () => {
    for (const [setting, version] of [
      ['5', '5'],
      ['311', '3.1.1'],
    ] as const) {
      const choice = createVersionChoice(setting);
      expect([choice.onRefused(1, 0), choice.onClosedBeforeConnack(0), choice.onClosedBeforeConnack(0)]).toEqual([
        'no-matter',
        'no-matter',
        'no-matter',
      ]);
      expect(choice.next(0)).toBe(version);
    }
  });

  it.each([1, 0x84])('falls back at once on CONNACK %i, and only on that', code => {
    const choice = createVersionChoice('auto');
    expect(choice.onRefused(5, 0)).toBe('no-matter');
    expect(choice.next(0)).toBe('5');
    expect(choice.onRefused(code, 0)).toBe('other-version-now');
    expect(choice.next(0)).toBe('3.1.1');
    expect(choice.onRefused(code, 0)).toBe('no-matter');
  });

  it('falls back after one silence, and takes its time where neither version is answered', () => {
    const choice = createVersionChoice('auto');
    expect(choice.answerLimitMs()).toBe(2_500);
    expect(choice.onSilentBeforeConnack(0)).toBe('other-version-now');
    expect([choice.next(0), choice.answerLimitMs()]).toEqual(['3.1.1', 5_000]);
    expect(choice.onSilentBeforeConnack(0)).toBe('no-matter');
    expect([choice.next(0), choice.answerLimitMs()]).toEqual(['5', null]);
  });

  it('holds no later silence against a version that was spoken', () => {
    const choice = createVersionChoice('auto');
    choice.onOpened();
    expect([choice.onSilentBeforeConnack(0), choice.next(0), choice.answerLimitMs()]).toEqual(['no-matter', '5', null]);
  });

  it('falls back after two closes without a word', () => {
    const choice = createVersionChoice('auto');
    expect(choice.onClosedBeforeConnack(0)).toBe('same-version-soon');
    expect(choice.next(0)).toBe('5');
    expect(choice.onClosedBeforeConnack(0)).toBe('other-version-now');
    expect(choice.next(0)).toBe('3.1.1');
  });

  it('takes turns, without hurry, where both versions are closed on', () => {
    const choice = createVersionChoice('auto');
    const tried: string[] = [];
    const advice: string[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      tried.push(choice.next(0));
      advice.push(choice.onClosedBeforeConnack(0));
    }
    expect(tried).toEqual(['5', '5', '3.1.1', '3.1.1', '5', '5', '3.1.1', '3.1.1']);
    expect(advice.slice(2)).toEqual(Array(6).fill('no-matter'));
  });

  it('takes closes of a broker that once let us in for what they are', () => {
    const choice = createVersionChoice('auto');
    choice.onOpened();
    for (let close = 0; close < 5; close++) expect(choice.onClosedBeforeConnack(0)).toBe('no-matter');
    expect(choice.next(0)).toBe('5');
  });

  it('remembers 3.1.1, and asks again for MQTT 5 at a reconnect after ten minutes', () => {
    const choice = createVersionChoice('auto');
    choice.onRefused(1, 0);
    choice.onOpened();
    expect(choice.next(10 * MINUTE_MS)).toBe('3.1.1');
    expect(choice.next(11 * MINUTE_MS)).toBe('5');
    expect(choice.onRefused(1, 11 * MINUTE_MS)).toBe('other-version-now');
    choice.onOpened();
    expect(choice.next(20 * MINUTE_MS)).toBe('3.1.1');
  });
});
