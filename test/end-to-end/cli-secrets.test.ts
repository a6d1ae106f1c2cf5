import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHometui } from '../helpers/program/hometui.ts';

/** Where a person may put an address with a password in it, `X`, and nothing listens anywhere. */
const LINES = [
  ...['-L X', '-h X', '-hX', 'X', '--house X', '--profile X', '--id X -p 1', '--unknown=X', 'status --only X'],
  ...['status --cafile X', 'status --password-file X', 'status --port X', 'status --format X', 'status -t 1 -L X'],
  ...['status -t 1 -p 1 --acl X', 'watch --for 1 -p 1 --broker-log X', 'set X on', 'acl check X', 'acl probe X -p 1'],
  ...['config save X -h pi', 'config save x -h X', 'config import X', 'config show --house X', 'config show -L X'],
  ...['simulate X', 'help X', 'completion X', 'status --format nagios --house X', 'status -F nagios -h X'],
];

describe('a password in an address', () => {
  it.each([
    'master:geheim@127.0.0.1',
    'mqtt://master:geheim@127.0.0.1:1',
    'mqtt://me:ge heim@pi',
    'mqtt://me:geheim/x@pi',
  ])(
    'is told by no command, as in %s',
    async address => {
      const home = mkdtempSync(join(tmpdir(), 'hometui-secrets-'));
      const env = { HOME: home };
      for (const line of LINES) {
        const args = line.split(' ').map(word => word.replace('X', address));
        const ended = await runHometui(args, { env });
        expect(ended.stdout + ended.stderr, line).not.toMatch(/ge ?heim/);
      }
      rmSync(home, { recursive: true, force: true });
    },
    120_000,
  );

  it('is warned of on the command line, as -P is', async () => {
    const warning = 'a password on the command line can be read by others';
    for (const login of [
      ['-L', 'mqtt://me:geheim@127.0.0.1:1'],
      ['-h', '127.0.0.1', '-p', '1', '-u', 'me', '-P', 'x'],
    ]) {
      const { stderr } = await runHometui(['status', '-t', '1', ...login]);
      expect(stderr).toContain(warning);
    }
    const env = { HOMETUI_URL: 'mqtt://me:geheim@127.0.0.1:1' };
    expect((await runHometui(['status', '-t', '1'], { env })).stderr).not.toContain(warning);
  });

  it('that is saved for another broker is named where one is missing', async () => {
    const home = mkdtempSync(join(tmpdir(), 'hometui-secrets-'));
    const env = { HOME: home };
    const secret = { HOME: home, HOMETUI_PASSWORD: 'geheim' };
    await runHometui(['config', 'save', 'pi', '-h', '127.0.0.1', '-p', '1', '-u', 'me', '--save-password'], {
      env: secret,
    });
    const same = await runHometui(['status', '--profile', 'pi', '-h', '127.0.0.1', '-p', '1', '-t', '1'], { env });
    expect(same).toMatchObject({ code: 69, stderr: expect.stringContaining('connection refused') });
    const other = await runHometui(['status', '--profile', 'pi', '-h', 'localhost', '-t', '1'], { env });
    expect(other).toMatchObject({
      code: 77,
      stderr: expect.stringContaining('The saved password is for me at mqtt://127.0.0.1:1'),
    });
    rmSync(home, { recursive: true, force: true });
  });
});
