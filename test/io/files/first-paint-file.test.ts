import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  firstPaintFile,
  type KeptFirstPaint,
  readFirstPaint,
  type StartFacts,
  saveFirstPaint,
} from '../../../src/io/files/first-paint-file.ts';
import { fileVersion } from '../../../src/io/files/text-file.ts';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import type { ColorDepth, GlyphSet } from '../../../src/terminal/identity/evidence.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-picture-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const pictureOf = (...files: readonly string[]): KeptFirstPaint => ({
  opening: '\u001b[?1049h',
  frame: 'Flow ─\nReturn',
  painted: '\u001b[HFlow ─',
  closing: '\u001b[?1049l',
  files: files.map(path => [path, fileVersion(path)]),
});

const startOf = (more: Partial<StartFacts> = {}): StartFacts => ({
  argv: ['--user', 'master'],
  env: { HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  cwd: '/srv',
  program: '/usr/bin/env',
  columns: 80,
  rows: 24,
  ...more,
});

const fileOf = (more: Partial<StartFacts> = {}): string => {
  const file = firstPaintFile(startOf(more));
  if (file === null) throw new Error('no place for a picture');
  return file;
};

describe('where a first picture is kept', () => {
  it('is the cache of its user', () => {
    expect(dirname(fileOf())).toBe(join(home, '.cache', 'hometui'));
    expect(dirname(fileOf({ env: { HOME: home, XDG_CACHE_HOME: '/var/cache/me' } }))).toBe('/var/cache/me/hometui');
    expect(dirname(fileOf({ env: { HOME: home, XDG_CACHE_HOME: 'cache' } }))).toBe(join(home, '.cache', 'hometui'));
    expect(firstPaintFile(startOf({ env: {} }))).toBeNull();
    expect(firstPaintFile(startOf({ env: { HOME: 'me' } }))).toBeNull();
  });

  it('is another file for each start that may look different', () => {
    const { env } = startOf();
    const others: Partial<StartFacts>[] = [
      { argv: ['--user', 'monitor'] },
      { argv: ['--user master'] },
      { cwd: '/home' },
      { program: '/bin/sh' },
      { columns: 81 },
      { rows: 25 },
      ...[
        'TERM',
        'COLORTERM',
        'NO_COLOR',
        'LC_ALL',
        'XDG_CONFIG_HOME',
        'HOMETUI_URL',
        'HOMETUI_USER',
        'TMUX',
        'STY',
      ].map(name => ({ env: { ...env, [name]: '/somewhere' } })),
    ];
    const files = [{}, ...others].map(fileOf);
    expect(new Set(files).size).toBe(files.length);
  });

  it('is the same file in each session of the same terminal', () => {
    const { env } = startOf();
    const session = { SSH_CONNECTION: '10.0.0.1 4711', SSH_TTY: '/dev/pts/3', WINDOWID: '7' };
    expect(fileOf({ env: { ...env, ...session } })).toBe(fileOf());
    const [one, other] = ['/tmp/tmux-0/default,7,0', '/tmp/tmux-0/default,9,2'].map(TMUX =>
      fileOf({ env: { ...env, TMUX } }),
    );
    expect(one).toBe(other);
  });

  it('is another file for whatever the terminal is judged by', () => {
    const asked = new Set<string>();
    const terms = ['xterm', 'xterm-256color', 'putty', 'linux', 'vt100', 'screen', 'tmux', 'dumb'];
    for (const TERM of terms) {
      const env = new Proxy({ TERM } as Record<string, string>, {
        get: (target, name) => {
          asked.add(String(name));
          return target[String(name)];
        },
      });
      for (const colors of [null, 8] satisfies (ColorDepth | null)[]) {
        const flags = { ascii: false, colors, glyphs: null as GlyphSet | null };
        decideCapabilities({ env, isTTY: true, columns: 80, rows: 24, flags, replies: null, iutf8: null });
      }
    }
    expect([...asked]).toContain('LC_CTYPE');
    for (const name of asked) expect(fileOf({ env: { ...startOf().env, [name]: 'x' } }), name).not.toBe(fileOf());
  });
});

describe('a first picture', () => {
  it('is read as it was saved, by its user alone', () => {
    const file = fileOf();
    expect(readFirstPaint(file)).toBeNull();
    saveFirstPaint(file, pictureOf());
    expect(readFirstPaint(file)).toEqual(pictureOf());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('is not used when a file that it was made from has changed, come or gone', () => {
    const file = fileOf();
    const [settings, house] = [join(home, 'config.json'), join(home, 'house.json')];
    writeFileSync(settings, '{}');
    saveFirstPaint(file, pictureOf(settings, house));
    expect(readFirstPaint(file)).not.toBeNull();
    writeFileSync(house, '{}');
    expect(readFirstPaint(file)).toBeNull();
    rmSync(house);
    expect(readFirstPaint(file)).not.toBeNull();
    writeFileSync(settings, '{ }');
    expect(readFirstPaint(file)).toBeNull();
  });

  it('is not used when others may have written it', () => {
    const file = fileOf();
    saveFirstPaint(file, pictureOf());
    for (const mode of [0o620, 0o602, 0o666]) {
      chmodSync(file, mode);
      expect(readFirstPaint(file), mode.toString(8)).toBeNull();
    }
  });

  it.each(['', 'rubbish', '{}', 'null', '[]', '{"opening":1}', JSON.stringify({ ...pictureOf(), files: 'none' })])(
    'is not used when it is damaged: %s',
    text => {
      const file = fileOf();
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
      expect(readFirstPaint(file)).toBeNull();
    },
  );

  it('pushes out the oldest of many, and nothing else', () => {
    for (let rows = 1; rows <= 20; rows += 1) {
      const file = fileOf({ rows });
      saveFirstPaint(file, pictureOf());
      utimesSync(file, rows, rows);
    }
    const folder = dirname(fileOf());
    writeFileSync(join(folder, 'compiled'), '');
    saveFirstPaint(fileOf({ rows: 21 }), pictureOf());
    expect(readdirSync(folder).filter(name => name.startsWith('picture-'))).toHaveLength(16);
    expect(readdirSync(folder)).toContain('compiled');
    expect([5, 6, 20, 21].map(rows => readFirstPaint(fileOf({ rows })) !== null)).toEqual([false, true, true, true]);
  });

  it.each(['/proc', '/dev/null'])('is not kept where that cannot be done: HOME=%s', HOME => {
    const file = fileOf({ env: { HOME } });
    saveFirstPaint(file, pictureOf());
    expect(readFirstPaint(file)).toBeNull();
  });
});
