import { expect, it } from 'vitest';
import { parseExport } from '../../../../src/core/node-red/flow/parse-export.ts';
import { importFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { DASHBOARD, gauge, mqttIn } from '../../../helpers/house/flow.ts';

it.each([
  ['no JSON', '[{"id":', /^it is not JSON: /],
  ['nothing', '', /^it is not JSON: /],
  ['an empty list', '[]', /: it is empty$/],
  ['a list of other things', '[1, {"id": 5}, null, {"type": "tab"}]', /: none of what it lists has an id and a type$/],
  ['a house file', '{"sensors": {}, "panels": []}', /it looks like a house file of hometui$/],
  ['a dashboard of Grafana', '{"panels": [], "schemaVersion": 39}', /it looks like a dashboard of Grafana$/],
  ['a dashboard of Home Assistant', '{"views": []}', /it looks like a dashboard of Home Assistant$/],
  ['the passwords', '{"$": "0123"}', /it looks like flows_cred\.json, which holds passwords$/],
  ['a number', '7', /which is a list of nodes$/],
])('%s is no export, and it is said why', (_, text, message) => {
  const parsed = parseExport(text);
  expect(parsed.ok ? '' : parsed.error.message).toMatch(message);
});

it('takes the forms that the editor, the folder and the admin API give', () => {
  const nodes = [...DASHBOARD, mqttIn('m', 'a', 'g'), gauge('g', 'A')];
  for (const text of [
    JSON.stringify(nodes),
    `\uFEFF${JSON.stringify(nodes)}`,
    JSON.stringify({ flows: nodes, rev: 'x' }),
  ]) {
    const parsed = parseExport(text);
    expect(parsed.ok && importFlow(parsed.value).items.size).toBe(1);
  }
});

it('reads 10 MB, and fields of a wrong kind in every node, to the end', () => {
  const many = Array.from({ length: 30_000 }, (_, n) => ({
    ...{
      id: `n${n}`,
      type: ['function', 'ui_gauge', 'mqtt in', 'link out', 'ui_switch', 'change'][n % 6],
      func: 'x'.repeat(240),
    },
    ...{
      z: n % 3,
      wires: n % 5 === 0 ? 'no' : [[`n${n + 1}`, 7, null], n],
      rules: [null, { t: n }],
      links: {},
      group: 'group',
    },
  }));
  const text = JSON.stringify([...DASHBOARD, ...many]);
  expect(text.length).toBeGreaterThan(10_000_000);
  const parsed = parseExport(text);
  const flow = importFlow(parsed.ok ? parsed.value : []);
  expect([flow.items.size, flow.leftOut.length]).toEqual([0, 10_000]);
});
