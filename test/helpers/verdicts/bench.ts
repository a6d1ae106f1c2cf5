import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connectAsync } from 'mqtt';
import { type HomeSession, openSession, type Source } from '../../../src/app/session.ts';
import { aclSource } from '../../../src/app/sources/acl-source.ts';
import { logSource } from '../../../src/app/sources/log-source.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { Position, SwitchState, Verdict } from '../../../src/core/home/state/switch.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import type { BrokerUsers } from '../brokers/broker-rights.ts';
import { type CuttingProxy, openCuttingProxy } from '../brokers/cutting-proxy.ts';
import { builtProgram } from '../program/built-program.ts';
import type { VerdictBroker } from './brokers.ts';
import {
  type Behaviour,
  type Device,
  type DevicePlace,
  FENCE,
  type FreezableDevice,
  openDevice,
  spawnDevice,
  type TravellingDevice,
} from './device.ts';

/** The time limit of a command where a cell names no other, s: what takes a moment only takes less on a loaded machine too. */
export const SHORT_S = 2;

/** What the console's users may do; each cell has its own topics `home/CELL/set` and `home/CELL/done`. */
export const verdictUsers: BrokerUsers = {
  /** Writes commands, reads them and the feedback: it sees its own echo where there is one. */
  monitor: { password: 'rotinom', write: ['home/+/set'], read: ['home/#'] },
  /** The same, for cells that change it. */
  changing: { password: 'gnignahc', write: ['home/+/set'], read: ['home/#'] },
  /** Writes commands and reads feedback only. */
  writer: { password: 'retirw', write: ['home/+/set'], read: ['home/+/done'] },
  /** Reads everything, writes nothing. */
  guest: { password: 'tseug', write: [], read: ['home/#'] },
  /** Writes commands and reads them, but not the feedback. */
  deaf: { password: 'faed', write: ['home/+/set'], read: ['home/+/set'] },
  device: { password: 'ecived', write: ['home/+/done', 'home/+/locked'], read: ['home/+/set', 'home/+/lock'] },
  master: { password: 'retsam', write: ['#'], read: ['#'] },
};

/** A console in the test's hands: the real session, without a screen. */
export interface Console {
  readonly session: HomeSession;
  readonly state: () => HomeState;
  readonly relay: () => SwitchState;
  /** Resolves when the state is so. */
  readonly until: (isSo: (state: HomeState) => boolean, limitMs?: number) => Promise<void>;
  /** Asks for it; to be followed by `verdict`. */
  readonly press: (target: Position, switchId?: 'relay' | 'lock') => void;
  readonly verdict: (switchId?: 'relay' | 'lock') => Promise<Verdict>;
  /** Both. */
  readonly command: (target: Position, switchId?: 'relay' | 'lock') => Promise<Verdict>;
}

/** What is commanded as a switch is. */
export type CommandedKind = 'number' | 'select' | 'button';

export interface ConsoleOptions {
  readonly password?: string;
  readonly timeoutS?: number;
  readonly url?: string;
  readonly withAcl?: boolean;
  readonly withLog?: boolean;
  /** What stands in the place of the relay. */
  readonly kind?: CommandedKind;
  /** Whether that has feedback in the house file; it has if absent. */
  readonly hasFeedback?: boolean;
  /** Whether to wait for the link; else for the end of the first attempt. */
  readonly waits?: boolean;
}

/** One cell of the table at work: everything that it opened is closed by `close`. */
export interface Bench {
  readonly broker: VerdictBroker;
  readonly place: DevicePlace;
  readonly device: (behaviour?: Behaviour) => Promise<TravellingDevice>;
  readonly freezable: () => Promise<FreezableDevice>;
  /** The device behind the other switch, `lock`, which only `master` may use. */
  readonly lock: () => Promise<Device>;
  /** Runs `hometui set relay TARGET --format json`. */
  readonly set: (user: string, target: Position, timeoutS: number) => Promise<{ verdict: Verdict; code: number }>;
  readonly console: (user: string, options?: ConsoleOptions) => Promise<Console>;
  readonly proxy: () => Promise<CuttingProxy>;
  /** Publishes as `master`. */
  readonly say: (topic: string, payload: string, retain?: boolean) => Promise<void>;
  /** Resolves when all that the cell's consoles sent has come to the device, or never will. The consoles are closed. */
  readonly settle: (device: Device) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a bench for one cell, with topics of its own. */
export function openBench(broker: VerdictBroker, cell: string, protocol: '5' | '311' | 'auto'): Bench {
  const command = `home/${cell}/set`;
  const feedback = `home/${cell}/done`;
  const place = { url: broker.url, user: 'device', password: passwordOf('device'), command, feedback };
  const closers: (() => Promise<void>)[] = [];
  const sessions: HomeSession[] = [];
  const keep = <Thing extends { close: () => Promise<void> }>(thing: Thing): Thing => {
    closers.push(thing.close);
    return thing;
  };
  const bench: Bench = {
    broker,
    place,
    device: async behaviour => keep(await openDevice(place, behaviour)),
    lock: async () => keep(await openDevice({ ...place, ...lockTopics(place.command) })),
    set: (user, target, timeoutS) => runSet(place, protocol, user, target, timeoutS),
    freezable: async () => keep(await spawnDevice(place)),
    proxy: async () => keep(await openCuttingProxy(broker.port)),
    console: async (user, options = {}) => {
      const session = keep(openConsole(broker, place, protocol, user, options));
      sessions.push(session);
      const console = watch(session);
      const isThere = (state: HomeState): boolean =>
        state.link.phase === 'connected' || (options.waits === false && state.link.phase === 'refused');
      await console.until(isThere, 20_000);
      return console;
    },
    settle: async device => {
      // Its broker has read all that they sent by the time that a console is closed.
      for (const session of sessions) await session.close();
      await device.fenced(() => bench.say(device.command, FENCE));
    },
    say: async (topic, payload, retain = false) => {
      const login = { username: 'master', password: passwordOf('master'), protocolVersion: 4 } as const;
      const client = await connectAsync(broker.url, login);
      await client.publishAsync(topic, payload, { qos: 1, retain });
      await client.endAsync();
    },
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
  return bench;
}

/** The password of one of `verdictUsers`. */
function passwordOf(user: string): string {
  return verdictUsers[user]?.password ?? '';
}

function lockTopics(command: string): { readonly command: string; readonly feedback: string } {
  const cell = command.slice(0, command.lastIndexOf('/'));
  return { command: `${cell}/lock`, feedback: `${cell}/locked` };
}

/** A house of two switches. */
function houseOf(place: DevicePlace, timeoutS: number): HouseConfig {
  const { command, feedback } = place;
  const words = { on: 'on', off: 'off', timeout: timeoutS };
  const relay = { label: 'Relay', command, feedback, key: 'r', ...words };
  const lock = { label: 'Lock', ...lockTopics(command), key: 'x', ...words };
  return {
    name: 'Table',
    sensors: {},
    switches: { relay, lock },
    clients: { device: { publishes: ['relay', 'lock'] } },
    panels: [{ label: 'Table', items: ['relay', 'lock'] }],
  };
}

/** The house with something else in the place of its relay. */
function withKind(house: HouseConfig, { kind, hasFeedback = true }: ConsoleOptions): HouseConfig {
  const { relay, ...switches } = house.switches;
  if (kind === undefined || relay === undefined) return house;
  const { on: _, off: __, feedback, ...loop } = relay;
  const item = { ...loop, ...(hasFeedback && feedback !== undefined ? { feedback } : {}) };
  const others = { ...house, switches };
  if (kind === 'number') return { ...others, numbers: { relay: { ...item, unit: '°C', min: 5, max: 30, step: 0.5 } } };
  if (kind === 'select') return { ...others, selects: { relay: { ...item, options: ['auto', 'heat', 'off'] } } };
  return { ...others, buttons: { relay: { ...item, payload: 'press' } } };
}

async function runSet(
  place: DevicePlace,
  protocol: string,
  user: string,
  target: Position,
  timeoutS: number,
): Promise<{ verdict: Verdict; code: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'hometui-set-'));
  const house = join(folder, 'house.json');
  await writeFile(house, JSON.stringify(houseOf(place, timeoutS)));
  const options = ['--format', 'json', '--url', place.url, '--user', user, '-V', protocol, '--house', house];
  const env = { PATH: process.env.PATH, HOME: folder, HOMETUI_PASSWORD: passwordOf(user) };
  const child = spawn(process.execPath, [builtProgram(), 'set', 'relay', target, ...options], { env });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  await rm(folder, { recursive: true });
  const line = stdout.trim();
  if (!line.startsWith('{')) throw new Error(`hometui set ended with ${code}:\n${stdout}\n${stderr}`);
  const { verdict: kind, at, ...rest } = JSON.parse(line);
  return { verdict: { kind, at: Date.parse(at), ...rest }, code };
}

function openConsole(
  broker: VerdictBroker,
  place: DevicePlace,
  protocolVersion: '5' | '311' | 'auto',
  user: string,
  options: ConsoleOptions,
): HomeSession {
  const { password = passwordOf(user), timeoutS = SHORT_S, url = broker.url } = options;
  const connection = parseConnectionOptions({ url, user, password, protocolVersion }, Math.random);
  if (!connection.ok) throw new Error(connection.error.map(issue => issue.message).join('\n'));
  const clock = systemClock();
  const sources: Source[] = [];
  if (options.withAcl === true && broker.aclFile !== null) sources.push(aclSource(broker.aclFile, clock));
  if (options.withLog === true && broker.logFile !== null) sources.push(logSource(broker.logFile, clock));
  const house = createHouse(withKind(houseOf(place, timeoutS), options));
  return openSession({ connection: connection.value, house, clock, random: Math.random, sources });
}

function watch(session: HomeSession): Console {
  const { store } = session;
  const find = (id: string): SwitchState => {
    const row = getRow(store.getState().switches, id);
    if (row === undefined) throw new Error(`the house has no ${id}`);
    return row;
  };
  const until: Console['until'] = (isSo, limitMs = 15_000) =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(limit);
        release();
        resolve();
      };
      const release = store.observe(({ after }) => {
        if (isSo(after)) done();
      });
      const limit = setTimeout(() => {
        release();
        const { link, journal } = store.getState();
        const told = journal.map(entry => entry.text).join('\n');
        reject(new Error(`waited ${limitMs} ms; the link: ${JSON.stringify(link)}\n${told}`));
      }, limitMs);
      if (isSo(store.getState())) done();
    });
  const press: Console['press'] = (target, switchId = 'relay') =>
    store.dispatch({ type: 'switch-requested', at: systemClock().now(), switchId, target });
  const verdict: Console['verdict'] = async (switchId = 'relay') => {
    await until(() => find(switchId).command === null && find(switchId).verdict !== null);
    const given = find(switchId).verdict;
    if (given === null) throw new Error('the verdict is gone');
    return given;
  };
  return {
    session,
    state: store.getState,
    relay: () => find('relay'),
    until,
    press,
    verdict,
    command: (target, switchId) => {
      press(target, switchId);
      return verdict(switchId);
    },
  };
}
