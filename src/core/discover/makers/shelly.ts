import { jsonPathOf } from '../../mqtt/json-path.ts';
import { fieldsOf, labelText, parseDocument, wordsOfName } from '../document.ts';
import { lookUp } from '../look-up.ts';
import type { Seen } from '../observer.ts';
import { deviceOf, type Findings, type Found, type Proposal, type ProposedDevice, type Untaken } from '../proposal.ts';
import { binaryWords } from './binary-words.ts';

/** A Shelly announces nothing by itself: the first generation is known by this branch, the later ones by their parts. */
const FIRST = /^shellies\/([^/]+)\/(.+)$/;
const LATER = /^(.+)\/status\/(switch|light|temperature|humidity|devicepower|input|pm1|em1?|voltmeter):(\d+)$/;

/** The values of the first generation by their last levels: unit, and whether they are diagnostics. */
const FIRST_VALUES: Readonly<Record<string, readonly [unit: string, isExtra?: true]>> = {
  power: ['W'],
  // It counts watt-minutes, by its documentation.
  energy: ['Wmin'],
  temperature: ['°C'],
  humidity: ['%'],
  battery: ['%'],
  voltage: ['V'],
  lux: ['lx'],
  temperature_f: ['°F', true],
};

/** The values in a status of the later ones, by their keys. */
const LATER_VALUES: readonly (readonly [keys: readonly string[], label: string, unit: string])[] = [
  [['apower'], 'Power', 'W'],
  [['act_power'], 'Power', 'W'],
  [['total_act_power'], 'Power', 'W'],
  [['voltage'], 'Voltage', 'V'],
  [['current'], 'Current', 'A'],
  [['freq'], 'Frequency', 'Hz'],
  [['aenergy', 'total'], 'Energy', 'Wh'],
  [['tC'], 'Temperature', '°C'],
  [['temperature', 'tC'], 'Device temperature', '°C'],
  [['rh'], 'Humidity', '%'],
  [['battery', 'percent'], 'Battery', '%'],
];

interface Hoard {
  readonly proposals: Proposal[];
  readonly devices: Map<string, ProposedDevice>;
  readonly untaken: Untaken[];
  readonly explained: string[];
}

/** Reads Shelly devices of all generations by their topics. */
export function readShelly(seen: Seen): Findings {
  const hoard: Hoard = { proposals: [], devices: new Map(), untaken: [], explained: [] };
  for (const topic of seen.topics.keys()) {
    const [, id, rest] = FIRST.exec(topic) ?? [];
    if (id !== undefined && rest !== undefined) readFirst(hoard, seen, { topic, id, rest });
    const [, prefix, part, number] = LATER.exec(topic) ?? [];
    if (prefix !== undefined && part !== undefined)
      readLater(hoard, seen, { topic, prefix, part, number: number ?? '0' });
  }
  for (const topic of seen.topics.keys()) noteSilentOnes(hoard, seen, topic);
  return { ...hoard, devices: [...hoard.devices.values()] };
}

function addDevice({ devices, explained }: Hoard, root: string, seen: Seen, sign: string): string {
  const key = `shelly ${root}`;
  if (devices.has(key)) return key;
  const online = `${root}/online`;
  const label = labelText(root.split('/').at(-1) ?? root);
  const availabilities = seen.topics.has(online) ? [{ topic: online, online: ['true'], offline: ['false'] }] : [];
  devices.set(key, deviceOf({ key, label, availabilities, evidence: [`${sign} is where a Shelly speaks`] }));
  explained.push(...[...seen.topics.keys()].filter(name => name.startsWith(`${root}/`)));
  return key;
}

function readFirst(hoard: Hoard, seen: Seen, { topic, id, rest }: { topic: string; id: string; rest: string }): void {
  const { proposals } = hoard;
  const root = `shellies/${id}`;
  const device = addDevice(hoard, root, seen, topic);
  const [, output, number] = /^(relay|light)\/(\d+)$/.exec(rest) ?? [];
  const evidence = [`${topic} is a Shelly's of the first generation`];
  const add = (found: Found, label: string, isExtra = false): void => {
    proposals.push({ found, label: labelText(label), device, basis: 'stated', evidence, isExtra });
  };
  if (output !== undefined) {
    const words = { on: 'on', off: 'off' };
    const label = `${output === 'relay' ? 'Relay' : 'Light'} ${Number(number) + 1}`;
    add({ kind: 'switch', command: `${topic}/command`, feedback: topic, payloads: words, answers: words }, label);
    return;
  }
  const [, input] = /^input\/(\d+)$/.exec(rest) ?? [];
  if (input !== undefined) {
    const payloads = { on: '1', off: '0' };
    add({ kind: 'binary', topic, payloads, words: binaryWords(null) }, `Input ${Number(input) + 1}`);
    return;
  }
  const name =
    rest
      .split('/')
      .filter(level => !/^\d+$/.test(level))
      .at(-1) ?? '';
  const value = lookUp(FIRST_VALUES, name);
  if (value === undefined || !/^-?\d+(\.\d+)?$/.test(seen.topics.get(topic)?.text?.trim() ?? '')) return;
  const [unit, isExtra = false] = value;
  add(
    { kind: 'sensor', topic, unit, ...(unit === '%' ? { range: { min: 0, max: 100 } } : {}) },
    wordsOfName(name),
    isExtra,
  );
}

interface Later {
  readonly topic: string;
  readonly prefix: string;
  readonly part: string;
  readonly number: string;
}

function readLater(hoard: Hoard, seen: Seen, { topic, prefix, part, number }: Later): void {
  const status = fieldsOf(parseDocument(seen.topics.get(topic)?.text ?? null));
  if (status === null) return;
  const device = addDevice(hoard, prefix, seen, topic);
  const evidence = [`${topic} is the status of a Shelly`];
  const add = (found: Found, label: string, isExtra = false): void => {
    hoard.proposals.push({ found, label: labelText(label), device, basis: 'stated', evidence, isExtra });
  };
  const id = Number(number);
  const count = id === 0 ? '' : ` ${id + 1}`;
  if (typeof status.output === 'boolean' && (part === 'switch' || part === 'light')) {
    const method = part === 'switch' ? 'Switch.Set' : 'Light.Set';
    const set = (on: boolean): string => JSON.stringify({ id: 1, src: 'hometui', method, params: { id, on } });
    add(
      {
        ...{ kind: 'switch', command: `${prefix}/rpc`, feedback: topic, path: 'output' },
        ...{ payloads: { on: set(true), off: set(false) }, answers: { on: 'true', off: 'false' } },
      },
      `${part === 'switch' ? 'Switch' : 'Light'}${count}`,
    );
  }
  if (part === 'input' && typeof status.state === 'boolean') {
    const payloads = { on: 'true', off: 'false' };
    add({ kind: 'binary', topic, path: 'state', payloads, words: binaryWords(null) }, `Input${count}`);
  }
  for (const [keys, label, unit] of LATER_VALUES) {
    const value = keys.reduce<unknown>((inner, key) => fieldsOf(inner)?.[key], status);
    if (typeof value !== 'number') continue;
    const range = unit === '%' ? { range: { min: 0, max: 100 } } : {};
    add(
      { kind: 'sensor', topic, path: jsonPathOf(keys), unit, ...range },
      `${label}${count}`,
      keys[0] === 'temperature',
    );
  }
}

/** One of the later ones that sends notifications only: not every one of these holds every value. */
function noteSilentOnes({ devices, untaken, explained }: Hoard, seen: Seen, topic: string): void {
  const prefix = /^(.+)\/events\/rpc$/.exec(topic)?.[1];
  const document = fieldsOf(parseDocument(seen.topics.get(topic)?.text ?? null));
  if (prefix === undefined || devices.has(`shelly ${prefix}`) || document?.method !== 'NotifyStatus') return;
  const cure = 'turn on "Generic status update over MQTT" in its settings';
  untaken.push({ topic, why: `a Shelly that sends only what has changed: ${cure}` });
  explained.push(topic, `${prefix}/online`);
}
