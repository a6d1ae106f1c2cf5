import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { World } from '../../src/app/world.ts';
import { run } from '../../src/cli/run.ts';
import { VERSION } from '../../src/cli/version.ts';
import { systemClock } from '../../src/io/clock.ts';

interface TestWorld {
  readonly world: World;
  readonly crash: (error: unknown) => void;
  readonly said: () => { readonly stdout: string; readonly stderr: string };
}

function openWorld(argv: readonly string[], env: Record<string, string> = {}): TestWorld {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let crash: (error: unknown) => void = () => {};
  const world: World = {
    argv,
    env,
    cwd: '/',
    platform: 'linux',
    version: '1.2.3',
    stdin: new PassThrough() as unknown as World['stdin'],
    stdout: stdout as unknown as World['stdout'],
    stderr: stderr as unknown as World['stderr'],
    clock: systemClock(),
    firstPaint: null,
    random: () => 0.5,
    onSignal: () => () => {},
    onCrash: listener => {
      crash = listener;
      return () => {};
    },
    stop: () => {},
    stopJob: () => {},
    exit: code => {
      throw new Error(`exit ${code}`);
    },
  };
  return {
    world,
    crash: error => crash(error),
    said: () => ({ stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }),
  };
}

describe('run', () => {
  it('prints the version of the package', async () => {
    expect(VERSION).toBe(packageJson.version);
    const { world, said } = openWorld(['--version']);
    expect(await run(world)).toBe(0);
    expect(said()).toEqual({ stdout: '1.2.3\n', stderr: '' });
  });

  it('calls what nobody caught a fault of its own, without a stack trace', async () => {
    const { world, crash, said } = openWorld(['watch', '-p', '1']);
    const ended = run(world);
    crash(new TypeError('x is not a function'));
    expect(await ended).toBe(70);
    expect(said().stderr).toMatch(
      /^hometui: this is a fault in hometui itself: TypeError: x is not a function\n {2}Please report/,
    );
  });

  it('says that it was replaced where that is the reason of a fault', async () => {
    const { world, crash, said } = openWorld(['watch', '-p', '1']);
    const ended = run(world);
    const cause = Object.assign(new Error('gone'), { code: 'HOMETUI_REPLACED' });
    crash(new Error('The console failed while it was drawing: gone', { cause }));
    expect(await ended).toBe(70);
    expect(said().stderr).toMatch(/^hometui: another version was put in its place .*\n {2}Start it again\.\n$/);
  });

  it('refuses an option that belongs to another word of the same command', async () => {
    const { world, said } = openWorld(['notify', 'list', '--dry-run']);
    expect(await run(world)).toBe(64);
    expect(said().stderr).toBe(
      'hometui: hometui notify list does not take --dry-run\n  It belongs to hometui notify test.\n',
    );
  });

  it('shows the stack where it is asked to, and keeps to one line for Nagios', async () => {
    const debug = openWorld(['watch', '-p', '1'], { HOMETUI_DEBUG: '1' });
    const ended = run(debug.world);
    debug.crash(new Error('broken'));
    await ended;
    expect(debug.said().stderr).toMatch(/\n {4}at /);
    const nagios = openWorld(['status', '-p', '1', '--format', 'nagios']);
    const checked = run(nagios.world);
    nagios.crash(new Error('bro|ken'));
    expect(await checked).toBe(3);
    expect(nagios.said().stdout).toMatch(/^HOMETUI UNKNOWN - .* bro\/ken\n/);
  });
});
