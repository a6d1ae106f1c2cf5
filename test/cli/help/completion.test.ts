import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bashCompletion, fishCompletion, zshCompletion } from '../../../src/cli/help/completion.ts';
import { manPage } from '../../../src/cli/help/man-page.ts';
import { requireProgram } from '../../helpers/require-program.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-completion-'));
  writeFileSync(join(folder, 'bash'), bashCompletion());
  writeFileSync(join(folder, 'zsh'), zshCompletion());
  writeFileSync(join(folder, 'fish'), fishCompletion());
  writeFileSync(join(folder, 'man'), manPage('1.2.3'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' }, encoding: 'utf8' });

const cases = [
  [['st'], ['status']],
  [
    ['watch', '--format', ''],
    ['text', 'json', 'csv'],
  ],
  [
    ['set', '--format', ''],
    ['text', 'json'],
  ],
  [['status', '-F', 'p'], ['prometheus']],
  [['status', '--form'], ['--format']],
  [['acl', 'ch'], ['check']],
  [['help', 'wat'], ['watch']],
  [['config', '--dry-run', 're'], ['remove']],
  [['simulate', 'heating', 'dh'], ['dhtclient']],
  [
    ['-V', ''],
    ['5', '311', 'auto'],
  ],
] as const;

const bash = requireProgram('bash');
describe.runIf(bash !== null)('in a bash', () => {
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hometui; echo "\${COMPREPLY[@]}"`;
  const complete = (words: readonly string[]): readonly string[] =>
    run(bash ?? '', ['--norc', '-uc', script, join(folder, 'bash'), 'hometui', ...words])
      .trim()
      .split(' ');

  it.each(cases)('%j is completed to %j', (words, wanted) => {
    expect(complete(words)).toEqual(wanted);
  });

  it.each([[['acl', 'check', 'ex']], [['config', 'import', 're']]])('%j is left to the files', words => {
    expect(complete(words)).toEqual(['']);
  });

  it('completes behind =, which is a word of its own there', () => {
    expect(complete(['set', '--format', '='])).toEqual(['text', 'json']);
    expect(complete(['status', '--format', '=', 'n'])).toEqual(['nagios']);
  });
});

const fish = requireProgram('fish');
describe.runIf(fish !== null)('in a fish', () => {
  const complete = (words: readonly string[]): readonly string[] => {
    const script = `cd ${folder}; source fish; complete -C 'hometui ${words.join(' ')}'`;
    const lines = run(fish ?? '', ['--no-config', '-c', script])
      .trim()
      .split('\n');
    return lines.map(line => line.split('\t')[0] ?? '');
  };

  it.each(cases)('%j is completed to %j', (words, wanted) => {
    expect([...complete(words)].sort()).toEqual([...wanted].sort());
  });

  it.each([
    [['acl', 'check', 'ex'], 'export.json'],
    [['config', 'import', 're'], 'restore.json'],
  ])('%j is completed to the file %s', (words, file) => {
    writeFileSync(join(folder, file), '');
    expect(complete(words)).toEqual([file]);
  });
});

const zsh = requireProgram('zsh');
it.runIf(zsh !== null)('zsh reads its file, sourced and as a function', () => {
  const load = 'autoload -U compinit; compinit -u -D; source "$0"; print $_comps[hometui]';
  expect(run(zsh ?? '', ['-fc', load, join(folder, 'zsh')])).toBe('_hometui\n');
  expect(run(zsh ?? '', ['-fn', join(folder, 'zsh')])).toBe('');
});

const man = requireProgram('man', 'man-db');
it.runIf(man !== null)('man shows its page without a complaint', () => {
  const page = `MANWIDTH=80 ${man} -l --warnings ${join(folder, 'man')}`;
  expect(run('sh', ['-c', page])).toMatch(/^HOMETUI\(1\)[\s\S]*EXIT STATUS/);
  expect(run('sh', ['-c', `${page} 2>&1 >/dev/null`])).toBe('');
});
