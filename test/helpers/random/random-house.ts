import type { HouseAdditions } from '../../../src/core/house/merge.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import type { Random } from './random.ts';

/** A house file as a person may have written it: their order, comments, tabs or blanks, wide or narrow. */
export function randomHouseText(random: Random): string {
  const step = random.pick(['  ', '    ', '\t']);
  const lineEnd = random.pick(['\n', '\n', '\r\n']);
  const ids = Array.from({ length: 1 + random.below(6) }, (_, number) => `own${number}`);
  const sensors = ids.map(id => `"${id}": { "label": "${id} °", "topic": "own/${id}", "unit": "°C" }`);
  const panels = Array.from({ length: 1 + random.below(3) }, (_, number) => {
    const items = ids.filter(() => random.chance(0.6)).map(id => `"${id}"`);
    return `{ "label": "Panel ${number}", "items": [${(items.length === 0 ? [`"${ids[0]}"`] : items).join(', ')}] }`;
  });
  const members = [
    `"name": "Home"`,
    ...(random.chance(0.3) ? [`"cadence": 7`] : []),
    `"sensors": ${block(random, '{', sensors, '}', step, lineEnd)}`,
    ...(random.chance(0.5) ? [`"switches": ${random.pick(['{}', '{ }', `{${lineEnd}${step}}`])}`] : []),
    `"panels": ${block(random, '[', panels, ']', step, lineEnd)}`,
    ...(random.chance(0.4) ? [`"tabs": [{ "label": "Up", "panels": ["Panel 0"] }]`] : []),
  ];
  const order = members.toSorted(() => random.next() - 0.5);
  const lines = order.map((member, place) => `${step}${member}${place < order.length - 1 ? ',' : ''}${remark(random)}`);
  const text = [
    `${remark(random)}`,
    `{${remark(random)}`,
    ...lines,
    ...(random.chance(0.3) ? [`${step}// end`] : []),
    '}',
  ];
  return text.join(lineEnd) + random.pick(['', lineEnd, `${lineEnd}// the end`]);
}

function block(
  random: Random,
  open: string,
  members: readonly string[],
  close: string,
  step: string,
  lineEnd: string,
): string {
  if (random.chance(0.2)) return `${open} ${members.join(', ')} ${close}`;
  const lines = members.map((member, place) => {
    const before = random.chance(0.2) ? `${step.repeat(2)}// about the next${lineEnd}` : '';
    return `${before}${step.repeat(2)}${member}${place < members.length - 1 ? ',' : ''}${remark(random)}`;
  });
  const last = random.chance(0.2) ? [`${step.repeat(2)}/* more to come */`] : [];
  return [open, ...lines, ...last, `${step}${close}`].join(lineEnd);
}

function remark(random: Random): string {
  return random.chance(0.25) ? random.pick([' // mine', ' /* mine */', '  // "a": { [ , */']) : '';
}

/** Things and panels for a house, some of them for panels that it has. */
export function randomAdditions(random: Random, house: HouseConfig): HouseAdditions {
  const ids = Array.from({ length: random.below(6) }, (_, number) => `new${number}`);
  const sensors = Object.fromEntries(
    ids.map(id => [id, { label: id, topic: `new/${id}`, unit: '%', range: { min: 0, max: 100 } }]),
  );
  const toggles = random.chance(0.5)
    ? { relay: { label: 'Relay', command: 'relay', feedback: 'relay/done', on: 'on', off: 'off', key: 'x' } }
    : {};
  const all = [...ids, ...Object.keys(toggles)];
  const labels = [...house.panels.map(({ label }) => label), 'New', 'Newer'];
  const panels =
    all.length === 0 ? [] : [1, 2, 3].map(() => ({ label: random.pick(labels), items: [random.pick(all)] }));
  const clients = ids.length > 0 && random.chance(0.3) ? { device: { publishes: [...ids] } } : {};
  const tabs =
    panels.length === 0 ? [] : [{ label: random.pick(['Up', 'Down']), panels: panels.map(({ label }) => label) }];
  return { groups: { sensors, switches: toggles, clients }, panels, tabs };
}
