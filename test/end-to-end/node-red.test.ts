import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import articleFlow1 from '../fixtures/node-red/article-dashboard-1.json' with { type: 'json' };
import articleFlow2 from '../fixtures/node-red/article-dashboard-2.json' with { type: 'json' };
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { openDashboard } from '../helpers/node-red/browser.ts';
import { type NodeRed, startNodeRed, until } from '../helpers/node-red/node-red.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { requireFetched, requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const installed = requireFetched('HOMETUI_TEST_NODE_RED', 'Node-RED with its dashboards 1 and 2');
const mosquitto = requireProgram('mosquitto');
const SETTLE_MS = 8_000;

type Node = Readonly<Record<string, unknown>>;

/** A house with each kind of item, templates, paths, scaled numbers and words of answers. */
const ALL_KINDS = {
  name: 'Kinds',
  sensors: {
    power: { label: 'Power', topic: 'plug', path: 'ENERGY["1-0:1.8.0"].0', unit: 'W', range: { min: 0, max: 3_000 } },
    tank: {
      label: 'Tank',
      topic: 'tank',
      unit: 'l',
      scale: 0.1,
      offset: -5,
      warning: { low: 10 },
      critical: { low: 5 },
    },
  },
  states: { mode: { label: 'Mode', topic: 'boiler', path: 'mode' } },
  binaries: { door: { label: 'Door', topic: 'door', on: '1', off: '0', words: { on: 'open', off: 'closed' } } },
  switches: {
    lamp: {
      ...{ label: 'Lamp', command: 'lamp/set', feedback: 'lamp', path: 'state', on: 'ON', off: 'OFF', key: 'a' },
      ...{ template: '{"state":"%s"}', answers: { on: ['lit'], off: ['dark'] } },
    },
    siren: { label: 'Siren', command: 'siren', on: 'on', off: 'off', key: 's' },
  },
  numbers: {
    target: { label: 'Target', command: 'target/set', feedback: 'target', unit: '°C', min: 5, max: 30, step: 0.5 },
  },
  selects: { program: { label: 'Program', command: 'program/set', options: ['Day', 'Night'], payloads: { Day: '1' } } },
  buttons: { reset: { label: 'Reset', command: 'reset', payload: 'now' } },
  panels: [
    { label: 'One', items: ['power', 'tank', 'mode', 'door'] },
    { label: 'Two', items: ['lamp', 'siren', 'target', 'program', 'reset', 'power'] },
  ],
  tabs: [
    { label: 'First', panels: ['One'] },
    { label: 'Second', panels: ['Two'] },
  ],
};

/** The two dashboards: what a click on a switch sends, and what the server then tells of a widget. */
const DASHBOARDS = [
  {
    ...{ version: '1', article: articleFlow1 as readonly Node[], path: '/ui', click: 'update-value' },
    sent: (id: string): readonly unknown[] => [{ id, value: true }],
    told: (id: string) => ({ event: 'update-value', state: { id, value: true } }),
    value: (id: string) => ({ event: 'update-value', state: { id, value: 54.3 } }),
  },
  {
    ...{ version: '2', article: articleFlow2 as readonly Node[], path: '/dashboard', click: 'widget-change' },
    sent: (id: string): readonly unknown[] => [id, true],
    told: (id: string) => ({ event: `msg-input:${id}`, state: { _topic: 'heating/pump/done', payload: 'on' } }),
    value: (id: string) => ({ event: `msg-input:${id}`, state: { _topic: 'heating/flow', payload: 54.3 } }),
  },
];

describe.runIf(installed !== null && mosquitto !== null)('a running Node-RED', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();
  let nodeRed: NodeRed;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hometui-flows-'));
    nodeRed = await startNodeRed(installed ?? '');
  }, 90_000);
  afterAll(async () => {
    await nodeRed?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a person types into the broker's node. */
  const withLogin = (nodes: readonly Node[]): readonly Node[] =>
    nodes.map(node =>
      node.type === 'mqtt-broker'
        ? {
            ...node,
            port: String(house.broker.port),
            credentials: { user: 'master', password: articlePasswords.master },
          }
        : node,
    );
  const deploy = async (nodes: readonly Node[]): Promise<void> => {
    await nodeRed.deploy(withLogin(nodes));
    await until(() => nodeRed.log().includes('Connected to broker'), SETTLE_MS, nodeRed.log);
    // It names what it does not know, what a node cannot work with, and what a dashboard lacks.
    expect(nodeRed.log()).not.toMatch(/\[(?:warn|error)\]|unknown|missing/i);
  };

  describe.each(DASHBOARDS)('with dashboard $version', ({ version, article, path, click, sent, told, value }) => {
    it('has the dashboard of the article, which hometui imports: both tabs with all values, and a switch that works', async () => {
      await deploy(article);
      const flows = await nodeRed.flows();
      expect(JSON.stringify(flows)).not.toContain(articlePasswords.master);
      const [exported, file] = [join(folder, `flows-${version}.json`), join(folder, `house-${version}.json`)];
      writeFileSync(exported, JSON.stringify(flows));
      const said = await runHometui(['import', exported, '--output', file]);
      expect([said.code, said.stderr]).toEqual([0, '']);
      const args = [PROGRAM, '--house', file];
      const screen = keep(
        await startInPty(process.execPath, { args, env: { ...house.login('master'), HOME: folder } }),
      );
      const first = ['Heating', 'Cellar', 'Flow', '54.3 °C', 'Return', '41.0 °C', 'Pump', 'Burner'];
      for (const shown of first) await screen.waitFor(shown);
      screen.write('p');
      await screen.waitFor('confirmed');
      screen.write(']');
      for (const shown of ['Temperature', '14.2 °C', 'Humidity', '71.0 %', 'Fan']) await screen.waitFor(shown);
    });

    it('takes every kind of item without a warning', async () => {
      const file = join(folder, `kinds-${version}.json`);
      writeFileSync(file, JSON.stringify(ALL_KINDS));
      const args = ['export', '--to', 'node-red', '--dashboard', version, '--house', file];
      const { stdout, code } = await runHometui(args, { env: house.login('master') });
      expect(code).toBe(0);
      const nodes = JSON.parse(stdout) as readonly Node[];
      await deploy(nodes);
      expect(await nodeRed.flows()).toHaveLength(nodes.length);
    });

    it('takes what hometui exports without a warning, shows the values and switches the pump', async () => {
      const args = ['export', '--to', 'node-red', '--dashboard', version];
      const { stdout, code } = await runHometui(args, { env: house.login('master') });
      expect(code).toBe(0);
      const nodes = JSON.parse(stdout) as readonly Node[];
      await deploy(nodes);
      const browser = keep(await openDashboard(nodeRed.url, path));
      const find = (type: RegExp, label: string): string =>
        String(nodes.find(node => type.test(String(node.type)) && [node.label, node.title].includes(label))?.id);
      const hears = ({ event, state }: { readonly event: string; readonly state: Node }): Promise<void> => {
        const isIt = ([name, came]: readonly unknown[]): boolean =>
          name === event && Object.entries(state).every(([key, one]) => (came as Node)[key] === one);
        const names = (): string => [...new Set(browser.heard.map(([name]) => name))].join(' ');
        return until(() => browser.heard.some(isIt), SETTLE_MS, names);
      };
      const before = house.heating.commands.length;
      await hears(value(find(/^ui.gauge$/, 'Flow')));
      const pump = find(/^ui.switch$/, 'Pump');
      await browser.emit(click, ...sent(pump));
      await hears(told(pump));
      expect(house.heating.commands.slice(before)).toEqual(['heating/pump on']);
    });
  });
});
