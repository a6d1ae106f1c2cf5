import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DASHBOARD, flowNode, gauge, mqttIn } from '../helpers/house/flow.ts';
import { runHometui } from '../helpers/program/hometui.ts';

const ARTICLE = new URL('../fixtures/node-red/article-dashboard-2.json', import.meta.url).pathname;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
const run = (...args: readonly string[]) => runHometui(args, { env: { HOME: folder } });

describe('hometui import', () => {
  it('gives the house to standard output, and what became of the widgets to the other', async () => {
    const said = await run('import', ARTICLE);
    expect(said.code).toBe(0);
    expect(said.stderr).toContain('11 widgets, 7 items taken, 0 widgets not taken');
    expect(said.stderr).toContain('Node-RED exports neither user nor password');
    writeFileSync(path('house.json'), said.stdout);
    expect((await run('house', 'check', path('house.json'))).stdout).toContain('is right: Home, 4 sensors, 3 switches');
  });

  it('adds to a file that is there with --yes alone, and loses no line of it; twice is as good as once', async () => {
    const mine =
      '{\n  // mine\n  "name": "Mine",\n  "sensors": {\n    "vorlauf": { "label": "V", "topic": "heating/flow", "unit": "°C" } // keep\n  },\n  "panels": [{ "label": "Up", "items": ["vorlauf"] }]\n}\n';
    writeFileSync(path('house.json'), mine);
    const asked = await run('import', ARTICLE, '--output', path('house.json'));
    expect([asked.code, readFileSync(path('house.json'), 'utf8')]).toEqual([64, mine]);
    const dry = await run('import', ARTICLE, '--output', path('house.json'), '--dry-run');
    expect([dry.code, readFileSync(path('house.json'), 'utf8')]).toEqual([0, mine]);
    const added = await run('import', ARTICLE, '--output', path('house.json'), '--yes');
    expect(added.stdout).toContain('vorlauf: heating/flow');
    const text = readFileSync(path('house.json'), 'utf8');
    expect(text).toContain('"vorlauf": { "label": "V", "topic": "heating/flow", "unit": "°C" }, // keep\n');
    expect((await run('house', 'check', path('house.json'))).stdout).toContain('Mine, 4 sensors, 3 switches');
    const again = await run('import', ARTICLE, '--output', path('house.json'), '--yes');
    expect(again.stdout).toContain('has all of it already');
    expect(readFileSync(path('house.json'), 'utf8')).toBe(text);
  });

  it('keeps the broker as a profile, without anybody’s password', async () => {
    const said = await run('import', ARTICLE, '--output', path('house.json'), '--profile', 'pi');
    expect(said.stdout).toContain(`+ profiles.pi.house: ${path('house.json')}\n`);
    expect(said.stdout).toContain('+ profiles.pi.url: mqtt://127.0.0.1:1883\n');
    expect((await run('config', 'show', '--profile', 'pi')).stdout).toContain('mqtt://127.0.0.1:1883');
  });

  it('tells what it cannot take, and ends with 1; with nothing to take, and what is no export, with 66', async () => {
    const nodes = [
      mqttIn('m', 'a', 'g', 'f'),
      gauge('g', 'A'),
      flowNode('f', 'function', { name: 'to kW' }, ['h']),
      gauge('h', 'B'),
    ];
    writeFileSync(path('part.json'), JSON.stringify([...DASHBOARD, ...nodes]));
    const part = await run('import', path('part.json'));
    expect([part.code, part.stderr.includes('what it gets is made by function "to kW"')]).toEqual([1, true]);
    writeFileSync(path('none.json'), JSON.stringify([...DASHBOARD, gauge('g', 'A')]));
    const none = await run('import', path('none.json'));
    expect([none.code, none.stdout]).toEqual([66, '']);
    expect(none.stderr).toContain('no topic of MQTT is wired to it');
    for (const text of ['', '{', '{"views": []}', '[]']) {
      writeFileSync(path('bad.json'), text);
      const bad = await run('import', path('bad.json'));
      expect([bad.code, bad.stdout]).toEqual([66, '']);
    }
    expect((await run('import', path('gone.json'))).code).toBe(66);
    expect((await run('import')).code).toBe(64);
  });
});
