import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeFile, readForChange } from '../../../src/io/files/change-file.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const isRoot = process.getuid?.() === 0;
const chattr = requireProgram('chattr', 'e2fsprogs');
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-change-'));
  file = join(folder, 'passwd');
  writeFileSync(file, 'old', { mode: 0o640 });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (path: string, text = 'new') =>
  changeFile(path, content => ({ content: Buffer.from(text), value: content === null ? null : String(content) }));

describe('changeFile', () => {
  it('hands the old bytes over, puts the new ones there, and keeps mode and owner', () => {
    if (isRoot) chownSync(file, 65_534, 65_534);
    chmodSync(file, 0o604);
    const owner = statSync(file).uid;
    expect(put(file)).toEqual({ ok: true, value: 'old' });
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o7777, statSync(file).uid]).toEqual([
      'new',
      0o604,
      owner,
    ]);
    expect(readdirSync(folder)).toEqual(['passwd']);
  });

  it('makes a file that nobody else may read where none is', () => {
    const made = join(folder, 'made');
    expect(put(made)).toEqual({ ok: true, value: null });
    expect(statSync(made).mode & 0o777).toBe(0o600);
  });

  it('leaves it alone where nothing is to change, and where the caller throws', () => {
    const before = statSync(file).ino;
    expect(changeFile(file, () => ({ content: null, value: 7 }))).toEqual({ ok: true, value: 7 });
    expect(() =>
      changeFile(file, () => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect([statSync(file).ino, readdirSync(folder)]).toEqual([before, ['passwd']]);
  });

  it('changes the file behind a link, and says of a link to nowhere what it is', () => {
    symlinkSync(file, join(folder, 'link'));
    symlinkSync(join(folder, 'none'), join(folder, 'dangling'));
    expect(put(join(folder, 'link'))).toMatchObject({ ok: true });
    expect([readFileSync(file, 'utf8'), lstatSync(join(folder, 'link')).isSymbolicLink()]).toEqual(['new', true]);
    expect(put(join(folder, 'dangling'))).toMatchObject({ error: { why: 'it is a link to a file that is not there' } });
    expect(lstatSync(join(folder, 'dangling')).isSymbolicLink()).toBe(true);
  });

  it('does not take away what somebody else wrote meanwhile', () => {
    const changed = changeFile(file, () => {
      writeFileSync(file, 'theirs');
      return { content: Buffer.from('ours'), value: null };
    });
    expect(changed).toMatchObject({ ok: false, error: { code: 'ECHANGED' } });
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['theirs', ['passwd']]);
  });

  it.each([
    ['a folder', 'it is a folder', () => mkdirSync(join(folder, 'x'))],
    ['a pipe', 'it is no ordinary file', () => void execFileSync('mkfifo', [join(folder, 'x')])],
    [
      'longer than any such file',
      'it is longer than 16 MiB',
      () => writeFileSync(join(folder, 'x'), '\0'.repeat(17 << 20)),
    ],
  ])('refuses what is %s', (_, why, make) => {
    make();
    expect(put(join(folder, 'x'))).toMatchObject({ error: { why } });
    expect(readForChange(join(folder, 'x'))).toMatchObject({ error: { why } });
  });

  it('says that its folder is not there', () => {
    expect(put(join(folder, 'none', 'x'))).toMatchObject({ error: { why: 'its folder does not exist' } });
  });

  it.runIf(isRoot && chattr !== null)('says of an immutable file why not even root may change it', context => {
    const marked = spawnSync(chattr ?? '', ['+i', file]);
    // Not every file system knows the attribute.
    if (marked.status !== 0) return context.skip();
    try {
      expect(put(file)).toMatchObject({ error: { why: 'it is immutable, or its folder is (see lsattr)' } });
      expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['old', ['passwd']]);
    } finally {
      spawnSync(chattr ?? '', ['-i', file]);
    }
  });
});
