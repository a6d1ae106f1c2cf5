import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { leaveLines } from '../../../src/io/files/state-log.ts';

const logOf = (home: string): string => join(home, '.local', 'state', 'hometui', 'hometui.log');

it('lies where the state of programs is kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-state-'));
  const [home, state] = [join(folder, 'home'), join(folder, 'state')];
  try {
    leaveLines({ HOME: home }, ['one']);
    leaveLines({ HOME: home, XDG_STATE_HOME: state }, ['two']);
    leaveLines({ HOME: home, XDG_STATE_HOME: 'relative' }, ['three']);
    expect(readFileSync(logOf(home), 'utf8')).toBe('one\nthree\n');
    expect(readFileSync(join(state, 'hometui', 'hometui.log'), 'utf8')).toBe('two\n');
    leaveLines({ HOME: 'relative' }, ['nowhere']);
    expect(existsSync('relative')).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('adds lines that only its user can read, and bears with a place that cannot be written to', () => {
  const home = mkdtempSync(join(tmpdir(), 'hometui-state-'));
  try {
    leaveLines({ HOME: home }, ['one']);
    leaveLines({ HOME: home }, ['two', 'three']);
    leaveLines({ HOME: home }, []);
    const file = logOf(home);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => leaveLines({ HOME: file }, ['nowhere'])).not.toThrow();
    expect(() => leaveLines({}, ['nowhere'])).not.toThrow();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

it('keeps two logs of a bounded size', () => {
  const home = mkdtempSync(join(tmpdir(), 'hometui-state-'));
  try {
    const file = logOf(home);
    for (let line = 0; line < 300; line += 1) leaveLines({ HOME: home }, [`${line} ${'x'.repeat(1_000)}`]);
    expect(statSync(file).size).toBeLessThan(66_000);
    expect(statSync(`${file}.1`).size).toBeLessThan(66_000);
    expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^299 x+\n$(?![\s\S])/m);
    expect(readdirSync(dirname(file)).sort()).toEqual(['hometui.log', 'hometui.log.1']);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
