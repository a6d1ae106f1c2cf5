import { type Fields, fieldsOf, labelText, parseDocument, textOf, unitOf, wordsOfName } from '../document.ts';
import type { Seen } from '../observer.ts';
import { deviceOf, type Findings, type Found, type Proposal, type ProposedDevice, type Untaken } from '../proposal.ts';

/** A property as both versions of the convention describe it. */
interface Property {
  readonly label: string;
  readonly datatype: string;
  readonly format: string;
  readonly unit: string;
  readonly isSettable: boolean;
  readonly isRetained: boolean;
}

/** Reads devices by the Homie convention, versions 3 and 4 (attributes as topics) and 5 (one description). */
export function readHomie(seen: Seen): Findings {
  const proposals: Proposal[] = [];
  const devices: ProposedDevice[] = [];
  const untaken: Untaken[] = [];
  const explained: string[] = [];
  for (const topic of seen.topics.keys()) {
    const root = /^(.+)\/(?:\$homie|\$description)$/.exec(topic)?.[1];
    if (root === undefined) continue;
    const isFifth = topic.endsWith('/$description');
    const properties = isFifth ? fifthProperties(seen, root) : fourthProperties(seen, root);
    explained.push(...[...seen.topics.keys()].filter(name => name.startsWith(`${root}/`)));
    if (properties === null) {
      untaken.push({ topic, why: 'it should hold the description of a Homie device, and does not' });
      continue;
    }
    const key = `homie ${root}`;
    const name = isFifth ? textOf(describe(seen, root)?.name) : attribute(seen, `${root}/$name`);
    const label = labelText(name ?? root.split('/').at(-1) ?? root);
    const evidence = [`${topic} describes it by the Homie convention`];
    devices.push(deviceOf({ key, label, availabilities: [{ topic: `${root}/$state` }], evidence }));
    for (const [at, property] of properties) {
      const found = foundOf(`${root}/${at}`, property);
      if (typeof found === 'string') untaken.push({ topic: `${root}/${at}`, why: found });
      else {
        const evidence = [`Homie: ${property.datatype}${property.isSettable ? ' that can be set' : ''}`];
        proposals.push({ found, label: property.label, device: key, basis: 'stated', evidence, isExtra: false });
      }
    }
  }
  return { proposals, devices, untaken, explained };
}

/** The properties of a device by where they stand below it, `node/property`. */
type Properties = readonly (readonly [at: string, property: Property])[];

function describe(seen: Seen, root: string): Fields | null {
  return fieldsOf(parseDocument(seen.topics.get(`${root}/$description`)?.text ?? null));
}

function fifthProperties(seen: Seen, root: string): Properties | null {
  const description = describe(seen, root);
  if (description === null) return null;
  return Object.entries(fieldsOf(description.nodes) ?? {}).flatMap(([node, value]) =>
    Object.entries(fieldsOf(fieldsOf(value)?.properties) ?? {}).map(([id, entry]) => {
      const fields = fieldsOf(entry) ?? {};
      const property: Property = {
        label: labelText(textOf(fields.name) ?? wordsOfName(id)),
        datatype: textOf(fields.datatype) ?? 'string',
        format: textOf(fields.format) ?? '',
        unit: unitOf(fields.unit),
        isSettable: fields.settable === true,
        isRetained: fields.retained !== false,
      };
      return [`${node}/${id}`, property] as const;
    }),
  );
}

function attribute(seen: Seen, topic: string): string | null {
  return textOf(seen.topics.get(topic)?.text?.trim());
}

function fourthProperties(seen: Seen, root: string): Properties | null {
  const nodes = attribute(seen, `${root}/$nodes`)?.split(',') ?? [];
  return nodes.flatMap(node =>
    (attribute(seen, `${root}/${node}/$properties`)?.split(',') ?? []).map(id => {
      const of = (name: string): string | null => attribute(seen, `${root}/${node}/${id}/$${name}`);
      const property: Property = {
        label: labelText(of('name') ?? wordsOfName(id)),
        datatype: of('datatype') ?? 'string',
        format: of('format') ?? '',
        unit: unitOf(of('unit')),
        isSettable: of('settable') === 'true',
        isRetained: of('retained') !== 'false',
      };
      return [`${node}/${id}`, property] as const;
    }),
  );
}

/** What a property is to a house, or in a clause why it is nothing. */
function foundOf(topic: string, property: Property): Found | string {
  const { datatype, format, isSettable, isRetained } = property;
  const where = { command: `${topic}/set`, feedback: topic };
  const options = format.split(',').filter(option => option !== '');
  if (!isRetained && isSettable) return 'it can be set and keeps no state, so that no command could be confirmed';
  if (!isRetained) return { kind: 'event', topic, ...(datatype === 'enum' && options.length > 0 ? { options } : {}) };
  switch (datatype) {
    case 'float':
    case 'integer':
      return isSettable ? setPointOf(where, property) : sensorOf(topic, property);
    case 'boolean': {
      const payloads = { on: 'true', off: 'false' };
      if (isSettable) return { kind: 'switch', ...where, payloads, answers: payloads };
      const [off = 'off', on = 'on'] = options;
      return { kind: 'binary', topic, payloads, words: { on, off } };
    }
    case 'enum':
      if (options.length === 0) return 'it names no values';
      return isSettable ? { kind: 'select', ...where, options } : { kind: 'state', topic, options };
    case 'string':
      return { kind: 'state', topic };
    default:
      return `a value of the type ${labelText(datatype)} is no kind of a house file`;
  }
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly step: number | null;
}

/** `MIN:MAX:STEP`, in which each may be missing; `null` where the first two are no bounds. */
function boundsOf(format: string): Bounds | null {
  const parts = format.split(':').map(part => (part.trim() === '' ? Number.NaN : Number(part)));
  const [min = Number.NaN, max = Number.NaN, step = Number.NaN] = parts;
  return min < max && Number.isFinite(max - min) ? { min, max, step: step > 0 ? step : null } : null;
}

function sensorOf(topic: string, { datatype, format, unit }: Property): Found {
  const bounds = boundsOf(format);
  const range = bounds === null ? {} : { range: { min: bounds.min, max: bounds.max } };
  return { kind: 'sensor', topic, unit, ...(datatype === 'integer' ? { decimals: 0 } : {}), ...range };
}

function setPointOf(
  where: { readonly command: string; readonly feedback: string },
  { datatype, format, unit }: Property,
): Found | string {
  const bounds = boundsOf(format);
  if (bounds === null) return 'it can be set and names no bounds, within which a set-point could be chosen';
  const { min, max, step } = bounds;
  return { kind: 'number', ...where, unit, min, max, step: step ?? (datatype === 'integer' ? 1 : 0.1) };
}
