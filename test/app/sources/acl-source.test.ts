import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aclSource } from '../../../src/app/sources/acl-source.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-acl-source-'));
  file = join(folder, 'acl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const clock = createFakeClock();
  const events: HomeEvent[] = [];
  const source = aclSource(file, clock)(event => void events.push(event));
  /** The number of rules after each reading; `null` where there was no file. */
  const read = (): (number | null)[] =>
    events.flatMap(event => (event.type === 'acl-read' ? [event.acl?.rules.length ?? null] : []));
  const issues = () => events.flatMap(event => (event.type === 'issue-found' ? [event.issue] : []));
  const settled = () =>
    events.flatMap(event => (event.type === 'issue-settled' ? [[event.issue.message, event.news]] : []));
  return { clock, read, issues, settled, close: source.close };
}

describe('aclSource', () => {
  it('reads the file now, and again only when it has changed', () => {
    writeFileSync(file, 'user a\ntopic x\n');
    const source = open();
    source.clock.advance(10_000);
    expect(source.read()).toEqual([1]);
    writeFileSync(file, 'user a\ntopic x\ntopic y\n');
    source.clock.advance(2_000);
    expect(source.read()).toEqual([1, 2]);
    rmSync(file);
    source.clock.advance(2_000);
    expect(source.read()).toEqual([1, 2, null]);
    writeFileSync(file, 'topic x\n');
    source.clock.advance(2_000);
    expect(source.read()).toEqual([1, 2, null, 1]);
    source.close();
    expect(source.clock.pendingTimers()).toBe(0);
  });

  it('says that there is no file, and where it was looked for', () => {
    const source = open();
    expect(source.issues()).toEqual([
      {
        severity: 'warning',
        message: `the ACL file ${file} cannot be read: there is no such file`,
        cure: 'Check the path behind --acl.',
      },
    ]);
    source.close();
  });

  it('says what to do about one that it may not read', () => {
    writeFileSync(file, 'topic x\n');
    chmodSync(folder, 0o755);
    chmodSync(file, 0);
    if (isRoot) process.seteuid?.(65_534);
    try {
      const source = open();
      expect(source.issues()[0]?.message).toBe(`the ACL file ${file} cannot be read: your user has no permission`);
      expect(source.issues()[0]?.cure).toContain('sudo');
      source.close();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('warns of a file that the broker would drop at the next reload', () => {
    writeFileSync(file, 'user a\ntopic x\n');
    const source = open();
    expect(source.issues()).toEqual([]);
    writeFileSync(file, 'user a\nTopic x\n');
    source.clock.advance(2_000);
    const [issue] = source.issues();
    expect(issue?.message).toMatch(new RegExp(`^the ACL file ${file}:2 is broken: "Topic" is no keyword`));
    expect(issue?.cure).toContain('before the next reload');
    expect(source.settled()).toEqual([]);
    writeFileSync(file, 'user a\n\nTopic x\n');
    source.clock.advance(2_000);
    expect(source.settled()).toEqual([[issue?.message, null]]);
    writeFileSync(file, 'user a\n\ntopic x\n');
    source.clock.advance(2_000);
    expect(source.settled().at(-1)).toEqual([source.issues().at(-1)?.message, `the ACL file ${file} is in order now`]);
    source.close();
  });
});
