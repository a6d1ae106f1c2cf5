import { copyFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  articlePasswords,
  startArticleBroker,
  startDevice,
  type TestDevice,
  wellCellar,
  wellHeating,
} from '../helpers/article-house.ts';
import { builtProgram } from '../helpers/built-program.ts';
import { runHometui, startHometui } from '../helpers/hometui.ts';
import type { Mosquitto } from '../helpers/mosquitto.ts';
import { type PtyProgram, startInPty } from '../helpers/pty.ts';
import { requireProgram } from '../helpers/require-program.ts';

/** What issue 3 promises: a denial within a second, a broken ACL within two. */
const DENIAL_MS = 1_000;
const BANNER_MS = 2_000;
const BROKEN = 'user heating\nTopic write heating/flow\n';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)("the broker's log on a console as master", () => {
  let broker: Mosquitto;
  let sound = '';
  const devices: TestDevice[] = [];
  const open: PtyProgram[] = [];
  const env = { HOMETUI_PASSWORD: articlePasswords.master ?? '' };

  async function console(...more: string[]): Promise<PtyProgram> {
    const args = [builtProgram(), '-L', broker.url, '-u', 'master', ...more];
    const program = await startInPty(process.execPath, { args, env });
    open.push(program);
    await program.waitFor(/● connected/);
    await program.waitFor('2 clients are live');
    return program;
  }

  beforeAll(async () => {
    broker = await startArticleBroker('log_dest topic');
    sound = readFileSync(broker.aclFile, 'utf8');
    const heating = await startDevice(broker.url, 'heating', ['heating/pump']);
    const cellar = await startDevice(broker.url, 'dhtclient', ['cellar/fan']);
    heating.speak(wellHeating);
    cellar.speak(wellCellar);
    devices.push(heating, cellar);
  });

  afterEach(async () => {
    for (const program of open.splice(0)) await program.close();
    await broker.reload({ acl: sound });
  });

  afterAll(async () => {
    for (const device of devices) await device.close();
    await broker.close();
  });

  function breakAcl(): void {
    writeFileSync(broker.aclFile, BROKEN);
    process.kill(broker.pid(), 'SIGHUP');
  }

  it("shows another client's denied publish within a second, with user, topic and the line to add", async () => {
    const program = await console('--broker-log', broker.logFile, '--acl', broker.aclFile);
    program.write('d');
    await program.waitFor('Nothing was denied since');
    await devices[0]?.client.publishAsync('cellar/fan', 'on', { qos: 1 });
    const screen = await program.waitFor('heating may not publish to cellar/fan', DENIAL_MS);
    const text = screen.replace(/[│\s]+/g, ' ');
    expect(text).toContain(`add "topic write cellar/fan" below ${broker.aclFile}:7 ("user heating")`);
    program.write('\u001b');
    await program.waitFor(/Cellar ─[\s\S]*heating may not publish to cellar\/fan/);
  });

  it.each([
    ['its file', (): string[] => ['--broker-log', broker.logFile]],
    ['its topic alone', (): string[] => []],
  ])('raises the alarm on every screen within two seconds, heard by %s', async (_, flags) => {
    const program = await console(...flags());
    breakAcl();
    await program.waitFor('The broker runs WITHOUT its access control list', BANNER_MS);
    for (const key of ['c', 'd', 'l', '?']) {
      program.write(key);
      await program.waitFor('WITHOUT its access control list');
    }
    await broker.reload({ acl: sound });
    await program.waitFor(screen => !screen.includes('WITHOUT its access control list'), BANNER_MS);
  });

  it('is not left by a log that is moved away, nor by one that is cut off', async () => {
    const program = await console('--broker-log', broker.logFile, '-V', '311');
    program.write('l');
    renameSync(broker.logFile, `${broker.logFile}.1`);
    process.kill(broker.pid(), 'SIGHUP');
    await program.waitFor('the broker reloads its configuration');
    await broker.waitForLog(/Received PUBLISH from/);
    copyFileSync(broker.logFile, `${broker.logFile}.2`);
    truncateSync(broker.logFile);
    await devices[0]?.client.publishAsync('cellar/fan', 'on', { qos: 1 });
    await program.waitFor('heating may not publish to cellar/fan', BANNER_MS);
    breakAcl();
    await program.waitFor('WITHOUT its access control list', BANNER_MS);
  });

  it('makes status critical by the file where the reload of a rotation took the ACL away', async () => {
    renameSync(broker.logFile, `${broker.logFile}.1`);
    breakAcl();
    await broker.waitForLog(/Received PUBLISH from/);
    expect(broker.readLog()).not.toContain('acl');
    const { code, stdout } = await runHometui(
      ['status', '-L', broker.url, '-u', 'master', '--broker-log', broker.logFile],
      { env },
    );
    expect(stdout).toContain('WITHOUT its access control list');
    expect(code).toBe(2);
  });

  it('makes status critical by the file, also where the alarm is history', async () => {
    await broker.reload({ acl: BROKEN });
    const { code, stdout } = await runHometui(
      ['status', '-L', broker.url, '-u', 'master', '--broker-log', broker.logFile],
      { env },
    );
    expect(stdout).toContain('WITHOUT its access control list');
    expect(code).toBe(2);
  });

  it('makes a status critical that listens by the topic alone when it happens', async () => {
    devices[0]?.fallSilent();
    const known = broker.readLog().length;
    // It waits for a value that does not come, and hears the alarm meanwhile.
    const status = startHometui(['status', '-L', broker.url, '-u', 'master', '-t', '3'], { env });
    try {
      const isListening = /Sending PUBLISH to hometui-.*'cellar\/temperature'/;
      await vi.waitFor(() => expect(broker.readLog().slice(known)).toMatch(isListening), 5_000);
      breakAcl();
      const { code, stdout } = await status.ended;
      expect(stdout).toContain('WITHOUT its access control list');
      expect(code).toBe(2);
    } finally {
      devices[0]?.speak(wellHeating);
    }
  });

  it('offers the probe where nobody tells whether the ACL is in force', async () => {
    const args = ['-L', broker.url, '-u', 'monitor', '--acl', broker.aclFile];
    const login = { HOMETUI_PASSWORD: articlePasswords.monitor ?? '' };
    const offer = `hometui acl probe ${broker.aclFile} --url ${broker.url} --user monitor`;
    const status = await runHometui(['status', ...args], { env: login });
    expect(status.stdout.replace(/\s+/g, ' ')).toContain(offer);
    expect(status.code).toBe(0);
    const program = await startInPty(process.execPath, { args: [builtProgram(), ...args], env: login });
    open.push(program);
    await program.waitFor('2 clients are live');
    program.write('d');
    await program.waitFor('Nothing was denied since');
    await vi.waitFor(() => expect(program.screen().replace(/[│\s]+/g, ' ')).toContain(offer), 5_000);
    expect(broker.readLog()).not.toContain('hometui-probe');
  });
});
