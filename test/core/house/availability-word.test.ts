import { describe, expect, test } from 'vitest';
import { type Availability, isAlert, readAvailability } from '../../../src/core/house/availability-word.ts';

function read(payload: string, config: Partial<Availability> = {}) {
  return readAvailability(new TextEncoder().encode(payload), { topic: 'heating/status', ...config });
}

describe('a word of availability', () => {
  test.each([
    ['" online "', 'online', 'online'],
    ["'Lost'", 'Lost', 'offline'],
    ['"online', '"online', null],
    ['"online"!', '"online"!', null],
    ['so "online"', 'so "online"', null],
    ['not  _connected', 'not  _connected', 'offline'],
    ['{"online":true}', 'online: true', 'online'],
    ['{"status":"lost"}', 'lost', 'offline'],
  ])('%j is shown as %j and means %s', (payload, text, meaning) => {
    expect(read(payload)).toEqual({ text, meaning });
  });

  test('under a path is taken as it stands there', () => {
    expect(read('{"s":"\'online\'"}', { path: 's' })).toEqual({ text: "'online'", meaning: null });
    expect(read('{"s":"online"}', { path: 's' })).toEqual({ text: 'online', meaning: 'online' });
    expect(read('{"t":"online"}', { path: 's' })).toEqual({ text: '{"t":"online"}', meaning: null });
  });

  test('by the house file leaves no usual word for its side', () => {
    expect(read('offline', { offline: ['weg'] })?.meaning).toBeNull();
    expect(read('online', { offline: ['weg'] })?.meaning).toBe('online');
    expect(read('online', { online: ['da'] })?.meaning).toBeNull();
    expect(read('offline', { online: ['da'] })?.meaning).toBe('offline');
    expect([read('DA', { online: ['da'] })?.meaning, read('Weg', { offline: ['weg'] })?.meaning]).toEqual([
      'online',
      'offline',
    ]);
  });

  test('asks for attention only by the usual meaning of alert', () => {
    const config = { topic: 'heating/status' };
    expect(isAlert({ text: 'Alert', meaning: 'online' }, config)).toBe(true);
    expect(isAlert({ text: 'online', meaning: 'online' }, config)).toBe(false);
    expect(isAlert({ text: 'alert', meaning: 'offline' }, config)).toBe(false);
    expect(isAlert({ text: 'alert', meaning: 'online' }, { ...config, online: ['alert'] })).toBe(false);
  });
});
