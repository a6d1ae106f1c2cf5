import { describe, expect, it } from 'vitest';
import { type FaultKind, garbagePayload, hasFault, parseFault } from '../../../src/core/simulation/fault.ts';
import { createRandom } from '../../../src/core/simulation/random.ts';

describe('parseFault', () => {
  it('reads a kind, with or without the second it begins at', () => {
    expect(parseFault('silent')).toEqual({ ok: true, value: { kind: 'silent', fromMs: 0 } });
    expect(parseFault('stuck@30')).toEqual({ ok: true, value: { kind: 'stuck', fromMs: 30_000 } });
    expect(parseFault('stuck:30')).toEqual(parseFault('stuck@30'));
    expect(parseFault('short-cycling:90')).toEqual({ ok: true, value: { kind: 'short-cycling', fromMs: 90_000 } });
    expect(parseFault('slow@0.5')).toEqual({ ok: true, value: { kind: 'slow', fromMs: 500 } });
    expect(parseFault('slow@1.125')).toEqual({ ok: true, value: { kind: 'slow', fromMs: 1_125 } });
  });

  it.each(['', 'loud', 'short-', 'short_cycling', 'silent@', 'silent@x', 'silent@-1', 'silent@1@2', '@3'])(
    'refuses %j and names the cure',
    text => {
      const parsed = parseFault(text);
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) expect(parsed.error.cure).toMatch(/silent/);
    },
  );
});

describe('hasFault', () => {
  it('is there from its time on', () => {
    const faults = [{ kind: 'slow' as FaultKind, fromMs: 1_000 }];
    expect(hasFault(faults, 'slow', 999)).toBe(false);
    expect(hasFault(faults, 'slow', 1_000)).toBe(true);
    expect(hasFault(faults, 'silent', 1_000)).toBe(false);
    expect(hasFault([...faults, { kind: 'stuck', fromMs: 0 }], 'slow', 1_000)).toBe(true);
    expect(hasFault([], 'slow', 1_000)).toBe(false);
  });
});

describe('garbagePayload', () => {
  it('is of every sort: empty, not a number, NaN, not UTF-8, escape sequences, and huge up to 1 MiB', () => {
    const random = createRandom(1);
    const payloads = Array.from({ length: 1_000 }, () => garbagePayload(random));
    const isUtf8 = (bytes: Uint8Array): boolean => !new TextDecoder().decode(bytes).includes('\ufffd');
    expect(payloads).toContain('');
    expect(payloads).toContain('NaN');
    expect(payloads.some(payload => typeof payload === 'string' && payload.includes('\u001b['))).toBe(true);
    expect(payloads.some(payload => typeof payload !== 'string' && !isUtf8(payload))).toBe(true);
    const longest = Math.max(...payloads.map(payload => payload.length));
    expect(longest).toBeGreaterThan(512 * 1024);
    expect(longest).toBeLessThanOrEqual(1024 * 1024);
  });
});
