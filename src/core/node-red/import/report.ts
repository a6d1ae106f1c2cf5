import { cleanText } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import { MOST_COPIES } from '../flow/subflows.ts';
import type { FlowBroker } from './brokers.ts';
import type { ImportedFlow, LeftOut } from './import-flow.ts';
import type { HouseImport, PlacedFound } from './to-house.ts';

/** What was taken from a flow, what a person should look at, and what was not taken, with the reason of each. */
export function importReport(file: string, flow: ImportedFlow, { placed }: HouseImport): string {
  const [known, fresh] = [placed.filter(({ isKnown }) => isKnown), placed.filter(({ isKnown }) => !isKnown)];
  const counts = [
    countText(flow.widgets, 'widget'),
    `${countText(fresh.length, 'item')} taken`,
    ...(known.length === 0 ? [] : [`${known.length} in the house already`]),
    `${countText(flow.leftOut.length, 'widget')} not taken`,
  ];
  const noted = placed.flatMap(({ id, item }) => item.notes.map(note => `${item.label || id}: ${note}`));
  return [
    `${file}: ${counts.join(', ')}\n`,
    section('Taken', fresh.map(takenLine)),
    section(
      'In the house already, and left as they are',
      known.map(({ id, item }) => `${id}: ${topicText(item.fields)}`),
    ),
    section('Look at these', noted),
    section('Not taken', flow.leftOut.map(leftOutLine)),
    flow.isCut
      ? `\nIts subflows hold each other, or more than ${MOST_COPIES} nodes: what is beyond is not taken.\n`
      : '',
    flow.broker === null ? '' : section('Broker', brokerLines(flow.broker, flow.hasPasswords)),
  ].join('');
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `\n${heading}\n${lines.map(line => `  ${line}\n`).join('')}`;
}

const WORDS = {
  sensors: 'sensor',
  states: 'state',
  switches: 'switch',
  numbers: 'number',
  selects: 'select',
  buttons: 'button',
} as const;

function takenLine({ id, item }: PlacedFound): string {
  const { unit } = item.fields;
  const measure = typeof unit === 'string' && unit !== '' ? `, ${unit}` : '';
  return `${item.label || id} (${WORDS[item.group]} ${id}): ${topicText(item.fields)}${measure}`;
}

function topicText({ topic, path, command, feedback }: Readonly<Record<string, unknown>>): string {
  const at = path === undefined ? '' : ` at ${String(path)}`;
  if (command === undefined) return `${String(topic)}${at}`;
  return feedback === undefined
    ? `${String(command)}, no answer`
    : `${String(command)}, answers on ${String(feedback)}${at}`;
}

function leftOutLine({ what, id, where, why }: LeftOut): string {
  return `${cleanText(what, 80)} (${[`id ${cleanText(id, 60)}`, ...(where === '' ? [] : [where])].join('; ')}): ${why}`;
}

function brokerLines({ url, protocolVersion, notes }: FlowBroker, hasPasswords: boolean): readonly string[] {
  const version = protocolVersion === null ? '' : `, MQTT ${protocolVersion === '5' ? '5' : '3.1.1'}`;
  return [
    url === null ? 'its address is not in the export' : `${url}${version}`,
    hasPasswords
      ? 'a password stands in this file, where Node-RED puts none; it is not taken: give it to hometui yourself'
      : 'Node-RED exports neither user nor password: give them to hometui yourself',
    ...notes,
  ];
}
