import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { articlePasswords, startArticleBroker } from '../helpers/house/article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyOptions, type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const FILE = new URL('../fixtures/acl/clean/article/acl', import.meta.url).pathname;
const mosquitto = requireProgram('mosquitto');
const open: PtyProgram[] = [];
let folder: string;

beforeAll(() => void builtProgram());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-acl-'));
});
afterEach(async () => {
  for (const program of open.splice(0)) await program.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(options: PtyOptions): Promise<PtyProgram> {
  const program = await startInPty(process.execPath, {
    rows: 45,
    ...options,
    args: [builtProgram(), 'acl', 'check', FILE],
  });
  open.push(program);
  await program.exit;
  return program;
}

describe('acl check', () => {
  it('draws its table on a terminal that is wide enough', async () => {
    const { terminal, output, exit } = await check({ columns: 80 });
    expect(terminal.text()).toMatch(/│ heating\/flow +│ rw +│ r +│ w +│ - +│/);
    expect(terminal.text().match(/^├─/gm)?.length).toBeGreaterThan(10);
    expect((await exit).code).toBe(0);
    // Plain output, not a screen: nothing is switched over and nothing is moved.
    expect(output().toString('latin1')).not.toMatch(/\u001b\[\??[0-9;]*[A-HJKSTfhl]/);
  });

  it.each([
    ['a narrow one', { columns: 50 }],
    ['a dumb one', { env: { TERM: 'dumb' } }],
  ])('prints it plainly on %s', async (_, options) => {
    const { terminal } = await check(options);
    expect(terminal.text()).toMatch(/^heating\/flow +rw +r +w +-$/m);
    expect(terminal.text()).not.toMatch(/[│|]/);
  });

  it('prints it plainly and without colours into a pipe', async () => {
    const { stdout, code } = await runHometui(['acl', 'check', FILE]);
    expect(stdout).toMatch(/^heating\/flow +rw +r +w +-$/m);
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
  });
});

describe.runIf(mosquitto !== null)('acl probe', () => {
  it('takes the password from a file, and says the truth before and after', { timeout: 30_000 }, async () => {
    const broker = await startArticleBroker();
    try {
      const passwordFile = join(folder, 'password');
      writeFileSync(passwordFile, `${articlePasswords.dhtclient}\n`, { mode: 0o600 });
      const login = ['-L', broker.url, '-u', 'dhtclient', '--password-file', passwordFile];
      const sound = await runHometui(['acl', 'probe', broker.aclFile, ...login]);
      expect(sound).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringContaining('Access control is in force'),
      });
      await broker.reload({ acl: 'Topic readwrite #\n' });
      const broken = await runHometui(['acl', 'probe', broker.aclFile, ...login]);
      expect(broken).toMatchObject({ code: 2, stderr: '', stdout: expect.stringContaining('NOT IN FORCE') });
    } finally {
      await broker.close();
    }
  });
});
