import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandEntries } from '../../src/cli/args/commands.ts';
import { presets } from '../../src/core/house/presets.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { articlePasswords, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { findProgram, requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const run = promisify(execFile);
const mosquitto = requireProgram('mosquitto');
const systemdAnalyze = requireProgram('systemd-analyze', 'systemd');
const readme = readFileSync('README.md', 'utf8');

/** The fenced block of a kind under the heading on services. */
function block(kind: string): string {
  const section = /\n## As a service, and in cron\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  return new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? '';
}

describe.runIf(mosquitto !== null)('what is there to be pasted', () => {
  const house = useArticleHouse();
  let home: string;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'hometui-paste-'));
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'hometui'), `#!/bin/sh\nexec ${process.execPath} ${PROGRAM} "$@"\n`);
    chmodSync(join(bin, 'hometui'), 0o755);
    // With a relay that says by itself where it stands: else nobody knows it before the first command.
    house.heating.speak({ ...wellHeating, 'heating/pump/done': 'off' });
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const environment = (): Record<string, string> => ({
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    LANG: 'C.UTF-8',
    ...house.login('monitor'),
  });
  const paste = (line: string, env: Readonly<Record<string, string>> = environment()) =>
    run('bash', ['--norc', '-c', line], { cwd: home, env, timeout: 60_000 });

  describe('from the README', () => {
    it('the profile is saved, and the line for cron writes what Prometheus reads', async () => {
      const save = block('sh').trim().replace('-h localhost', `-L ${house.broker.url}`);
      expect((await paste(save)).stdout).toContain('+ profiles.home.password: (hidden)');
      const line =
        block('cron')
          .split('\n')
          .find(it => it.startsWith('*')) ?? '';
      const { PATH, HOME } = environment() as { PATH: string; HOME: string };
      const said = await paste(line.replace(/^(\S+ ){5}/, ''), { PATH, HOME });
      expect(said).toEqual({ stdout: '', stderr: '' });
      const metrics = parsePrometheus(readFileSync(join(home, 'metrics/hometui.prom'), 'utf8'));
      expect(metrics.get('hometui_status')?.samples).toEqual([{ labels: { house: 'Home' }, value: 0 }]);
    });

    it.runIf(systemdAnalyze !== null)('the unit is one that systemd takes, and its command runs', async () => {
      const unit = join(home, 'hometui-watch.service');
      writeFileSync(unit, block('ini'));
      const env = { ...process.env, XDG_RUNTIME_DIR: home };
      const verify = (file: string) => run(systemdAnalyze ?? '', ['verify', '--user', '--man=no', file], { env });
      expect(await verify(unit)).toEqual({ stdout: '', stderr: '' });
      // It is one that finds faults.
      const broken = join(home, 'broken.service');
      writeFileSync(broken, block('ini').replace('Restart=', 'Restrat='));
      await expect(verify(broken).then(said => said.stderr)).resolves.toContain('Restrat');
      const command = /^ExecStart=(.*)$/m.exec(block('ini'))?.[1] ?? '';
      const { PATH, HOME } = environment() as { PATH: string; HOME: string };
      const { stdout } = await paste(`${command} --count 2`, { PATH, HOME });
      expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ type: 'link', connected: true });
    });
  });

  const examples = commandEntries.flatMap(([name, spec]) => spec.examples.map(([line]) => [name, line] as const));
  const onScreen = examples.filter(([name]) => name === 'console' || name === 'demo');
  const ending = examples.filter(entry => !onScreen.includes(entry));

  /** The example on the broker of the test, with its files; nothing else of it is touched. */
  function prepare(line: string): string {
    for (const [user, password] of Object.entries(articlePasswords))
      writeFileSync(join(home, `.${user}`), `${password}\n`);
    writeFileSync(join(home, 'hometui.json'), '{"theme": "light"}');
    // Without those whom the examples add.
    const users = readFileSync(house.broker.passwordFile, 'utf8').replace(/^(monitor|heating):.*\n/gm, '');
    writeFileSync(join(home, 'passwd'), users, { mode: 0o600 });
    writeFileSync(join(home, 'list.txt'), 'guest:a password of his own\n');
    for (const [user, file] of [
      ['master', 'm.pw'],
      ['monitor', 'mo.pw'],
      ['heating', 'h.pw'],
    ] as const)
      writeFileSync(join(home, file), `${articlePasswords[user]}\n`);
    writeFileSync(join(home, 'mosquitto.conf'), 'listener 1883\npassword_file passwd\nacl_file acl\n');
    writeFileSync(join(home, 'acl'), readFileSync(house.broker.aclFile));
    writeFileSync(join(home, 'my-house.json'), JSON.stringify(presets.article));
    return line
      .replace(/^sudo (?=hometui users add .* monitor$)/, 'echo a password | ')
      .replace(/^sudo /, '')
      .replace('/etc/mosquitto/passwd', 'passwd')
      .replace('-h raspberrypi.local', `-h 127.0.0.1 -p ${house.broker.port}`)
      .replace('/etc/mosquitto/acl', house.broker.aclFile)
      .replace(/(?<=hometui setup)(?= --undo|$)/, ' --dir broker')
      .replace(/(?<=hometui acl write) acl/, ' new-acl')
      .replace(/hometui doctor/, '$& --timeout 1')
      .replace(/--for (60|120)/, '--for 1')
      .replace(/hometui discover(?!.*--for)/, '$& --for 1')
      .replace(/--broker-log \S+/, `--broker-log ${house.broker.logFile}`);
  }

  /** Those that go on until they are ended. */
  const isEndless = (line: string): boolean => / simulate | daemon -h|watch --only/.test(line);
  // zsh and fish are tried by test/cli/help/completion.test.ts.
  const inBash = ending.filter(([, line]) => !/zsh|\| source/.test(line));

  /** How an example may end here: with nothing recorded in this HOME, no other broker's topics, and no terminal to ask on. */
  function codesOf(name: string, line: string): readonly number[] {
    // It ran until it was ended.
    if (isEndless(line)) return [124];
    if (/hometui (history )?import/.test(line)) return [66];
    if (/keys revoke|--publish|discover --output/.test(line)) return [64];
    if (/hometui setup$/.test(line)) return [64];
    if (/house edit/.test(line)) return [77];
    if (/zigbee2mqtt/.test(line)) return [3];
    const answers: Readonly<Record<string, readonly number[]>> = {
      // A finding is an answer, too.
      acl: [0, 1, 2],
      doctor: [0, 1, 2],
      history: [3],
      events: [3],
      notify: [3, 64],
      alarms: [3, 75],
      replay: [3],
      daemon: [0, 3],
    };
    return answers[name] ?? [0];
  }

  it.each(inBash)('an example of %s works: %s', async (name, line) => {
    const piped = /\| (\w+)/.exec(line)?.[1] ?? 'bash';
    const whole = prepare(findProgram(piped) === null ? line.replace(/ \|.*$/, '') : line);
    const password = articlePasswords[name === 'simulate' ? 'dhtclient' : 'monitor'] ?? '';
    // What the daemon records is not what is told of a house without a history.
    const state: Record<string, string> = name === 'daemon' ? { XDG_STATE_HOME: join(home, 'recorded') } : {};
    const env = { ...environment(), HOMETUI_PASSWORD: password, ...state };
    const { stdout, code } = await paste(isEndless(line) ? `timeout 3 ${whole}` : whole, env).then(
      said => ({ ...said, code: 0 }),
      (error: { stdout: string; code: number }) => error,
    );
    expect(codesOf(name, line)).toContain(code);
    const hasAnswer = name === 'daemon' || [0, 1, 2, 124].includes(code);
    const isSaid = /hometui keys/.test(line);
    const isElsewhere = line.startsWith('source') || (line.includes('--output') && !isSaid) || line.includes('> ');
    // What is found goes into the file, and what would be published is shown before the question.
    const isAside = /discover --house|--publish/.test(line);
    if (!isAside) expect(stdout === '').toBe(!hasAnswer || isElsewhere);
  });

  it.each(onScreen)('an example of %s draws: %s', async (_, line) => {
    // A broker with TLS under this name is not at hand: there the console says so, and stands.
    const program = await startInPty('bash', { args: ['--norc', '-c', prepare(line)], cwd: home, env: environment() });
    try {
      await program.waitFor(line.includes('ca.crt') ? 'ca.crt cannot be read' : /connected|live|Password/);
    } finally {
      await program.close();
    }
  });
});
