import { describe, expect, it } from 'vitest';
import { type DaemonFacts, examineDaemon } from '../../../src/core/doctor/daemon.ts';
import { fail, ok } from '../../../src/core/result.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const MIN = 60_000;
const facts: DaemonFacts = {
  ...{ recorder: { pid: 7, role: 'daemon', since: NOW - 180 * MIN }, answer: { kind: 'none' } },
  ...{ service: { kind: 'none' }, writtenAt: NOW - MIN / 2, sudoUser: null, now: NOW },
};
const examine = (change: Partial<DaemonFacts>) =>
  examineDaemon({ ...facts, ...change }).map(({ sign, evidence }) => `${sign}: ${evidence}`);
const NOBODY: Partial<DaemonFacts> = { recorder: null };

describe('the daemon of a house', () => {
  it('records, as its lock, its answer and the age of the history say', () => {
    expect(examine({})).toEqual(['well: process 7 records, for 3 h']);
    expect(examine({ answer: { kind: 'heard', pid: 7, listenedMs: 95 * MIN } })).toEqual([
      'well: process 7 records, for 3 h; it has listened without a gap for 95 min',
    ]);
    const other = { kind: 'unused', pid: 7, why: 'it listens as another user', isAtFault: false } as const;
    expect(examine({ answer: other })).toEqual(['well: process 7 records, for 3 h']);
  });

  it('ails where it has no link, does not answer, or writes nothing', () => {
    const ailing = { kind: 'unused', pid: null, why: 'it did not answer in time', isAtFault: true } as const;
    expect(examine({ answer: ailing })).toEqual(['warning: process 7: it did not answer in time']);
    expect(examine({ ...NOBODY, answer: ailing })).toEqual(['warning: one is there: it did not answer in time']);
    expect(examine({ writtenAt: NOW - 5 * MIN - 1 })).toEqual([
      'warning: process 7 records, and has written nothing for 5 min',
    ]);
    expect(examine({ writtenAt: null })[0]).toMatch(/has written nothing for 3 h$/);
    expect(examine({ ...NOBODY, answer: { kind: 'heard', pid: 9, listenedMs: null } })).toEqual([
      'warning: process 9 listens, and nobody records',
    ]);
  });

  it('waits for a console, is replaced by one, or by who mends the history', () => {
    const by = (role: 'console' | 'upkeep') => ({ recorder: { pid: 8, role } });
    expect(examine({ ...by('console'), answer: { kind: 'heard', pid: 9, listenedMs: 1 } })[0]).toMatch(
      /^well: process 9 listens; process 8 records/,
    );
    expect(examine(by('console'))).toEqual(['well: none; process 8, a console, records as long as it is open']);
    expect(examine(by('upkeep'))[0]).toMatch(/^unexamined: none records at this moment: process 8 mends/);
  });

  it('is not there, and under sudo that is no fact about the person behind it', () => {
    expect(examine(NOBODY)).toEqual(['unexamined: none is there: nothing is recorded while no console is open']);
    expect(examine({ ...NOBODY, sudoUser: 'anna' })).toEqual([
      'unexamined: this runs as root, and what anna records is seen by that user only',
    ]);
  });
});

describe('its service', () => {
  const service = (origin: 'ours' | 'changed' | 'foreign', state: Partial<Record<string, unknown>> | null = {}) => ({
    service: {
      ...{ kind: 'there' as const, name: 'hometui-home.service', origin, isLingering: true as boolean | null },
      state:
        state === null
          ? fail('this machine has no systemctl')
          : ok({ active: 'active', sub: 'running', enabled: 'enabled', restarts: 0, ...state }),
    },
  });
  const second = (change: Partial<DaemonFacts>) => examine(change)[1];

  it('starts with the machine, does not, or fails', () => {
    expect(second(service('ours'))).toBe('well: enabled, active (running)');
    expect(second(service('changed', { restarts: 2 }))).toBe(
      'well: enabled, active (running), started again 2 times, changed by hand',
    );
    expect(second(service('ours', { enabled: '' }))).toBe(
      'warning: not enabled, active (running): it does not start with this machine',
    );
    expect(second(service('ours', { active: 'failed', sub: 'failed' }))).toBe('warning: enabled, failed (failed)');
    expect(second(service('ours', { active: 'activating', sub: 'auto-restart' }))).toMatch(/^warning/);
    expect(second(service('ours', null))).toMatch(/^unexamined: .*this machine has no systemctl$/);
    expect(second(service('foreign'))).toMatch(/^unexamined: .*not from hometui$/);
  });

  it('is missed where it is installed and nothing runs, and ends with the last login without lingering', () => {
    expect(examine({ ...NOBODY, ...service('ours') })[0]).toBe(
      'warning: hometui-home.service is installed, and no daemon runs',
    );
    const { service: found } = service('ours');
    expect(examine({ service: { ...found, isLingering: false } })[2]).toMatch(/^warning: .*ends with the last/);
    expect(examine({ service: { ...found, isLingering: null } })).toHaveLength(2);
  });
});
