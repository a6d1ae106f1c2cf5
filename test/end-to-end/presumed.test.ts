import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { findProgram, requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 1 };
const house = {
  ...{ version: 2, name: 'Home', sensors: {}, switches: {}, binaries: { hall: motion }, clients: {} },
  panels: [{ label: 'House', items: ['hall'] }],
};

describe.runIf(mosquitto !== null)('a sensor that never says its second word, heard by a daemon', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hometui-presumed-'));
    writeFileSync(join(folder, 'house.json'), JSON.stringify(house));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  it('is told to nobody as heard', async () => {
    const broker = keep(await startMosquitto());
    const device = await connectAsync(broker.url);
    keep({ close: () => device.endAsync() });
    const env = { HOME: folder, XDG_STATE_HOME: folder };
    const where = ['-L', broker.url, '--house', join(folder, 'house.json')];
    const port = await freePort();
    const daemon = startHometui(['daemon', ...where, '--metrics', `127.0.0.1:${port}`], { env });
    keep({
      close: async () => {
        daemon.child.kill('SIGKILL');
        await daemon.ended;
      },
    });
    await daemon.waitFor(/its metrics are at /);
    const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const heard = 'hometui_binary_on{binary="hall",label="Hall",house="Home"} 1\n';
    await expect
      .poll(
        async () => {
          await device.publishAsync('hall/motion', 'ON');
          return metrics();
        },
        { timeout: 10_000 },
      )
      .toContain(heard);
    const presumed = 'hometui_binary_presumed_on{binary="hall",label="Hall",house="Home"} 0\n';
    await expect.poll(metrics, { timeout: 10_000 }).toContain(presumed);
    const text = await metrics();
    expect(parsePrometheus(text).has('hometui_binary_on')).toBe(false);
    expect(parsePrometheus(text).has('hometui_item_state')).toBe(false);
    const promtool = findProgram('promtool');
    if (promtool !== null) {
      const judged = spawnSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' });
      expect([judged.status, judged.stderr]).toEqual([0, '']);
    }
    const run = (...args: readonly string[]) => runHometui([...args, ...where], { env });
    const why = 'hometui: Hall: presumed: it did not say motion for 1 s\n';
    expect(await run('get', 'hall')).toEqual({ code: 1, stdout: 'quiet\n', stderr: why });
    expect(await run('get', 'hall', '--any')).toEqual({ code: 0, stdout: 'quiet\n', stderr: why });
    const json = await run('get', 'hall', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ value: 'quiet', presumed: true, daemon: daemon.child.pid });
    const { stdout } = await run('status', '--format', 'csv');
    expect(stdout).toMatch(/^binary,hall,Hall,quiet,.*,live,ok,presumed: it did not say motion for 1 s,yes\r$/m);
  }, 40_000);
});
