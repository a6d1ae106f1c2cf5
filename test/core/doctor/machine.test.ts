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

  it('has a history, none, or one that cannot be used', () => {
    expect(examine({})[1]).toMatch(/^history unexamined: there is no place for one/);
    expect(examine({ history: { kind: 'there', folder: '/h', writtenAt: NOW - 90_000 } })[1]).toBe(
      'history well: /h, last written 90 s ago',
    );
    expect(
      examine({ history: { kind: 'unusable', folder: '/h', why: 'it is no folder', cure: 'Move it.' } })[1],
    ).toMatch(/^history warning/);
  });
});
