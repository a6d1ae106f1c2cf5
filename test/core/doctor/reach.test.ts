import { describe, expect, it } from 'vitest';
import { validity } from '../../../src/core/doctor/certificates.ts';
import {
  boundOf,
  examineOthers,
  examineReach,
  isThisMachine,
  type ReachedAddress,
} from '../../../src/core/doctor/reach.ts';

const own: ReachedAddress = { address: '10.0.0.7', isOwn: true, elapsedMs: 3, error: null };
const refused: ReachedAddress = { ...own, address: '::1', error: 'ECONNREFUSED' };
const reach = (addresses: readonly ReachedAddress[], lookupError: string | null = null) =>
  examineReach({ host: 'pi', port: 1883, addresses, lookupError }).map(
    ({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`,
  );

describe('the way to the broker', () => {
  it('is told for each address of the name', () => {
    expect(reach([own, refused])).toEqual([
      'well pi at 10.0.0.7:1883: reached in 3 ms',
      'warning pi at [::1]:1883: refused: nothing listens there; by another address it is reached',
    ]);
    expect(reach([refused])).toEqual(['fault pi at [::1]:1883: refused: nothing listens there']);
    expect(reach([], 'ENOTFOUND')).toEqual(['fault pi: no host of this name is known']);
    expect(reach([], 'EAI_AGAIN')).toEqual(['fault pi: the name server does not answer']);
  });

  it('by an address is named by that alone', () => {
    const [found] = examineReach({ host: '10.0.0.7', port: 1884, addresses: [own], lookupError: null });
    expect(found?.subject).toBe('10.0.0.7:1884');
  });

  it('ends in this machine where one of the addresses is its own', () => {
    const there = { ...own, isOwn: false };
    const isOurs = (...addresses: readonly ReachedAddress[]) =>
      isThisMachine({ host: 'pi', port: 1883, addresses, lookupError: null });
    expect([isOurs(there, own), isOurs(there), isOurs()]).toEqual([true, false, false]);
  });

  it('from other machines names the addresses', () => {
    const say = (error: string | null) =>
      examineOthers(
        [
          { ...own, error },
          { ...own, address: '10.0.0.8', error },
        ],
        1883,
        'open',
      )[0]?.evidence;
    expect(say(null)).toMatch(/^port 1883 answers at 10\.0\.0\.7, 10\.0\.0\.8; firewalls/);
    expect(say('ECONNREFUSED')).toMatch(/^port 1883 does not answer at 10\.0\.0\.7, 10\.0\.0\.8, only/);
  });

  it('from other machines is missed only where the conf does not close it on purpose', () => {
    const signs = (
      bound: Parameters<typeof examineOthers>[2],
      found: readonly ReachedAddress[] = [{ ...own, error: 'ECONNREFUSED' }],
    ) => examineOthers(found, 1883, bound).map(({ sign, cure }) => `${sign} ${cure ?? ''}`);
    expect(signs('by-default')).toEqual([expect.stringMatching(/^warning .*Add the line: listener 1883$/)]);
    expect(signs('on-purpose')).toEqual(['well ']);
    expect(signs('open')).toEqual([expect.stringMatching(/^warning Look at the listener lines/)]);
    expect(signs('unknown')).toEqual(['unexamined ']);
    expect(signs('by-default', [own])).toEqual(['well ']);
    expect(signs('by-default', [])).toEqual(['unexamined ']);
  });
});

describe('how a listener is bound', () => {
  it('is told from its line and its address', () => {
    const setting = { file: 'conf', line: 1, key: 'listener', value: '1883' };
    expect(boundOf(null)).toBe('unknown');
    expect(boundOf({ setting: null, address: 'localhost' })).toBe('by-default');
    for (const address of ['localhost', '127.0.0.1', '::1']) expect(boundOf({ setting, address })).toBe('on-purpose');
    for (const address of [null, '10.0.0.7', '0.0.0.0', '::', 'localhost.example', 'my-localhost'])
      expect(boundOf({ setting, address })).toBe('open');
  });
});

describe('how long a certificate is valid', () => {
  const DAY = 86_400_000;
  const now = Date.UTC(2026, 10, 29);
  const say = (from: number, to: number) => {
    const { sign, evidence } = validity('tls', 'certificate', {
      validFromAt: now + from * DAY,
      validToAt: now + to * DAY,
      now,
    });
    return `${sign}: ${evidence}`;
  };
  it('is told in days, and warned of in the last thirty', () => {
    expect(say(-1, 30)).toBe('well: valid to 2026-12-29, 30 days from now');
    expect(say(-1, 29.9)).toBe('warning: valid to 2026-12-28, 29 days from now');
    expect(say(-9, -1)).toBe('fault: it has expired on 2026-11-28');
    expect(say(1, 30)).toMatch(/^fault: it is valid from 2026-11-30 on/);
  });
});
