import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { tryStart } from '../helpers/brokers/try-start.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';

const KILLER = new URL('../helpers/program/kill-at.cjs', import.meta.url).pathname;
/** Each step is a run of the program, and a start of a broker where there is one. */
const EVERY = Number(process.env.HOMETUI_KILL_EVERY ?? 9);
/** Some hundred runs where each step is tried, a dozen else; who finds a lock of the dead waits 3 s. */
const LIMIT_MS = EVERY < 9 ? 1_200_000 : 240_000;
/** Longer than any process id of Linux. */
const NO_PROCESS = 99_999_999;
/** Of the broker, of two devices with five each, of two people. */
const FILES = 3 + 2 * 5 + 2;
const mosquitto = requireProgram('mosquitto');
let folder: string;
let target: string;

beforeAll(() => void builtProgram());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-killed-'));
  chmodSync(folder, 0o755);
  target = join(folder, 'broker');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly text: string;
  readonly steps: number;
}

function run(words: readonly string[], killAt = 0, by: 'signal' | 'disk' = 'signal'): Ended {
  const counter = join(folder, 'count');
  const ended = spawnSync(process.execPath, ['--require', KILLER, builtProgram(), ...words], {
    encoding: 'utf8',
    env: {
      ...{ PATH: process.env.PATH, HOME: join(folder, 'home'), LANG: 'C.UTF-8', HOMETUI_KILL_FOLDER: target },
      ...{ HOMETUI_KILL_AT: String(killAt), HOMETUI_KILL_COUNT: counter, HOMETUI_KILL_BY: by },
    },
  });
  const steps = killAt === 0 ? Number(readFileSync(counter, 'utf8')) : 0;
  return { code: ended.status, text: ended.stdout + ended.stderr, steps };
}

/** The files below a folder with their content, mode and owner, but for what only the next run of us reads. */
function filesIn(path: string): Readonly<Record<string, string>> {
  const names = statSync(path, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(path, { recursive: true });
  const found = names.flatMap(name => {
    const file = join(path, String(name));
    const { mode, uid } = statSync(file);
    return statSync(file).isFile() ? [[String(name), `${mode.toString(8)} ${uid}\n${readFileSync(file)}`]] : [];
  });
  return Object.fromEntries(found);
}

const isPart = (name: string): boolean => /\.(?:bak|tmp|hometui-new|lock)$|\.hometui-setup\.json/.test(name);
const brokerFiles = (path: string) =>
  Object.fromEntries(Object.entries(filesIn(path)).filter(([name]) => !isPart(name)));

/** Steps to be killed at: each `EVERY`th, the last one among them. */
function stepsOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter(step => step % EVERY === count % EVERY);
}

describe('a set-up that is killed', () => {
  const passwords = (word: string): string => {
    const file = join(folder, `passwords-${word}`);
    const users = ['heating', 'dhtclient', 'monitor', 'master', 'guest'];
    writeFileSync(file, users.map(user => `${user}:${word}-${user}\n`).join(''));
    return file;
  };
  let port = 0;
  const setup = (word: string, ...more: readonly string[]): readonly string[] => [
    ...[
      'setup',
      '--dir',
      target,
      '--passwords',
      passwords(word),
      '--yes',
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    // Nothing is rehearsed here: that changes no file.
    ...['--mosquitto', '/bin/false', '--without-rehearsal', ...more],
  ];
  /** Only looks for what was left, and ends for another reason. */
  const recover = (): Ended => run(['setup', '--dir', target, '--mosquitto', '/bin/false', '--yes']);
  const starts = async (): Promise<boolean> => (await tryStart(join(target, 'conf.d/50-hometui.conf'))).starts;

  it('the first one: nothing or all is there, and the broker starts with it', { timeout: LIMIT_MS }, async () => {
    port = await freePort();
    const whole = run(setup('one'));
    expect([whole.code, Object.keys(brokerFiles(target)).length]).toEqual([0, FILES]);
    rmSync(target, { recursive: true });
    const tried = stepsOf(whole.steps);
    const outcomes = tried.map(step => {
      expect(run(setup('one'), step).code, `step ${step}`).toBe(null);
      const said = recover();
      const names = Object.keys(filesIn(target)).filter(name => name !== '.hometui-setup.json');
      expect([0, FILES], `step ${step}: ${names} ${said.text}`).toContain(names.length);
      rmSync(target, { recursive: true, force: true });
      return names.length;
    });
    process.stdout.write(
      `set-ups killed: ${tried.length} of ${whole.steps} steps, ${outcomes.filter(n => n > 0).length} new\n`,
    );
    expect(new Set(outcomes)).toEqual(new Set([0, FILES]));
  });

  it('one over another: all old or all new, and each file whole at every moment', { timeout: LIMIT_MS }, async () => {
    port = await freePort();
    run(setup('one'));
    const old = brokerFiles(target);
    const second = (): readonly string[] => setup('two', '--viewers', 'guest');
    const whole = run(second());
    const acl = brokerFiles(target).acl ?? '';
    expect([whole.code, acl.includes('guest')]).toEqual([0, true]);
    const tried = stepsOf(whole.steps);
    let renewed = 0;
    for (const step of tried) {
      rmSync(target, { recursive: true });
      run(setup('one'));
      const before = brokerFiles(target);
      expect(Object.keys(before)).toEqual(Object.keys(old));
      expect(run(second(), step).code, `step ${step}`).toBe(null);
      if (mosquitto !== null) expect(await starts(), `the broker after step ${step}`).toBe(true);
      const between = brokerFiles(target);
      const said = recover();
      const after = brokerFiles(target);
      const isNew = after.acl === acl;
      if (isNew) renewed++;
      else expect(after, `step ${step}: ${said.text}`).toEqual(before);
      if (isNew) expect(after.passwd, `step ${step}: ${said.text}`).not.toBe(before.passwd);
      for (const name of Object.keys(before)) {
        expect([before[name], after[name]], `${name} after step ${step}`).toContain(between[name]);
      }
      expect(Object.keys(filesIn(target)).filter(name => /tmp|hometui-new|lock/.test(name))).toEqual([]);
      if (mosquitto !== null) expect(await starts(), `the broker after step ${step} was mended`).toBe(true);
    }
    process.stdout.write(`set-ups killed over another: ${tried.length} of ${whole.steps} steps, ${renewed} new\n`);
    expect(renewed).toBeGreaterThan(0);
    expect(renewed).toBeLessThan(tried.length);
  });

  it('but lives, and finds the disk full: it says so, and all is as before', { timeout: LIMIT_MS }, async () => {
    port = await freePort();
    run(setup('one'));
    const whole = run(setup('two', '--viewers', 'guest'));
    const outcomes = stepsOf(whole.steps).map(step => {
      rmSync(target, { recursive: true });
      run(setup('one'));
      const before = brokerFiles(target);
      const { code, text } = run(setup('two', '--viewers', 'guest'), step, 'disk');
      if (code !== 0) expect([code, brokerFiles(target)], `step ${step}: ${text}`).toEqual([74, before]);
      if (code !== 0) expect(text, `step ${step}`).toMatch(/cannot be (changed|used): the disk is full/);
      // Where the note of the set before could not be written, the next one ends that.
      if (/taken back as a whole/.test(text)) expect(recover().text).toContain('what it left was taken away');
      expect(
        Object.keys(filesIn(target)).filter(name => /tmp|hometui-new|lock/.test(name)),
        `step ${step}`,
      ).toEqual([]);
      return code;
    });
    expect(outcomes).toContain(74);
  });

  it('while it is taken back: the next one ends that', { timeout: LIMIT_MS }, async () => {
    port = await freePort();
    const begin = (): void => {
      rmSync(target, { recursive: true, force: true });
      run(setup('one'));
    };
    const undo = ['setup', '--undo', '--dir', target];
    begin();
    run(setup('two', '--viewers', 'guest'));
    const whole = run(undo);
    expect(whole.code).toBe(0);
    for (const step of stepsOf(whole.steps)) {
      begin();
      const before = brokerFiles(target);
      run(setup('two', '--viewers', 'guest'));
      const renewed = brokerFiles(target);
      expect(run(undo, step).code).toBe(null);
      recover();
      const after = brokerFiles(target);
      expect([before, renewed], `step ${step}`).toContainEqual(after);
    }
  });
});

describe('a change of one file that is killed leaves the old or the new one', () => {
  const old = 'user heating\ntopic write heating/flow\n';
  const tryAll = (file: string, text: string, words: readonly string[], isNew: (text: string) => boolean): void => {
    writeFileSync(file, text);
    const whole = run(words);
    expect([whole.code, isNew(readFileSync(file, 'utf8'))]).toEqual([0, true]);
    expect(whole.steps).toBeGreaterThan(3);
    const kinds = Array.from({ length: whole.steps }, (_, index) => {
      writeFileSync(file, text);
      expect(run(words, index + 1).code, `step ${index + 1}`).toBe(null);
      const left = readFileSync(file, 'utf8');
      expect(left === text || isNew(left), `step ${index + 1}: ${left}`).toBe(true);
      // What was left makes more steps of the next run.
      for (const name of readdirSync(folder).filter(left => /tmp|lock/.test(left))) rmSync(join(folder, name));
      return left === text;
    });
    // And the lock of who was killed keeps nobody out, nor is anything else left of him.
    writeFileSync(`${file}.lock`, '');
    writeFileSync(`${file}.${NO_PROCESS}.tmp`, 'half');
    writeFileSync(file, text);
    expect(run(words).code).toBe(0);
    expect(readdirSync(folder).filter(name => /tmp|lock/.test(name))).toEqual([]);
    expect(new Set(kinds)).toEqual(new Set([true, false]));
  };

  it('users add', { timeout: LIMIT_MS }, () => {
    target = join(folder, 'passwd');
    const sound = '# users\nmaster:$7$101$AAAAAAAAAAAAAAAA$AA==\n';
    tryAll(
      target,
      sound,
      ['users', 'add', target, 'guest', '--generate'],
      text => /^guest:\$7\$.{100}/m.test(text) && text.startsWith(sound),
    );
  });

  it('acl allow', { timeout: LIMIT_MS }, () => {
    target = join(folder, 'acl');
    const words = ['acl', 'allow', target, '--user', 'heating', '--access', 'write', '--topic', 'heating/return'];
    tryAll(target, old, words, text => text === `${old}topic write heating/return\n`);
  });
});
