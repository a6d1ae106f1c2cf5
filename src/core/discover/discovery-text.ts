import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { wrapText } from '../fit-text.ts';
import { jsonText } from '../json-text.ts';
import type { Discovery } from './discover.ts';
import type { Basis, Found, Proposal, ProposedDevice, Untaken } from './proposal.ts';

/** What people call the kinds, one and many. */
const KINDS: Readonly<Record<Found['kind'], readonly [one: string, many: string]>> = {
  sensor: ['sensor', 'sensors'],
  state: ['state', 'states'],
  binary: ['two-state reading', 'two-state readings'],
  switch: ['switch', 'switches'],
  number: ['set-point', 'set-points'],
  select: ['selection', 'selections'],
  button: ['button', 'buttons'],
  event: ['event', 'events'],
};

const BASES: Readonly<Record<Basis, string>> = {
  stated: 'it describes itself',
  seen: 'seen',
  supposed: 'only supposed',
};

/** How many of each kind: `4 sensors, 3 switches, 2 clients`; `nothing` where there is none. */
export function countDiscovery({ proposals, devices }: Pick<Discovery, 'proposals' | 'devices'>): string {
  const counts = Object.entries(KINDS).flatMap(([kind, [one, many]]) => {
    const count = proposals.filter(({ found }) => found.kind === kind).length;
    return count === 0 ? [] : [countText(count, one, many)];
  });
  if (devices.length > 0) counts.push(countText(devices.length, 'client'));
  return counts.length === 0 ? 'nothing' : counts.join(', ');
}

/** One proposal with its evidence, as lines of up to `columns` signs. */
export function proposalLines(
  { found, label, basis, evidence, isExtra }: Proposal,
  columns: number,
): readonly string[] {
  const [kind] = KINDS[found.kind];
  const where = 'command' in found ? commandText(found) : found.topic;
  const path = 'path' in found && found.path !== undefined ? ` at ${found.path}` : '';
  const unit = 'unit' in found && found.unit !== '' ? ` in ${found.unit}` : '';
  const note = `${BASES[basis]}${isExtra ? ', a setting or a value of the device itself' : ''}`;
  return [
    ...wrapped(`${label}: ${kind}${unit}, ${where}${path}${fadingText(found)} (${note})`, 2, columns),
    ...evidence.flatMap(sentence => wrapped(sentence, 6, columns)),
  ];
}

/** That one of two words is never said, and when it is presumed. */
function fadingText(found: Found): string {
  if (found.kind !== 'binary' || found.offAfter === undefined) return '';
  return `, presumed ${found.words.off} after ${found.offAfter} s without ${found.words.on}`;
}

function commandText(found: Extract<Found, { readonly command: string }>): string {
  const feedback = 'feedback' in found ? found.feedback : undefined;
  return feedback === undefined ? `${found.command}, which never answers` : `${found.command}, answers on ${feedback}`;
}

/** A device as a heading with what is known of it. */
export function deviceLines(device: ProposedDevice | null, columns: number): readonly string[] {
  if (device === null) return ['Of no device that is known'];
  return [cleanText(device.label, columns), ...device.evidence.flatMap(sentence => wrapped(sentence, 4, columns))];
}

/** What was seen and not taken, with the reason; what has one reason stands together. */
function untakenLines(untaken: readonly Untaken[], columns: number): readonly string[] {
  const topics = new Map<string, string[]>();
  for (const { topic, why } of untaken) topics.set(why, [...(topics.get(why) ?? []), topic]);
  return [...topics].flatMap(([why, list]) => {
    const others = list.length > MOST_TOPICS ? ` and ${list.length - MOST_TOPICS} more` : '';
    return wrapped(`${list.slice(0, MOST_TOPICS).join(', ')}${others}: ${why}`, 2, columns);
  });
}

/** So many topics are named for one reason. */
const MOST_TOPICS = 5;

function wrapped(text: string, indent: number, columns: number): readonly string[] {
  const blanks = ' '.repeat(indent);
  return wrapText(cleanText(text, 1_000), Math.max(20, columns - indent)).map(line => blanks + line);
}

/** All of it for a person: by devices, then what was not taken. */
export function discoveryText({ proposals, devices, untaken }: Discovery, columns: number): string {
  const groups = [...devices, null].flatMap(device => {
    const own = proposals.filter(proposal => proposal.device === (device?.key ?? null));
    return own.length === 0
      ? []
      : ['', ...deviceLines(device, columns), ...own.flatMap(one => proposalLines(one, columns))];
  });
  const others =
    untaken.length === 0 ? [] : ['', 'Seen, and no part of a house file', ...untakenLines(untaken, columns)];
  return [...groups, ...others].map(line => `${line}\n`).join('');
}

/** All of it for a program, one JSON document. `fresh` is what the house does not have; `notKnown` are sentences. */
export function discoveryJson(
  { proposals, devices, untaken }: Discovery,
  fresh: readonly Proposal[],
  notKnown: readonly string[],
): string {
  const isNew = new Set(fresh);
  const items = proposals.map(proposal => {
    const { found, label, device, basis, evidence, isExtra, presence } = proposal;
    return { label, basis, device, extra: isExtra, new: isNew.has(proposal), ...found, ...presence, evidence };
  });
  return `${jsonText({ schema: 1, items, devices, untaken, notKnown }, 2)}\n`;
}
