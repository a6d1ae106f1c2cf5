import { expect, it } from 'vitest';
import type { ImportedFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { importReport } from '../../../../src/core/node-red/import/report.ts';
import type { PlacedFound } from '../../../../src/core/node-red/import/to-house.ts';
import type { FoundItem } from '../../../../src/core/node-red/widgets/found-item.ts';

const flow: ImportedFlow = {
  ...{ items: new Map(), panels: [], broker: null, leftOut: [], widgets: 0, isCut: false, hasPasswords: false },
};
const item = (id: string, more: Partial<FoundItem>, isKnown = false): PlacedFound => ({
  ...{ id, isKnown },
  item: { group: 'sensors', sameAs: id, label: '', broker: 'b', fields: {}, rank: 0, notes: [], ...more },
});
const report = (given: Partial<ImportedFlow>, placed: readonly PlacedFound[] = []): string =>
  importReport('f.json', { ...flow, ...given }, { additions: { groups: {}, panels: [], tabs: [] }, placed });

it('tells what was taken, what was there, what to look at and what was left out', () => {
  const placed = [
    item('t', { label: 'Temp', fields: { topic: 'a', path: 'p', unit: '°C' } }),
    item('lamp', { group: 'switches', fields: { command: 'c', feedback: 'f', path: 'q' }, notes: ['one', 'two'] }),
    item('go', { group: 'buttons', label: 'Go', fields: { command: 'g' }, notes: ['three'] }),
    item('n', { group: 'numbers', label: 'N', fields: { command: 'n', feedback: 'm', unit: '' } }),
    item('old', { group: 'states', label: 'Old', fields: { topic: 'o' } }, true),
  ];
  const leftOut = [
    { what: 'ui_gauge "X"', id: '1', where: 'House, Room', why: 'so' },
    { what: 'ui_gauge "Y"', id: '2', where: '', why: 'so too' },
  ];
  expect(report({ widgets: 7, leftOut }, placed)).toBe(
    [
      ...['f.json: 7 widgets, 4 items taken, 1 in the house already, 2 widgets not taken', '', 'Taken'],
      ...[
        '  Temp (sensor t): a at p, °C',
        '  lamp (switch lamp): c, answers on f at q',
        '  Go (button go): g, no answer',
      ],
      ...['  N (number n): n, answers on m', '', 'In the house already, and left as they are', '  old: o'],
      ...['', 'Look at these', '  lamp: one', '  lamp: two', '  Go: three', '', 'Not taken'],
      ...['  ui_gauge "X" (id 1; House, Room): so', '  ui_gauge "Y" (id 2): so too', ''],
    ].join('\n'),
  );
});

it('has no part of which there is nothing', () => {
  expect(report({ widgets: 1 })).toBe('f.json: 1 widget, 0 items taken, 0 widgets not taken\n');
});

it.each([
  [{ url: 'mqtt://pi:1883', protocolVersion: '5', notes: [] }, '  mqtt://pi:1883, MQTT 5\n'],
  [{ url: 'mqtt://pi:1883', protocolVersion: '311', notes: [] }, '  mqtt://pi:1883, MQTT 3.1.1\n'],
  [{ url: 'mqtt://pi:1883', protocolVersion: null, notes: [] }, '  mqtt://pi:1883\n'],
  [{ url: null, protocolVersion: '5', notes: [] }, '  its address is not in the export\n'],
] as const)('says of the broker %o', (broker, line) => {
  const secret = '  Node-RED exports neither user nor password: give them to hometui yourself\n';
  expect(report({ broker })).toContain(`\nBroker\n${line}${secret}`);
});

it('says where passwords stand, what else there is of the broker, and where a flow was cut', () => {
  const broker = { url: null, protocolVersion: null, notes: ['a note'] };
  const text = report({ broker, hasPasswords: true, isCut: true });
  expect(text).toContain(
    '\nIts subflows hold each other, or more than 20000 nodes: what is beyond is not taken.\n\nBroker\n',
  );
  expect(text).toContain(
    '  a password stands in this file, where Node-RED puts none; it is not taken: give it to hometui yourself\n  a note\n',
  );
});
