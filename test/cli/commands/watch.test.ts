import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../src/app/world.ts';
import { parseArguments } from '../../../src/cli/args/parse.ts';
import { runWatch } from '../../../src/cli/commands/watch.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { articlePasswords, startArticleBroker, startDevice, wellCellar } from '../../helpers/house/article-house.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const program = requireProgram('mosquitto');
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** `hometui watch` as monitor, with the broker's log. */
async function watch(url: string, log: string, ...more: string[]) {
  const home = mkdtempSync(join(tmpdir(), 'hometui-watch-'));
  opened.push(() => rmSync(home, { recursive: true, force: true }));
  const stdout = new PassThrough();
  let out = '';
  stdout.on('data', chunk => {
    out += String(chunk);
  });
  const format = more.includes('--format') ? [] : ['--format', 'json'];
  const words = ['watch', '-L', url, '-u', 'monitor', '--broker-log', log, ...format, ...more];
  const args = await parseArguments(words);
  if (!args.ok) throw new Error(args.error.message);
  const signals = new Map<string, () => void>();
  const world = {
    ...{ stdin: Readable.from([]), stdout, stderr: new PassThrough(), argv: [], platform: process.platform },
    ...{ clock: systemClock(), random: Math.random, env: { HOME: home, HOMETUI_PASSWORD: articlePasswords.monitor } },
    onSignal: (name: string, listener: () => void) => {
      signals.set(name, listener);
      return () => void signals.delete(name);
    },
  } as unknown as World;
  const ended = runWatch(args.value, world);
  opened.push(async () => {
    signals.get('SIGTERM')?.();
    await ended;
  });
  const lines = (): { type: string; severity: string; text: string; id?: string }[] =>
    out
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
  return { out: () => out, lines, ended, stop: () => signals.get('SIGTERM')?.() };
}

describe.runIf(program !== null)('hometui watch on a real mosquitto', () => {
  it.each(['text', 'json'])(
    'tells a denial once for people, and its alarm besides for programs: %s',
    async format => {
      const broker = await startArticleBroker();
      opened.push(() => broker.close());
      const { out } = await watch(broker.url, broker.logFile, '--format', format);
      await expect.poll(out, { timeout: 10_000 }).toContain('connected to');
      const device = await startDevice(broker.url, 'dhtclient', []);
      opened.push(() => device.close());
      device.client.publish('heating/flow', '1');
      device.client.publish('heating/return', '1');
      const denied = (): number => out().split('dhtclient may not publish to heating/').length - 1;
      // Of two at once one alarm is raised, which names one of them.
      await expect.poll(denied, { timeout: 10_000 }).toBeGreaterThanOrEqual(format === 'text' ? 2 : 3);
      await expect.poll(() => out().includes('denied somebody'), { timeout: 1_000 }).toBe(format === 'json');
    },
    40_000,
  );
});

describe.runIf(program !== null)('hometui watch --only on a real mosquitto', () => {
  it('tells of a broker without its access control list, and when it has it again, whatever was asked for', async () => {
    const broker = await startArticleBroker();
    opened.push(() => broker.close());
    const { lines } = await watch(broker.url, broker.logFile, '--only', 'flow');
    const texts = (): string[] => lines().map(({ type, severity, text }) => `${type} ${severity}: ${text}`);
    await expect.poll(texts, { timeout: 10_000 }).toContainEqual(expect.stringMatching(/^link good/));
    await broker.reload({ acl: 'user monitor\nTopic read #\n' });
    await expect.poll(texts, { timeout: 10_000 }).toContainEqual(expect.stringMatching(/^broker critical: .*WITHOUT/));
    await broker.reload({ acl: 'user monitor\ntopic read #\n' });
    await expect.poll(texts, { timeout: 10_000 }).toContainEqual(expect.stringMatching(/^broker good: .*list again/));
    expect(texts().filter(text => text.includes('reloads'))).toEqual([]);
  }, 40_000);

  it('--until-ok does not end in the moment between a reload and the news that it failed too', async () => {
    const broker = await startArticleBroker();
    opened.push(() => broker.close());
    const device = await startDevice(broker.url, 'dhtclient', []);
    opened.push(() => device.close());
    device.speak(wellCellar);
    const broken = { acl: 'user monitor\nTopic read #\n' };
    await broker.reload(broken);
    const { lines, ended, stop } = await watch(broker.url, broker.logFile, '--only', 'temperature', '--until-ok');
    const alarms = (): number =>
      lines().filter(({ type, text }) => type === 'broker' && text.includes('WITHOUT')).length;
    await expect.poll(alarms, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => lines().some(({ id }) => id === 'temperature'), { timeout: 10_000 }).toBe(true);
    for (const count of [2, 3]) {
      await broker.reload(broken);
      await expect.poll(alarms, { timeout: 10_000 }).toBe(count);
    }
    stop();
    expect(await ended).toBe(143);
  }, 40_000);
});
