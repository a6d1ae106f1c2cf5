import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-resilience-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(mosquitto !== null)('on a mosquitto', () => {
  const house = useArticleHouse('sys_interval 1');
  const login = () => house.login('monitor');

  /** Each with the first line of its output, and whether it writes lines after that. */
  const commands: readonly (readonly [args: readonly string[], first: RegExp])[] = [
    [['status'], /^OK /],
    [['status', '--format', 'json'], /^\{$/],
    [['watch', '--count', '3'], /connected to/],
    [['set', 'pump', 'on'], /^Pump on: confirmed/],
    [['--help'], /^hometui: /],
    [['completion', 'bash'], /^# bash completion/],
    [['config', 'show'], /^Settings file/],
    [['config', 'export'], /^\{\}$/],
  ];

  it.each(commands)('%j behind a pipe that is closed after a line ends well', async (args, first) => {
    const shell = '{ "$@"; echo "code $?" >&2; } | head -1';
    const ended = await runHometui(args, { env: login(), shell });
    expect(ended.stdout.trimEnd()).toMatch(first);
    expect(ended.stderr).toBe('code 0\n');
  });

  it.each(commands)('%j on a full disk says so and is 74', async args => {
    const ended = await runHometui(args, { env: login(), shell: '"$@" > /dev/full' });
    expect(ended).toMatchObject({ code: 74, stdout: '' });
    expect(ended.stderr).toContain('the output cannot be written: no space is left on the device');
  });

  it('set tells its verdicts all the same, and switches all that it was told to', async () => {
    const ended = await runHometui(['set', 'pump=on', 'pump=off'], { env: login(), shell: '"$@" > /dev/full' });
    expect(ended.stderr).toMatch(/^Pump on: confirmed in .*\nPump off: confirmed in .*\nhometui: the output cannot/);
    const denied = await runHometui(['set', 'fan', 'on'], { env: login(), shell: '"$@" > /dev/full' });
    expect(denied).toMatchObject({ code: 77, stderr: expect.stringMatching(/^Fan on: denied/) });
  });

  // Node gives a closed descriptor /dev/null before the first line runs: the command does its work, and its code is true.
  it.each(commands)('%j with a closed output does its work', async args => {
    expect(await runHometui(args, { env: login(), shell: '"$@" >&-' })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await runHometui(args, { env: login(), shell: '"$@" <&- >&- 2>&-' })).toMatchObject({ code: 0 });
  });

  it.each([
    ['unset', undefined],
    ['empty', ''],
    ['relative', 'somewhere'],
    ['a device', '/dev/null'],
    ['below a file', 'FILE/home'],
    // Nobody may make a folder there, root included.
    ['not to be written', '/sys'],
  ])('works where HOME is %s', async (_, place) => {
    writeFileSync(join(folder, 'file'), '');
    const home = place?.replace('FILE', join(folder, 'file'));
    const env = { ...login(), HOME: home };
    const runs = commands
      .filter(([words]) => words[1] !== 'export')
      .map(async ([args]) => {
        expect(await runHometui(args, { env }), args.join(' ')).toMatchObject({ code: 0, stderr: '' });
      });
    await Promise.all(runs);
    const save = await runHometui(['config', 'save', 'pi', '-h', 'pi'], { env: { HOME: home } });
    expect(save).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/^hometui: .*(settings|HOME)[\s\S]*\n {2}\S/),
    });
    expect(save.stderr).not.toMatch(/E[A-Z]{4,}/);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('a hundred at once all answer, and leave neither a session nor a file behind', async () => {
    const env = { ...login(), HOME: folder };
    const runs = await Promise.all(Array.from({ length: 100 }, () => runHometui(['status', '-t', '60'], { env })));
    expect(runs.filter(run => run.code !== 0 || run.stderr !== '' || !run.stdout.startsWith('OK '))).toEqual([]);
    const inLog = (pattern: RegExp): number => house.broker.readLog().match(pattern)?.length ?? 0;
    const opened = inLog(/New client connected .* as hometui-/g);
    expect(opened).toBeGreaterThanOrEqual(100);
    // A broker that is slow to take the goodbye is not waited for.
    const closed = (): number => inLog(/Client hometui-\S+ (disconnected|closed its connection)\./g);
    await expect.poll(closed, { timeout: 10_000 }).toBe(opened);
    // The two devices and the one who asks.
    await expectClients(house.broker.url, 3);
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter(name => !/^\.cache(\/hometui(\/code-status-[0-9a-f]{12}-v[\w.-]+)?)?$/.test(name))).toEqual([]);
    expect(left.filter(name => /\.\d+$/.test(name))).toEqual([]);
  }, 120_000);
});

/**
 * Waits until the broker itself counts so many clients, sessions without a connection included. It says it only when it
 * changes: what it had kept may be of now already.
 */
async function expectClients(url: string, count: number): Promise<void> {
  const options = { username: 'master', password: articlePasswords.master ?? '' };
  const client = await connectAsync(url, options);
  let total = 0;
  client.on('message', (_, payload) => {
    total = Number(payload);
  });
  try {
    await client.subscribeAsync('$SYS/broker/clients/total');
    await expect.poll(() => total, { timeout: 15_000 }).toBe(count);
  } finally {
    await client.endAsync();
  }
}
