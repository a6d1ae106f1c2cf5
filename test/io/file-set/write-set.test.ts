import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digest, digestOf, type Journal, writeJournal } from '../../../src/io/file-set/journal.ts';
import { recoverSet, undoSet } from '../../../src/io/file-set/recover.ts';
import { writeSet } from '../../../src/io/file-set/write-set.ts';

let folder: string;
let journal: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-set-'));
  journal = join(folder, 'journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const textOf = (name: string): string => readFileSync(at(name), 'utf8');

/** Writes texts by names; `stamp` is a number that no other call of a test has. */
function write(texts: Readonly<Record<string, string>>, stamp: number, before?: string | null) {
  const files = Object.entries(texts).map(([name, text]) => ({
    ...{ path: at(name), content: Buffer.from(text), mode: 0o640, owner: null },
    before: before === undefined ? digestOf(at(name)) : before,
  }));
  return writeSet({ journal, files, stamp: String(stamp), writtenAt: 'now' });
}

describe('a set of files', () => {
  it('is written with its modes, and taken back one by one', () => {
    writeFileSync(at('a'), 'old', { mode: 0o604 });
    chmodSync(at('a'), 0o604);
    expect(write({ a: 'one', 'new/b': 'one' }, 1).ok).toBe(true);
    expect([textOf('a'), textOf('new/b'), statSync(at('a')).mode & 0o777]).toEqual(['one', 'one', 0o640]);
    expect(textOf('a.1.bak')).toBe('old');
    expect(write({ a: 'two', 'new/b': 'two' }, 2).ok).toBe(true);
    expect(undoSet(journal).ok).toBe(true);
    expect([textOf('a'), textOf('new/b')]).toEqual(['one', 'one']);
    expect(undoSet(journal).ok).toBe(true);
    expect([textOf('a'), statSync(at('a')).mode & 0o777, readdirSync(folder)]).toEqual(['old', 0o604, ['a']]);
    expect(undoSet(journal)).toEqual({ ok: true, value: null });
  });

  it('is not written at all where one of it cannot be', () => {
    writeFileSync(at('a'), 'old');
    mkdirSync(at('c'));
    const left = write({ a: 'one', 'new/b': 'one', c: 'one' }, 1, null);
    expect(left).toMatchObject({ ok: false, error: { path: at('c'), code: 'EISDIR' } });
    expect([textOf('a'), readdirSync(folder)]).toEqual(['old', ['a', 'c']]);
  });

  it('is not written over what somebody else has changed', () => {
    writeFileSync(at('a'), 'changed');
    writeFileSync(at('b'), 'old');
    const left = write({ b: 'one', a: 'one' }, 1, digest(Buffer.from('old')));
    expect(left).toMatchObject({ ok: false, error: { path: at('a'), code: 'ECHANGED' } });
    expect([textOf('a'), textOf('b'), readdirSync(folder)]).toEqual(['changed', 'old', ['a', 'b']]);
  });

  it('is not taken back where a file was changed since, or a backup is gone', () => {
    writeFileSync(at('a'), 'old');
    write({ a: 'one', b: 'one' }, 1);
    writeFileSync(at('b'), 'mine');
    expect(undoSet(journal)).toMatchObject({ ok: false, error: { path: at('b'), code: 'ECHANGED' } });
    writeFileSync(at('b'), 'one');
    rmSync(at('a.1.bak'));
    expect(undoSet(journal)).toMatchObject({ ok: false, error: { path: at('a.1.bak'), code: 'ECHANGED' } });
    expect([textOf('a'), textOf('b')]).toEqual(['one', 'one']);
  });

  it('waits for nobody: who finds another one at work is told', () => {
    write({ a: 'one' }, 1);
    const { value } = write({ a: 'two' }, 2) as { value: Journal };
    // The process that started the tests runs, and is not this one.
    const startedAt = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
    writeJournal(journal, { ...value, state: 'prepared', writer: { pid: process.ppid, startedAt } });
    for (const done of [recoverSet(journal), undoSet(journal), write({ a: 'three' }, 3)]) {
      expect(done).toMatchObject({ ok: false, error: { code: 'EBUSY' } });
    }
    // One of the same number that was started at another time is another process.
    writeJournal(journal, { ...value, state: 'prepared', writer: { pid: process.ppid, startedAt: '1' } });
    expect(recoverSet(journal)).toEqual({ ok: true, value: 'finished' });
  });

  it('is taken back but for a file that was changed after the kill', () => {
    writeFileSync(at('a'), 'old');
    const { value } = write({ a: 'one' }, 1) as { value: Journal };
    writeFileSync(at('a'), 'mine');
    writeFileSync(at('a.hometui-new'), 'one');
    writeJournal(journal, { ...value, state: 'prepared', writer: { pid: 1, startedAt: 'gone' } });
    expect(recoverSet(journal)).toEqual({ ok: true, value: 'taken-back' });
    expect([textOf('a'), readdirSync(folder)]).toEqual(['mine', ['a']]);
  });
});
