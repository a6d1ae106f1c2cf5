import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
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
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { mosquittoProgram, type RunningBroker, runBroker } from '../helpers/brokers/run-broker.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { type Ended, type HometuiOptions, type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const isPossible = requireProgram('mosquitto') !== null;
const isRoot = process.getuid?.() === 0;
const USERS = ['heating', 'dhtclient', 'monitor', 'master'];
const close: (() => unknown)[] = [];
let folder: string;
let target: string;
let port: number;

beforeAll(() => void builtProgram());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-setup-'));
  chmodSync(folder, 0o755);
  target = join(folder, 'broker');
  port = await freePort();
});
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** The program under test asks the broker that the tests are run with. */
function setup(words: readonly string[], options: HometuiOptions = {}): Promise<Ended> {
  const at = ['--bind', '127.0.0.1', '--port', String(port), '--mosquitto', mosquittoProgram()];
  return runHometui(['setup', '--dir', target, ...at, ...words], options);
}

function passwordFile(words: Readonly<Record<string, string>>): string {
  const file = join(folder, 'list');
  writeFileSync(
    file,
    `${Object.entries(words)
      .map(([user, word]) => `${user}:${word}`)
      .join('\n')}\n`,
  );
  return file;
}

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true })
    .map(String)
    .filter(name => statSync(join(path, name)).isFile())
    .sort();
const textOf = (name: string): string => readFileSync(join(target, name), 'utf8');

async function start(): Promise<RunningBroker> {
  const broker = await runBroker(join(target, 'conf.d/50-hometui.conf'));
  close.push(broker.close);
  return broker;
}

/** The console, as somebody who has just been set up. */
async function showsAllLive(login: Readonly<Record<string, string>>): Promise<void> {
  const env = { ...login, HOME: folder, PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
  const program = await startInPty(process.execPath, { args: [builtProgram()], env });
  close.push(program.close);
  await program.waitFor('All 4 values and 2 clients are live', 15_000);
  program.write('q');
  expect((await program.exit).code).toBe(0);
}

describe.runIf(isPossible)('hometui setup', () => {
  it('writes nothing where nothing can be laid ready for a rehearsal, and says why', async () => {
    const env = { TMPDIR: join(folder, 'none') };
    const said = await setup(['--generate', '--yes'], { env });
    expect([said.code, said.stderr]).toEqual([
      74,
      expect.stringContaining(
        'the folder for temporary files cannot be used: there is no such file\n  Nothing was written',
      ),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes of an empty folder a broker, two live devices and rights that hold', { timeout: 60_000 }, async () => {
    const startedAt = performance.now();
    const made = await setup(['--generate', '--yes']);
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toMatch(/4 of 4 users logged in; 80 of 80 answers as the file says\n/);
    const passwords = new Map(
      USERS.map(user => [user, new RegExp(`"${user}" +(\\S+)`, 'g')] as const).map(([user, said]) => [
        user,
        [...made.stdout.matchAll(said)].at(-1)?.[1] ?? '',
      ]),
    );
    expect([...passwords.values()].every(word => /^\d{4}(-\d{4}){4}$/.test(word))).toBe(true);
    await start();
    const as = (user: string): Record<string, string> => ({
      ...{ HOMETUI_URL: `mqtt://127.0.0.1:${port}`, HOMETUI_USER: user },
      HOMETUI_PASSWORD: passwords.get(user) ?? '',
    });
    for (const device of ['heating', 'dhtclient']) {
      const running: Running = startHometui(['simulate', device], { env: as(device) });
      close.push(running.close);
      await running.waitFor(/connected as/);
    }
    const status = await runHometui(['status', '--timeout', '10'], { env: as('monitor') });
    expect([status.code, status.stderr], status.stdout).toEqual([0, '']);
    expect((await runHometui(['set', 'pump', 'off'], { env: as('monitor') })).stdout).toContain('Pump off: confirmed');
    expect((await runHometui(['set', 'fan', 'on'], { env: as('master') })).stdout).toContain('Fan on: confirmed');
    for (const user of ['monitor', 'master']) await showsAllLive(as(user));
    const probe = await runHometui(['acl', 'probe', join(target, 'acl')], { env: as('heating') });
    expect([probe.code, probe.stderr]).toEqual([0, '']);
    writeFileSync(join(folder, 'word'), passwords.get('master') ?? '');
    const conf = [
      '--conf',
      join(target, 'conf.d/50-hometui.conf'),
      '--password-file',
      join(folder, 'word'),
      '--timeout',
      '9',
    ];
    const doctor = await runHometui(['doctor', ...conf], { env: { ...as('master'), HOMETUI_PASSWORD: undefined } });
    expect([doctor.code, doctor.stdout.match(/^[✗▲].*/gm)], doctor.stdout).toEqual([0, null]);
    // Of which a person's own time is a second or two: nothing is asked here.
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  it('writes nothing with --dry-run, and says what it would', async () => {
    // Other tests rehearse at the same time, where all of them would do so.
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary, { mode: 0o755 });
    const { code, stdout } = await setup(['--generate', '--dry-run'], { env: { TMPDIR: temporary } });
    expect([code, statSync(target, { throwIfNoEntry: false })]).toEqual([0, undefined]);
    expect(stdout).toContain('allow_anonymous false');
    expect(stdout).toContain('80 of 80 answers as the file says');
    expect(stdout).not.toMatch(/\d{4}-\d{4}-\d{4}|\$7\$/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('has TLS with an authority of its own, and the rehearsal logs in over it', async () => {
    const { code, stdout } = await setup(['--generate', '--yes', '--tls', '--host', 'pi.example']);
    expect([code, stdout.includes('logged in, with and without TLS')], stdout).toEqual([0, true]);
    expect(statSync(join(target, 'certs/server.key')).mode & 0o777).toBe(0o600);
    const { stdout: shown } = spawnSync(
      'openssl',
      ['x509', '-noout', '-ext', 'subjectAltName', '-in', join(target, 'certs/server.crt')],
      { encoding: 'utf8' },
    );
    for (const name of ['DNS:pi.example', 'DNS:localhost', 'IP Address:127.0.0.1']) expect(shown).toContain(name);
    const before = textOf('certs/ca.crt');
    expect((await setup(['--generate', '--yes', '--tls'])).code).toBe(0);
    expect(textOf('certs/ca.crt')).toBe(before);
    const other = await setup(['--generate', '--dry-run', '--tls', '--host', 'other.example']);
    expect(other.stdout).toContain(`certificate in ${target}/certs/server.crt is not for other.example.`);
    rmSync(join(target, 'certs'), { recursive: true });
    const without = await setup(['--generate', '--dry-run', '--tls'], { env: { PATH: folder } });
    expect([without.code, without.stderr.includes('made with the program openssl, which is not here')]).toEqual([
      78,
      true,
    ]);
  });

  it('run again changes nothing, and keeps the passwords', async () => {
    await setup(['--passwords', passwordFile({ heating: 'a', dhtclient: 'b', monitor: 'c', master: 'd' }), '--yes']);
    const before = filesIn(target).map(name => [name, name.startsWith('.') ? '' : textOf(name)]);
    const { code, stdout } = await setup(['--passwords', join(folder, 'list'), '--yes']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^same {5}passwd/m);
    expect(stdout).toContain(`All is so already in ${target}.`);
    const kept = await setup(['--yes']);
    expect(kept.stdout).toContain('"heating" keeps the password, which is not known here: only its rights were tried');
    expect(
      filesIn(target)
        .filter(name => !name.endsWith('.bak'))
        .map(name => [name, name.startsWith('.') ? '' : textOf(name)]),
    ).toEqual(before);
  });

  it('leaves the lines of other users as they are, byte for byte', async () => {
    mkdirSync(target);
    const others = '\ufeff# mine\r\nother:$7$101$AAAAAAAAAAAAAAAA$'.concat(Buffer.alloc(64).toString('base64'), '\r\n');
    writeFileSync(join(target, 'passwd'), others);
    expect((await setup(['--generate', '--yes'])).code).toBe(0);
    expect(textOf('passwd').startsWith(others)).toBe(true);
    expect(textOf('passwd').slice(others.length)).toMatch(/^(?:\w+:\$7\$1000\$\S+\r\n){4}$/);
  });

  it('takes the last one back, and refuses where a file was changed since', async () => {
    await setup(['--generate', '--yes']);
    const first = textOf('acl');
    await setup(['--viewers', 'guest', '--generate', '--yes']);
    const second = textOf('acl');
    writeFileSync(join(target, 'acl'), `${second}# mine\n`);
    const refused = await runHometui(['setup', '--undo', '--dir', target]);
    expect([refused.code, textOf('acl')]).toEqual([74, `${second}# mine\n`]);
    expect(refused.stderr).toContain(`${join(target, 'acl')} cannot be changed: it was changed since`);
    expect(refused.stderr).toContain('take them back by hand.');
    expect(refused.stderr).not.toContain('again');
    writeFileSync(join(target, 'acl'), second);
    expect((await runHometui(['setup', '--undo', '--dir', target])).code).toBe(0);
    expect(textOf('acl')).toBe(first);
    expect((await runHometui(['setup', '--undo', '--dir', target])).code).toBe(0);
    expect(readdirSync(folder)).not.toContain('broker');
    expect((await runHometui(['setup', '--undo', '--dir', folder])).code).toBe(66);
  });
});

describe.runIf(isPossible)('hometui setup beside a conf that is there', () => {
  const main = (lines: readonly string[]): void => {
    mkdirSync(join(target, 'conf.d'), { recursive: true });
    writeFileSync(join(target, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  };

  it('rehearses all of it, writes nothing that is not its own, and the broker starts with all of it', async () => {
    const [web, data] = [await freePort(), join(folder, 'data')];
    mkdirSync(data);
    main([
      ...['# mine', `pid_file ${data}/pid`, 'persistence true', `persistence_location ${data}/`],
      ...[`log_dest file ${data}/log`, `include_dir ${target}/conf.d`, ...(isRoot ? ['user root'] : [])],
    ]);
    writeFileSync(
      join(target, 'conf.d/20-more.conf'),
      `listener ${web} 127.0.0.1\nmax_qos 1\n\nconnection cloud\naddress far.example\ntopic # out\n`,
    );
    const { code, stdout } = await setup(['--generate', '--yes']);
    expect([code, stdout.match(/^Not tried: .*$/gm)], stdout).toEqual([
      0,
      [`Not tried: the bridge cloud, which would reach another broker (${target}/conf.d/20-more.conf:4)`],
    ]);
    expect(stdout).toContain('4 of 4 users logged in; 80 of 80 answers as the file says');
    expect(readdirSync(data)).toEqual([]);
    expect(statSync(join(target, 'passwd')).uid).toBe(process.getuid?.());
    writeFileSync(join(target, 'mosquitto.conf'), `${textOf('mosquitto.conf')}log_dest stderr\n`);
    writeFileSync(join(target, 'conf.d/20-more.conf'), `listener ${web} 127.0.0.1\nmax_qos 1\n`);
    const broker = await runBroker(join(target, 'mosquitto.conf'));
    close.push(broker.close);
    expect(broker.log()).toContain('running');
  });

  it('shows the words of a broker that does not start with it, by the names that the files really have', async () => {
    main([`include_dir ${target}/conf.d`, 'persistence true']);
    writeFileSync(join(target, 'conf.d/20-more.conf'), '\nmax_qos 7\n');
    const { code, stdout } = await setup(['--generate', '--yes']);
    expect([code, filesIn(target)]).toEqual([2, ['conf.d/20-more.conf', 'mosquitto.conf']]);
    expect(stdout).toMatch(/does not start with these files and the rest of its conf \(exit code \d+\)\. It says:\n/);
    expect(stdout).toContain(`${target}/conf.d/20-more.conf:2`);
    expect(stdout).not.toContain('hometui-rehearsal');
  });
});

describe.runIf(isPossible)('hometui setup for a broker that looks elsewhere', () => {
  it.runIf(isRoot)('writes as any user, for himself alone, and says what root has to do', async () => {
    const nobody = 65_534;
    chownSync(folder, nobody, nobody);
    const system = join(folder, 'system');
    mkdirSync(system);
    writeFileSync(join(system, 'mosquitto.conf'), 'persistence true\n');
    const words = [
      'setup',
      '--dir',
      target,
      '--broker-dir',
      system,
      '--generate',
      '--yes',
      '--mosquitto',
      mosquittoProgram(),
    ];
    const ended = spawnSync(process.execPath, [builtProgram(), ...words], {
      ...{ uid: nobody, gid: nobody, encoding: 'utf8', env: { HOME: folder, PATH: process.env.PATH } },
    });
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toContain('80 of 80 answers as the file says');
    expect(textOf('conf.d/50-hometui.conf')).toContain(`acl_file ${system}/acl\n`);
    const { uid, mode } = statSync(join(target, 'passwd'));
    expect([uid, mode & 0o777]).toEqual([nobody, 0o600]);
    expect(ended.stdout).toContain(`warning: the broker does not read the new conf`);
    expect(ended.stdout).toContain(`  Add the line: include_dir ${system}/conf.d\n`);
    expect(ended.stdout).toContain(`    sudo mkdir -p ${system} ${system}/conf.d\n`);
    expect(ended.stdout).toContain(`    sudo install -o mosquitto -g mosquitto -m 0600 ${target}/acl ${system}/acl\n`);
    expect(ended.stdout).toContain(
      `    sudo install -m 0644 ${target}/conf.d/50-hometui.conf ${system}/conf.d/50-hometui.conf\n`,
    );
    expect(ended.stdout).toContain('    sudo systemctl restart mosquitto\n');
    const again = spawnSync(process.execPath, [builtProgram(), ...words, '--viewers', 'guest'], {
      ...{ uid: nobody, gid: nobody, encoding: 'utf8', env: { HOME: folder, PATH: process.env.PATH } },
    });
    expect([again.status, again.stdout.includes('    sudo systemctl reload mosquitto\n')]).toEqual([0, true]);
  });

  it.runIf(isRoot)('warns of a folder that the broker cannot enter', async () => {
    chmodSync(folder, 0o700);
    const { code, stdout } = await setup(['--generate', '--yes']);
    expect([code, stdout.includes(`The user mosquitto cannot enter ${folder}: let it in`)]).toEqual([0, true]);
  });

  it('takes a list of passwords with a byte-order mark and line ends of Windows', async () => {
    writeFileSync(join(folder, 'list'), '\ufeff# mine\r\n\r\nheating: a \r\ndhtclient:b:c\r\n');
    const { code, stdout } = await setup(['--passwords', join(folder, 'list'), '--generate', '--yes']);
    expect([code, stdout.includes('4 of 4 users logged in')]).toEqual([0, true]);
    expect(textOf('devices/heating/settings.py')).toContain('PASSWORD = b" a "\n');
    expect(textOf('devices/dhtclient/settings.py')).toContain('PASSWORD = b"b:c"\n');
    writeFileSync(join(folder, 'list'), 'heating\n');
    const broken = await setup(['--passwords', join(folder, 'list'), '--generate', '--yes']);
    expect([broken.code, broken.stderr.includes(`${join(folder, 'list')}:1: this is no user:password`)]).toEqual([
      78,
      true,
    ]);
  });
});

describe.runIf(isPossible)('hometui setup changes nothing', () => {
  it.runIf(isRoot)('where a target is a folder, a dangling link, or immutable', { timeout: 60_000 }, async () => {
    mkdirSync(join(target, 'acl'), { recursive: true });
    expect(await setup(['--generate', '--yes'])).toMatchObject({
      code: 66,
      stderr: expect.stringContaining('it is a folder'),
    });
    rmSync(join(target, 'acl'), { recursive: true });
    symlinkSync(join(folder, 'nothing'), join(target, 'acl'));
    expect(await setup(['--generate', '--yes'])).toMatchObject({
      code: 66,
      stderr: expect.stringContaining('a link to a file that is not there'),
    });
    rmSync(join(target, 'acl'));
    writeFileSync(join(target, 'acl'), 'user me\ntopic read #\n');
    const isImmutable = spawnSync('chattr', ['+i', join(target, 'acl')]).status === 0;
    if (!isImmutable) return;
    close.push(() => void spawnSync('chattr', ['-i', join(target, 'acl')]));
    expect(await setup(['--generate', '--yes'])).toMatchObject({
      code: 74,
      stderr: expect.stringContaining('immutable'),
    });
    expect(filesIn(target)).toEqual(['acl']);
  });

  it.runIf(isRoot)('where a file belongs to another user', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'acl'), 'user me\ntopic read #\n', { mode: 0o644 });
    const nobody = 65_534;
    chownSync(target, nobody, nobody);
    const words = ['setup', '--dir', target, '--generate', '--yes', '--mosquitto', '/bin/false', '--without-rehearsal'];
    const ended = spawnSync(process.execPath, [builtProgram(), ...words], {
      ...{ uid: nobody, gid: nobody, encoding: 'utf8', env: { HOME: folder, PATH: process.env.PATH } },
    });
    expect([ended.status, filesIn(target)], ended.stderr).toEqual([74, ['acl']]);
    expect(ended.stderr).toContain('it belongs to another user, and must stay so');
  });

  it('on a full disk', async () => {
    mkdirSync(target);
    const text = `${'# a line that makes it longer than the disk has room\n'.repeat(40)}user me\ntopic read #\n`;
    writeFileSync(join(target, 'acl'), text);
    const words = ['--generate', '--yes', '--mosquitto', '/bin/false', '--without-rehearsal'];
    const { code, stderr } = await setup(words, { shell: 'ulimit -f 1; exec "$@"' });
    expect([code, filesIn(target), textOf('acl')], stderr).toEqual([74, ['acl'], text]);
  });

  it('where the broker does not start in the rehearsal, whose own words are shown', async () => {
    const broken = join(folder, 'mosquitto');
    // It says its version, and then does not know a setting of ours: as an old one would.
    writeFileSync(
      broken,
      `#!/bin/sh\n[ "$1" = -h ] && exec ${mosquittoProgram()} -h\necho "1: Error: Unknown configuration variable set_tcp_nodelay."; exit 3\n`,
    );
    chmodSync(broken, 0o755);
    const { code, stdout } = await setup(['--generate', '--yes', '--mosquitto', broken]);
    expect([code, statSync(target, { throwIfNoEntry: false })]).toEqual([2, undefined]);
    expect(stdout).toContain(
      'does not start with these files (exit code 3). It says:\n1: Error: Unknown configuration variable',
    );
    expect(stdout).toContain('Nothing was written.');
  });

  it('without a mosquitto, unless that is asked for', async () => {
    const refused = await setup(['--generate', '--yes', '--mosquitto', '/bin/false']);
    expect([refused.code, refused.stderr.includes('nothing can be rehearsed')]).toEqual([78, true]);
    const written = await setup(['--generate', '--yes', '--mosquitto', '/bin/false', '--without-rehearsal']);
    expect([written.code, written.stdout.includes('not proven are that the broker starts')]).toEqual([0, true]);
  });

  it('where another conf of the broker brings rights, users or the port', async () => {
    mkdirSync(join(target, 'conf.d'), { recursive: true });
    writeFileSync(join(target, 'mosquitto.conf'), `listener ${port}\ninclude_dir ${target}/conf.d\n`);
    writeFileSync(join(target, 'conf.d/020-restricted.conf'), 'password_file /etc/users\nacl_file /etc/acl\n');
    const { code, stderr } = await setup(['--generate', '--yes']);
    expect(code).toBe(78);
    expect(stderr).toContain(`${target}/mosquitto.conf:1: error: port ${port} has a listener here already`);
    expect(stderr).toContain('020-restricted.conf:1: error: password_file /etc/users is set here already');
    expect(stderr).toContain('020-restricted.conf:2: error: acl_file /etc/acl is set here already');
    expect(filesIn(target)).toEqual(['conf.d/020-restricted.conf', 'mosquitto.conf']);
  });

  it.each([
    [['--viewers', '#'], 'begins with #'],
    [['--viewers', ' guest'], 'has a blank at its beginning or end'],
    [['--viewers', 'a:b'], 'has a colon'],
    [['--passwords', 'LIST'], 'the password of "heating" is empty'],
  ])('for %j', async (words, says) => {
    passwordFile({ heating: '' });
    const real = words.map(word => (word === 'LIST' ? join(folder, 'list') : word));
    const { code, stderr } = await setup([...real, '--generate', '--yes']);
    expect([code, statSync(target, { throwIfNoEntry: false })], stderr).toEqual([78, undefined]);
    expect(stderr).toContain(says);
  });

  it('for topics that the language of the ACL has no way for', async () => {
    const house = JSON.parse(
      readFileSync(new URL('../fixtures/house/blank-topic.json', import.meta.url), 'utf8'),
    ) as object;
    writeFileSync(join(folder, 'house.json'), JSON.stringify(house));
    const { code, stderr } = await setup(['--house', join(folder, 'house.json'), '--generate', '--yes']);
    expect([code, statSync(target, { throwIfNoEntry: false })]).toEqual([78, undefined]);
    expect(stderr).toContain('"heating/flow "');
  });

  it.each(['a:b', 'two words ', 'pässwörd 🏠', 'x'.repeat(200), '"\\\'$(id)'])(
    'but takes the password %j',
    async word => {
      const file = passwordFile({ heating: word, dhtclient: word, monitor: word, master: word });
      const { code, stdout } = await setup(['--passwords', file, '--viewers', '%u', '--generate', '--yes']);
      expect([code, stdout.includes('5 of 5 users logged in')], stdout).toEqual([0, true]);
    },
  );
});
