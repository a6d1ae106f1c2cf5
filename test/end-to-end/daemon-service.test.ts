import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const run = promisify(execFile);
const mosquitto = requireProgram('mosquitto');
const systemdAnalyze = requireProgram('systemd-analyze', 'systemd');

describe.runIf(mosquitto !== null)('the daemon as a service', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-service-'));
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'password file'), `${articlePasswords.master}\n`, { mode: 0o600 });
    systemctl('exit 0');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  /** What stands in for systemctl writes down how it was called, and then does this. */
  function systemctl(does: string): void {
    const file = join(home, 'bin', 'systemctl');
    writeFileSync(file, `#!/bin/sh\necho "$@" >> '${home}/calls'\n${does}\n`);
    chmodSync(file, 0o755);
  }
  const calls = (): readonly string[] =>
    existsSync(join(home, 'calls')) ? readFileSync(join(home, 'calls'), 'utf8').trim().split('\n') : [];
  const env = (more: Record<string, string> = {}) => ({
    HOME: home,
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    ...more,
  });
  const units = () => join(home, '.config', 'systemd', 'user');
  const written = (): readonly string[] =>
    existsSync(units()) ? readdirSync(units()).filter(name => name.endsWith('.service')) : [];
  const unitText = () => readFileSync(join(units(), written()[0] ?? ''), 'utf8');
  const place = () => ['-L', house.broker.url, '-u', 'master'];
  const login = () => [...place(), '--password-file', join(home, 'password file')];
  const daemon = (...args: readonly string[]) => runHometui(['daemon', ...args], { env: env() });

  it('is installed: a unit that systemd takes, whose command records', async () => {
    const { code, stdout } = await daemon('install', ...login());
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/\.service: new\nhometui-Home-127\.0\.0\.1-\d+\.service runs,/),
    ]);
    expect(stdout).toContain('loginctl enable-linger');
    const [name = ''] = written();
    expect(calls()).toEqual(['--user daemon-reload', `--user enable ${name}`, `--user restart ${name}`]);
    expect(unitText()).not.toContain(articlePasswords.master);
    if (systemdAnalyze !== null) {
      const options = { env: { ...process.env, XDG_RUNTIME_DIR: home } };
      const said = await run(systemdAnalyze, ['verify', '--user', '--man=no', join(units(), name)], options);
      expect(said).toEqual({ stdout: '', stderr: '' });
    }
    const line = /^ExecStart=(.*)$/m.exec(unitText())?.[1] ?? '';
    const started = keep(startHometui([], { env: env(), shell: `exec ${line}` }));
    await started.waitFor(/listens to Home at .* as master, records into/);
    await started.waitFor(/connected to/);
    started.child.kill('SIGTERM');
    expect((await started.ended).code).toBe(0);
  });

  it('is only told with --dry-run', async () => {
    const { code, stdout } = await daemon('install', ...login(), '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\.service \(new\):\n\n {2}# Written by hometui[\s\S]*\nThen:\n {2}systemctl --user daemon-reload\n/,
    );
    expect([written(), calls()]).toEqual([[], []]);
  });

  it('has the profile for its password, and never a password itself', async () => {
    const saving = { HOMETUI_PASSWORD: articlePasswords.master ?? '' };
    await runHometui(['config', 'save', 'home', ...place(), '--save-password'], { env: env(saving) });
    expect((await daemon('install', '--profile', 'home')).code).toBe(0);
    expect(written()).toEqual(['hometui-home.service']);
    expect(unitText()).toMatch(/^ExecStart=\S+ \S+ daemon --profile home$/m);
    rmSync(join(units(), 'hometui-home.service'));
    for (const [args, more] of [
      [place(), saving],
      [[...place(), '-P', articlePasswords.master ?? ''], {}],
      [['-L', house.broker.url.replace('//', `//master:${articlePasswords.master}@`)], {}],
    ] as const) {
      const refused = await runHometui(['daemon', 'install', ...args], { env: env(more) });
      expect([refused.code, written()]).toEqual([77, []]);
      expect(refused.stderr).toMatch(
        /the service would have no password for master: .*\n {2}Name a file with --password-file, or save/,
      );
    }
  });

  it('keeps what this shell says of where things are', async () => {
    const file = join(home, 'my house.json');
    const more = { XDG_STATE_HOME: join(home, 'my state'), HOMETUI_URL: house.broker.url, HOMETUI_USER: 'master' };
    writeFileSync(file, JSON.stringify(presets.article));
    const args = ['daemon', 'install', '--password-file', join(home, 'password file'), '--house', file];
    expect((await runHometui(args, { env: env(more) })).code).toBe(0);
    expect(unitText()).toContain(`Environment="XDG_STATE_HOME=${home}/my state"`);
    expect(unitText()).toContain(`--url ${house.broker.url} --user master`);
    expect(unitText()).toContain(`--house "${file}"`);
  });

  it('is taken away as a whole, and not where it was changed by hand', async () => {
    await daemon('install', ...login());
    const path = join(units(), written()[0] ?? '');
    expect((await daemon('install', ...login())).stdout).toContain('.service: as it is\n');
    writeFileSync(path, `${unitText()}# mine\n`);
    for (const word of ['install', 'uninstall']) {
      const { code, stderr } = await daemon(word, ...login());
      expect([code, stderr]).toEqual([74, expect.stringContaining('was changed by hand')]);
    }
    expect(existsSync(path)).toBe(true);
    mkdirSync(`${path}.d`);
    const { code, stdout } = await daemon('uninstall', ...login(), '--yes');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/is stopped\n.*: removed\n.*\.d is left: /)]);
    expect([written(), calls().slice(-2)]).toEqual([
      [],
      [expect.stringMatching(/disable --now/), '--user daemon-reload'],
    ]);
    expect((await daemon('uninstall', ...login())).stdout).toContain('nothing to do');
  });

  it('leaves what others have written', async () => {
    await daemon('install', ...login());
    const path = join(units(), written()[0] ?? '');
    writeFileSync(path, '[Service]\nExecStart=/bin/true\n');
    for (const word of ['install', 'uninstall']) {
      const { code, stderr } = await daemon(word, ...login(), '--yes');
      expect([code, stderr]).toEqual([74, expect.stringContaining('was not written by hometui')]);
    }
    rmSync(path);
    mkdirSync(path);
    expect((await daemon('install', ...login())).code).toBe(74);
  });

  it('is written where no user manager is, with what to run later; and goes without one', async () => {
    systemctl('echo "Failed to connect to bus: No medium found" >&2; exit 1');
    const { code, stdout } = await daemon('install', ...login());
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /nothing was started: Failed to connect to bus: .*\n {2}.*run:\n {2}systemctl --user daemon-reload && /,
      ),
    ]);
    const [name = ''] = written();
    const link = join(units(), 'default.target.wants', name);
    mkdirSync(join(units(), 'default.target.wants'));
    symlinkSync(join(units(), name), link);
    const gone = await daemon('uninstall', ...login());
    expect(gone.stdout).toContain('was not stopped: Failed to connect to bus');
    expect([written(), lstatSync(link, { throwIfNoEntry: false })]).toEqual([[], undefined]);
    rmSync(join(home, 'bin', 'systemctl'));
    const none = await runHometui(['daemon', 'status', ...login()], { env: { ...env(), PATH: join(home, 'bin') } });
    expect([none.code, none.stdout]).toEqual([3, expect.stringContaining('is not installed')]);
  });

  it('tells how it is by its lock, its socket and systemd', async () => {
    systemctl(
      'case "$2" in show) printf "NRestarts=2\\nActiveState=active\\nSubState=running\\nUnitFileState=enabled\\n";; esac',
    );
    await daemon('install', ...login());
    const before = await daemon('status', ...login());
    expect(before.code).toBe(3);
    expect(before.stdout).toMatch(/answer +none: no daemon is there\nrecording +nobody at this moment\n/);
    const running = keep(startHometui(['daemon', ...login()], { env: env() }));
    await running.waitFor(/connected to/);
    const { pid } = running.child;
    // The history is opened a moment after that.
    await expect.poll(async () => (await daemon('status', ...login())).code).toBe(0);
    const status = await daemon('status', ...login());
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(
          `^service +hometui-.*, enabled, active \\(running\\), started again 2 times.*\\nanswer +process ${pid}, has listened for .*\\nrecording +the daemon, process ${pid} on .*, for .*\\nhistory +`,
        ),
      ),
    ]);
    running.child.kill('SIGTERM');
    await running.ended;
  });
});
