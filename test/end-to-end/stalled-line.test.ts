import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mosquitto } from '../helpers/brokers/mosquitto.ts';
import { articlePasswords, startArticleBroker, startDevice, type TestDevice } from '../helpers/house/article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';
import { stillOf } from '../helpers/terminal/still.ts';

/** The shortest that hometui takes, seconds: the broker lets a client go that is silent for one and a half of it. */
const KEEPALIVE_S = 5;
const UPDATES_PER_SECOND = 30;
/** So often it has found the line full when it is to move again. */
const TRIES = 20;
/** A repaint of everything has more. */
const A_REPAINT_BYTES = 1_000;

describe.runIf(requireProgram('mosquitto') !== null)('a line that stalls', () => {
  let broker: Mosquitto;
  let heating: TestDevice;
  let console: PtyProgram;
  let talk: NodeJS.Timeout;
  let said = 0;

  beforeEach(async () => {
    broker = await startArticleBroker();
    heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
    talk = setInterval(() => {
      said += 1;
      heating.client.publish('heating/flow', (30 + (said % 400) / 10).toFixed(1));
    }, 1_000 / UPDATES_PER_SECOND);
    const place = ['-L', broker.url, '-u', 'monitor', '-i', 'stalled', '-k', String(KEEPALIVE_S)];
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor };
    console = await startInPty(process.execPath, { args: [PROGRAM, ...place], env });
    await console.waitFor(/Flow +\d/);
  });
  afterEach(async () => {
    clearInterval(talk);
    console.flow();
    await console.close();
    await heating.close();
    await broker.close();
  });

  /** Presses the pump's key until a command reaches the device: one that is not answered yet makes the key do nothing. */
  async function switchPump(): Promise<void> {
    const { length } = heating.commands;
    console.write('p');
    const again = setInterval(() => console.write('p'), 300);
    await until(() => heating.commands.length > length, 'a command to reach the device').finally(() =>
      clearInterval(again),
    );
  }

  /** Asks for repaints until the line takes nothing any more, eight times in a row: a busy machine is slow, too. */
  async function fillLine(): Promise<void> {
    console.stall();
    let written = bytesWrittenBy(console.pid);
    for (let full = 0; full < 8; ) {
      console.write('\u000c');
      await new Promise(resolve => setTimeout(resolve, 50));
      const now = bytesWrittenBy(console.pid);
      full = now - written < A_REPAINT_BYTES ? full + 1 : 0;
      written = now;
    }
  }
  /** When the broker was last pinged, as its log has it, s since 1970. */
  const lastPingAt = (): number =>
    Number([...broker.readLog().matchAll(/^(\d+): Received PINGREQ from stalled$/gm)].at(-1)?.[1] ?? 0);

  it('keeps the link, hears keys, and shows the present when it moves again', { timeout: 60_000 }, async () => {
    await fillLine();
    const goneAt = Date.now() / 1_000 + 1.5 * KEEPALIVE_S;
    await until(() => lastPingAt() > goneAt, 'a sign of life when the broker would have let it go', 30_000);
    await switchPump();
    clearInterval(talk);
    // Twice: a jump waits for a second reading.
    for (let time = 0; time < 2; time += 1) {
      await heating.client.publishAsync('heating/flow', '77.7', { qos: 1 });
      await heating.client.publishAsync('heating/return', '66.6', { qos: 1 });
    }
    console.flow();
    await console.waitFor(screen => /Flow +77\.7/.test(screen) && /Return +66\.6/.test(screen));
    expect(broker.readLog()).not.toMatch(/stalled has exceeded timeout|Client stalled (closed|disconnected)/);
    expect(broker.readLog().match(/New client connected from \S+ as stalled /g)).toHaveLength(1);
    await expectExactPicture();
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'ended by %s while it stalls and moves again soon, the shell has its screen and nothing else on it',
    async (signal, code) => {
      await fillLine();
      const before = writesOf(console.pid);
      console.kill(signal);
      // Each try is one call, 10 ms after the one before, and there are 150 of them before it gives up.
      await until(() => writesOf(console.pid) >= before + TRIES, 'the console to wait for the line');
      console.flow();
      const exit = await console.exit;
      expect(exit).toMatchObject({ code, modesAfter: exit.modesBefore });
      // Much was on the line: it may still be on its way to the emulator.
      await expect.poll(() => console.terminal.isAlternate, { timeout: 5_000 }).toBe(false);
      expect(console.terminal.modes.bracketedPasteMode).toBe(false);
      expect(console.screen().trim()).toBe('');
    },
  );

  /** What is on the screen, once it is all there, is what a repaint of everything puts there. */
  async function expectExactPicture(): Promise<void> {
    const repaint = async (): Promise<readonly string[]> => {
      const shown = stillOf(console.screen());
      const { length } = console.output();
      console.write('\u000c');
      await until(() => console.output().length > length + A_REPAINT_BYTES, 'a repaint');
      await console.waitFor('quit');
      return [shown, stillOf(console.screen())];
    };
    await expect.poll(async () => new Set(await repaint()).size, { timeout: 5_000 }).toBe(1);
  }
});

/** What a process has written so far, to anything: it stands still while its terminal takes nothing. Linux only: /proc. */
function bytesWrittenBy(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

/** How often a process has asked to write, in vain or not. Linux only: /proc. */
function writesOf(pid: number): number {
  return Number(/^syscw: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}
