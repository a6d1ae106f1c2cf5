import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Mosquitto } from '../helpers/brokers/mosquitto.ts';
import {
  articlePasswords,
  startArticleBroker,
  startDevice,
  type TestDevice,
  wellHeating,
} from '../helpers/house/article-house.ts';
import { isRunning, until } from '../helpers/lifecycle/processes.ts';
import { type Sshd, startSshd } from '../helpers/lifecycle/sshd.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const isPossible = [
  requireProgram('mosquitto'),
  requireProgram('sshd', 'openssh-server'),
  requireProgram('ssh', 'openssh-client'),
].every(program => program !== null);

describe.runIf(isPossible)('a console over a real ssh', () => {
  let broker: Mosquitto;
  let heating: TestDevice;
  let sshd: Sshd;
  const clients: PtyProgram[] = [];

  beforeAll(async () => {
    broker = await startArticleBroker();
    heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
    heating.speak(wellHeating);
    heating.answer(false);
    sshd = await startSshd();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
  });
  afterAll(async () => {
    await sshd?.close();
    await heating?.close();
    await broker?.close();
  });

  /** Logs in and starts the console; what it is and how it ended is noted in files of that name. */
  async function logIn(
    name: string,
  ): Promise<{ client: PtyProgram; pid: () => number; noted: (what: string) => string }> {
    const place = join(sshd.folder, name);
    const settings = `HOMETUI_PASSWORD=${articlePasswords.monitor} XDG_STATE_HOME=${place}.state HOME=${place}.home`;
    const run = `${settings} sh -c 'echo $$ >${place}.pid; exec "$@"' sh ${process.execPath} ${PROGRAM} -L ${broker.url} -u monitor -i ${name}`;
    // The recorder outlives the hang-up; the shell around it is ended by it, and passes it on.
    const command = `sh -c ${quote(`trap : HUP; ${run}; echo $? >${place}.code`)}; exit`;
    const client = await startInPty('ssh', { args: [...sshd.clientArgs, command] });
    clients.push(client);
    await client.waitFor('54.3 °C', 15_000);
    const noted = (what: string): string =>
      existsSync(`${place}.${what}`) ? readFileSync(`${place}.${what}`, 'utf8').trim() : '';
    return { client, pid: () => Number(noted('pid')), noted };
  }

  it('leaves by its key, and ssh gives the same terminal back', async () => {
    const { client, noted } = await logIn('leaves');
    client.write('q');
    const exit = await client.exit;
    expect(exit.modesAfter).toBe(exit.modesBefore);
    expect(client.terminal.isAlternate).toBe(false);
    expect(noted('code')).toBe('0');
  });

  it.each(['mid-command', 'peace'])(
    'the child of sshd is killed outright in %s: the console ends at once',
    async when => {
      const { client, pid, noted } = await logIn(`killed-in-${when}`);
      const before = heating.commands.length;
      if (when === 'mid-command') {
        client.write('p');
        await until(() => heating.commands.length > before, 'the command to reach the device');
      }
      const running = pid();
      expect(isRunning(running)).toBe(true);
      for (const session of sshd.sessions()) process.kill(session, 'SIGKILL');
      await until(() => !isRunning(running) && noted('code') !== '', 'the console to end');
      expect(noted('code')).toBe('129');
      await broker.waitForLog(new RegExp(`Client killed-in-${when} disconnected\\.`));
      const log = noted('state/hometui/hometui.log');
      if (when === 'mid-command') expect(log).toMatch(/Pump on was sent to .* its verdict still open/);
      else expect(log).toBe('');
    },
  );

  it('the client is killed outright: the console ends as hung up', async () => {
    const { client, pid, noted } = await logIn('client-killed');
    const running = pid();
    client.kill('SIGKILL');
    await until(() => !isRunning(running) && noted('code') !== '', 'the console to end');
    expect(noted('code')).toBe('129');
  });
});

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
