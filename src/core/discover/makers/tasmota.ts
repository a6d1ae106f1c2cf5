import { jsonPathOf } from '../../mqtt/json-path.ts';
import {
  type Fields,
  fieldsOf,
  labelText,
  listOf,
  numberOf,
  parseDocument,
  payloadOf,
  textOf,
  wordsOfName,
} from '../document.ts';
import { lookUp } from '../look-up.ts';
import type { Seen } from '../observer.ts';
import { deviceOf, type Findings, type Found, type Proposal, type ProposedDevice, type Untaken } from '../proposal.ts';

const CONFIG = /^(.+\/discovery\/[0-9A-F]{12})\/config$/;
/** How often Tasmota sends its values unless it was told otherwise (TelePeriod), seconds. */
const TELE_PERIOD_S = 300;
/** What a number of the list `rl` says that an output is. */
const RELAY = 1;
const LIGHT = 2;
const SHUTTER = 3;

/** Units of Tasmota's values by their names; those of temperature and pressure stand beside them. */
const UNITS: Readonly<Record<string, string>> = {
  Humidity: '%',
  Power: 'W',
  ApparentPower: 'VA',
  ReactivePower: 'VAr',
  Voltage: 'V',
  Current: 'A',
  Frequency: 'Hz',
  Total: 'kWh',
  Today: 'kWh',
  Yesterday: 'kWh',
  Illuminance: 'lx',
  CarbonDioxide: 'ppm',
  eCO2: 'ppm',
  TVOC: 'ppb',
  Distance: 'cm',
};
/** What stands among the values and is none. */
const NO_VALUES: ReadonlySet<string> = new Set([
  'Time',
  'TempUnit',
  'PressureUnit',
  'SpeedUnit',
  'Id',
  'TotalStartTime',
]);

interface Device {
  readonly key: string;
  readonly config: Fields;
  /** The topic of a prefix of Tasmota's, as `tele`, without the slash behind it. */
  readonly under: (prefix: number) => string;
  readonly seen: Seen;
}

/** Reads what Tasmota devices say of themselves on `tasmota/discovery`. */
export function readTasmota(seen: Seen): Findings {
  const proposals: Proposal[] = [];
  const devices: ProposedDevice[] = [];
  const untaken: Untaken[] = [];
  const explained: string[] = [];
  for (const { topic, text, bytes } of seen.topics.values()) {
    const root = CONFIG.exec(topic)?.[1];
    if (root === undefined) continue;
    explained.push(topic, `${root}/sensors`);
    const config = fieldsOf(parseDocument(text));
    if (bytes === 0) continue;
    const under = config === null ? null : topicsOf(config);
    if (config === null || under === null) {
      untaken.push({ topic, why: 'it should hold the description of a Tasmota device, and does not' });
      continue;
    }
    const device: Device = { key: `tasmota ${root}`, config, under, seen };
    const own = [0, 1, 2].map(under);
    explained.push(...[...seen.topics.keys()].filter(name => own.some(begin => name.startsWith(`${begin}/`))));
    devices.push(proposedOf(device, topic));
    proposals.push(...relaysOf(device, topic, untaken), ...sensorsOf(device, `${root}/sensors`));
  }
  return { proposals, devices, untaken, explained };
}

/** `%prefix%` and `%topic%` filled in; `null` where the description lacks what that takes. */
function topicsOf(config: Fields): ((prefix: number) => string) | null {
  const [pattern, name] = [textOf(config.ft), textOf(config.t)];
  const prefixes = listOf(config.tp).map(textOf);
  if (pattern === null || name === null || prefixes.length < 3) return null;
  return prefix =>
    pattern
      .replaceAll('%prefix%', () => prefixes[prefix] ?? '')
      .replaceAll('%topic%', () => name)
      .replace(/\/$/, '');
}

const COMMAND = 0;
const ANSWER = 1;
const TELEMETRY = 2;

function proposedOf({ key, config, under }: Device, topic: string): ProposedDevice {
  const name = textOf(config.dn) ?? textOf(config.t) ?? '';
  const model = textOf(config.md);
  const words = { online: [textOf(config.onln) ?? 'Online'], offline: [textOf(config.ofln) ?? 'Offline'] };
  return deviceOf({
    ...{ key, label: labelText(name), availabilities: [{ topic: `${under(TELEMETRY)}/LWT`, ...words }] },
    evidence: [`${topic} describes it${model === null ? '' : ` as ${labelText(model)}`}`],
  });
}

function relaysOf({ key, config, under, seen }: Device, topic: string, untaken: Untaken[]): readonly Proposal[] {
  const outputs = listOf(config.rl).map(one => numberOf(one) ?? 0);
  const names = listOf(config.fn).map(textOf);
  const [off = 'OFF', on = 'ON'] = listOf(config.state).map(payloadOf);
  const words = { on: on ?? 'ON', off: off ?? 'OFF' };
  const used = outputs.filter(output => output === RELAY || output === LIGHT).length;
  if (outputs.includes(SHUTTER)) untaken.push({ topic, why: 'a shutter is no kind of a house file' });
  return outputs.flatMap((output, place): readonly Proposal[] => {
    if (output !== RELAY && output !== LIGHT) return [];
    const numbered = `POWER${place + 1}`;
    // A single one has no number, unless it was told to (SetOption26), which shows on the wire only.
    const word = used > 1 || seen.topics.has(`${under(ANSWER)}/${numbered}`) ? numbered : 'POWER';
    const found: Found = {
      ...{ kind: 'switch', command: `${under(COMMAND)}/${word}`, feedback: `${under(ANSWER)}/${word}` },
      ...{ payloads: words, answers: words },
    };
    const label = names[place] ?? names[0] ?? textOf(config.dn) ?? word;
    const kind = output === LIGHT ? 'a light' : 'a relay';
    const evidence = [`${topic} lists ${kind} as output ${place + 1}, with the words ${words.on} and ${words.off}`];
    return [{ found, label: labelText(label), device: key, basis: 'stated', evidence, isExtra: false }];
  });
}

/** Each number of the values that a device listed. */
function sensorsOf({ key, under, seen }: Device, topic: string): readonly Proposal[] {
  const values = fieldsOf(fieldsOf(parseDocument(seen.topics.get(topic)?.text ?? null))?.sn) ?? {};
  return leavesOf(values, []).map(keys => {
    const names = keys.filter(name => !/^\d+$/.test(name));
    const number = keys.find(name => /^\d+$/.test(name));
    const name = names.at(-1) ?? '';
    const label = `${wordsOfName(name)}${number === undefined ? '' : ` ${Number(number) + 1}`}`;
    const unit = unitOf(name, values);
    return {
      found: {
        ...{ kind: 'sensor', topic: `${under(TELEMETRY)}/SENSOR`, path: jsonPathOf(keys), unit },
        ...(unit === '%' ? { range: { min: 0, max: 100 } } : {}),
      },
      ...{
        label: labelText(names.length > 1 ? `${wordsOfName(names[0] ?? '')} ${label.toLowerCase()}` : label),
        device: key,
      },
      ...{ basis: 'stated', evidence: [`${topic} lists ${keys.join('.')}`], isExtra: false, every: TELE_PERIOD_S },
    };
  });
}

/** The keys that lead to each number. */
function leavesOf(value: unknown, keys: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === 'number') return [keys];
  if (typeof value !== 'object' || value === null || keys.length > 4) return [];
  return Object.entries(value).flatMap(([key, inner]) => (NO_VALUES.has(key) ? [] : leavesOf(inner, [...keys, key])));
}

function unitOf(name: string, values: Fields): string {
  const bare = name.replace(/\d+$/, '');
  if (/Temperature$|^DewPoint$/.test(bare)) return `°${textOf(values.TempUnit) ?? 'C'}`;
  if (/Pressure$/.test(bare)) return textOf(values.PressureUnit) ?? 'hPa';
  return lookUp(UNITS, bare) ?? '';
}
