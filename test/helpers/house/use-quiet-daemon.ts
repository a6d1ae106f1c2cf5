import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { closeAfterEach, type Keep } from '../close-after-each.ts';
import { PROGRAM, type Running, runHometui, startHometui } from '../program/hometui.ts';
import { type PtyProgram, startInPty } from '../terminal/pty.ts';
import { wellCellar, wellHeating } from './article-house.ts';
import { type ArticleHouse, useArticleHouse } from './use-article-house.ts';

/** The article's house with a daemon beside it, in which devices speak only when they are told to. */
export interface QuietHouse {
  readonly house: ArticleHouse;
  /** The environment of all that is started: a home of its own for each test, and the login of `master`. */
  readonly env: () => Record<string, string>;
  /** Closes what is given to it when the test is over. */
  readonly keep: Keep;
  readonly openConsole: (how?: HowOpened) => Promise<PtyProgram>;
  /** Each device says all its values once. */
  readonly speak: () => void;
  /** Resolves when it has its link. */
  readonly startDaemon: () => Promise<Running>;
  /** A daemon that has heard each value once, and the pump. */
  readonly openDaemon: () => Promise<Running>;
}

/** The options of a console, and the size of its terminal: as usual unless given. */
interface HowOpened {
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
}

/** Sets it up for each test of a `describe`, and ends all that was started before its folder goes. */
export function useQuietDaemon(): QuietHouse {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-quiet-'));
    // Who joins hears nothing of it.
    house.heating.fallSilent();
    house.cellar.fallSilent();
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // Hooks run from the last to the first.
  const keep = closeAfterEach();
  const env = (): Record<string, string> => ({ HOME: home, XDG_STATE_HOME: home, ...house.login('master') });
  const speak = (): void => {
    for (const [topic, value] of Object.entries(wellHeating)) house.heating.client.publish(topic, value);
    for (const [topic, value] of Object.entries(wellCellar)) house.cellar.client.publish(topic, value);
  };
  const startDaemon = async (): Promise<Running> => {
    const daemon = keep(startHometui(['daemon'], { env: env() }));
    await daemon.waitFor(/ connected /);
    return daemon;
  };
  return {
    house,
    env,
    speak,
    startDaemon,
    keep,
    openConsole: async ({ args = [], ...size } = {}) =>
      keep(await startInPty(process.execPath, { args: [PROGRAM, ...args], env: env(), ...size })),
    openDaemon: async () => {
      const daemon = await startDaemon();
      house.heating.client.publish('heating/pump/done', 'on');
      speak();
      for (let tries = 0; tries < 40; tries += 1) {
        const { stdout } = await runHometui(['status', '-F', 'json', '-t', '0.1'], { env: env() });
        const { daemon: heardBy, sensors } = JSON.parse(stdout);
        if (heardBy !== null && sensors.humidity.value === 71) return daemon;
      }
      throw new Error(`the daemon did not hear the values:\n${daemon.stdout()}`);
    },
  };
}
