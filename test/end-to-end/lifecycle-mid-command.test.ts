import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mosquitto } from '../helpers/brokers/mosquitto.ts';
import {
  articlePasswords,
  startArticleBroker,
  startDevice,
  type TestDevice,
  wellHeating,
} from '../helpers/house/article-house.ts';
import { openFarEnd } from '../helpers/lifecycle/far-end.ts';
import { isRunning, until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

describe.runIf(requireProgram('mosquitto') !== null)('a line that dies in mid-command', () => {
  let broker: Mosquitto;
  let heating: TestDevice;
  let state: string;
  const opened: { close(): Promise<void> }[] = [];
  const command = (...more: string[]): string[] => [
    process.execPath,
    PROGRAM,
    ...more,
    '-L',
    broker.url,
    '-u',
    'monitor',
  ];
  const env = (): Record<string, string> => ({
    HOMETUI_PASSWORD: articlePasswords.monitor ?? '',
    XDG_STATE_HOME: state,
  });
  const log = (): string => join(state, 'hometui/hometui.log');

  beforeAll(async () => {
    broker = await startArticleBroker();
  });
  beforeEach(async () => {
    state = mkdtempSync(join(tmpdir(), 'hometui-state-'));
    heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
    heating.speak(wellHeating);
    heating.answer(false);
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await heating.close();
    rmSync(state, { recursive: true, force: true });
  });
  afterAll(() => broker?.close());

  it('leaves one line in the log that says what was sent and that its verdict is open', async () => {
    const farEnd = await openFarEnd(command(), { env: env() });
    opened.push(farEnd);
    await farEnd.waitFor(/54\.3 °C/);
    farEnd.write('p');
    await until(() => heating.commands.length > 0, 'the command to reach the device');
    farEnd.cut();
    await until(() => farEnd.code() !== null, 'the console to end');
    expect(farEnd.code()).toBe(129);
    const lines = readFileSync(log(), 'utf8');
    expect(lines).toMatch(
      /^[-0-9T:.]+Z Pump on was sent to mqtt:\S+ as monitor, .*; hometui ended .* later, its verdict still open: look at the device\n$/,
    );
    expect(statSync(log()).mode & 0o777).toBe(0o600);
    expect(lines).not.toContain(articlePasswords.monitor);
  });

  it('leaves it after `set` too', async () => {
    const farEnd = await openFarEnd(command('set', 'pump', 'off'), { env: env() });
    opened.push(farEnd);
    await until(() => heating.commands.length > 0, 'the command to reach the device');
    farEnd.cut();
    await until(() => farEnd.code() !== null, 'the command to end');
    expect(farEnd.code()).toBe(129);
    expect(readFileSync(log(), 'utf8')).toMatch(
      /^\S+ Pump off was sent to .* its verdict still open: look at the device\n$/,
    );
  });

  it('leaves nothing where each command has its verdict, and ends all the same where the log cannot be written', async () => {
    heating.answer(true);
    const quiet = await startInPty(process.execPath, { args: command().slice(1), env: env() });
    opened.push(quiet);
    await quiet.waitFor('54.3 °C');
    quiet.write('p');
    await quiet.waitFor(/Pump on: confirmed/);
    quiet.kill('SIGHUP');
    expect((await quiet.exit).code).toBe(129);
    expect(existsSync(log())).toBe(false);
    heating.answer(false);
    const farEnd = await openFarEnd(command(), { env: { ...env(), XDG_STATE_HOME: '/dev/null' } });
    opened.push(farEnd);
    await farEnd.waitFor(/54\.3 °C/);
    farEnd.write('p');
    await until(() => heating.commands.length > 1, 'the command to reach the device');
    farEnd.cut();
    await until(() => farEnd.code() !== null && !isRunning(farEnd.pid), 'the console to end');
    expect(farEnd.code()).toBe(129);
  });
});
