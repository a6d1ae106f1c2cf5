import { describe, expect, it } from 'vitest';
import { describeConnack, describeReason, isLoginRefusal, ReasonCode } from '../../../src/core/mqtt/reason-code.ts';

describe('describeReason', () => {
  it('has words for every code of MQTT 5.0, section 2.4, and only for those', () => {
    const known = [0, 1, 2, 4, 16, 17, 24, 25];
    for (let code = 128; code <= 162; code++) known.push(code);
    const named = Array.from({ length: 256 }, (_, code) => code).filter(
      code => !describeReason(code).startsWith('unknown'),
    );
    expect(named).toEqual(known);
  });

  it('gives the number with the words', () => {
    expect(describeReason(ReasonCode.notAuthorized)).toBe('not authorized (135)');
    expect(describeReason(200)).toBe('unknown reason (200)');
  });
});

describe('describeConnack', () => {
  it('reads small codes by MQTT 3.1.1 and those from 128 on by MQTT 5', () => {
    expect(describeConnack(5)).toBe('not authorized (5)');
    expect(describeConnack(1)).toBe('unacceptable protocol version (1)');
    expect(describeConnack(127)).toBe('unknown reason (127)');
    expect(describeConnack(128)).toBe('unspecified error (128)');
    expect(describeConnack(134)).toBe('bad user name or password (134)');
    expect(describeConnack(77)).toBe('unknown reason (77)');
  });
});

describe('isLoginRefusal', () => {
  it('is true where another password or user may help', () => {
    expect([0, 1, 2, 3, 4, 5, 134, 135, 136, 138].filter(isLoginRefusal)).toEqual([4, 5, 134, 135]);
  });
});
