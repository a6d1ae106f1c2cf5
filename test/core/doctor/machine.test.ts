import { describe, expect, it } from 'vitest';
import { examineMachine, type MachineFacts } from '../../../src/core/doctor/machine.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const MB = 1_048_576;
const facts: MachineFacts = {
  ...{
    now: NOW,
    isSynchronized: true,
    newest: { file: '/etc/acl', at: NOW - 1_000 },
    history: { kind: 'none', folder: null },
  },
  disks: [{ what: 'history', folder: '/h', freeBytes: 201 * MB, totalBytes: 10 * 1_024 * MB }],
};
const examine = (change: Partial<MachineFacts>) =>
  examineMachine({ ...facts, ...change }).map(({ id, sign, evidence }) => `${id} ${sign}: ${evidence}`);

describe('the machine', () => {
  it('has a clock that is right, wrong, or not known', () => {
    expect(examine({})[0]).toBe('clock well: 2026-11-29T12:00:00Z, set by a time server');
    expect(examine({ isSynchronized: null })[0]).toMatch(/^clock unexamined/);
    expect(examine({ isSynchronized: false })[0]).toMatch(/^clock warning: .*no time server has set it/);
    expect(examine({ now: 86_400_000 })[0]).toMatch(
      /^clock fault: its clock says 1970-01-02T00:00:00Z: it is not set$/,
    );
    expect(examine({ newest: { file: '/etc/acl', at: NOW + 60_000 } })[0]).toMatch(/^clock well/);
    expect(examine({ newest: { file: '/etc/acl', at: NOW + 60_001 } })[0]).toMatch(
      /^clock fault: .*\/etc\/acl was written/,
    );
  });

  it('has room, little of it, or none', () => {
    const room = (freeBytes: number) =>
      examine({ disks: [{ what: 'log', folder: '/l', freeBytes, totalBytes: 900 * MB }] })[2];
    expect(examine({})[2]).toBe('space well: 201 MB of 10.0 GB free in /h');
    expect(room(200 * MB - 1)).toMatch(/^space warning: 199 MB of 900 MB/);
    expect(room(20 * MB - 1)).toMatch(/^space fault: 19 MB/);
    expect(room(20 * MB)).toMatch(/^space warning/);
  });

  const there = {
    ...{ kind: 'there' as const, folder: '/h', writtenAt: NOW - 90_000, findings: [], read: 7, unread: 0 },
    unwritable: null,
  };
  const history = (change: object) =>
    examine({ history: { ...there, ...change } }).filter(text => text.startsWith('history'));

  it('has a history, none, or one that cannot be used', () => {
    expect(examine({})[1]).toMatch(/^history unexamined: there is no place for one/);
    expect(history({})).toEqual(['history well: /h, last written 90 s ago; 7 of 7 files found whole']);
    expect(history({ writtenAt: null })).toEqual(['history well: /h, nothing written yet']);
    expect(
      examine({ history: { kind: 'unusable', folder: '/h', why: 'it is no folder', cure: 'Move it.' } })[1],
    ).toMatch(/^history warning/);
  });

  it('has a history that is damaged, too large to be read at once, or not ours to write', () => {
    const finding = (file: string) => ({ file, what: '12 bytes are damaged' });
    expect(history({ findings: [finding('a.log')], unread: 40 })).toEqual([
      'history warning: 12 bytes are damaged; what is whole in it is read all the same',
      'history well: /h, last written 90 s ago; 6 of 7 files found whole (40 older ones not read: hometui history check)',
    ]);
    expect(history({ findings: ['1', '2', '3', '4', '5', '6', '7'].map(finding) })).toEqual([
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^history warning: 12 bytes/)),
      'history warning: 2 more files of it are damaged',
      expect.stringContaining('0 of 7 files'),
    ]);
    expect(history({ unwritable: { path: '/h/a.log', why: 'your user has no permission' } })[0]).toBe(
      'history warning: it cannot be written: your user has no permission',
    );
  });
});
