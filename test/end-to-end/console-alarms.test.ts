import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();

/** The heating says 54.3 °C all the time: a limit below that is broken from the start. */
const HOUSE = {
  name: 'Home',
  sensors: { flow: { label: 'Flow', topic: 'heating/flow', unit: '°C', warning: { high: 50 } } },
  switches: {},
  clients: {},
  panels: [{ label: 'Heating', items: ['flow'] }],
};
/** It is raised when it was so for half a minute. */
const RAISED_MS = 60_000;

let folder = '';
beforeAll(() => {
  builtProgram();
  folder = mkdtempSync(join(tmpdir(), 'hometui-console-alarms-'));
  writeFileSync(join(folder, 'house.json'), JSON.stringify(HOUSE));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(mosquitto !== null)('a limit that is broken', () => {
  const house = useArticleHouse();

  const start = async (): Promise<PtyProgram> =>
    keep(
      await startInPty(process.execPath, {
        args: [builtProgram(), '--bell', '--house', join(folder, 'house.json')],
        env: { ...house.login('master'), HOME: folder },
      }),
    );
  const headline = (screen: string): string => screen.split('\n')[1] ?? '';

  it('is told, acknowledged and shelved on the console, and rings once', async () => {
    const console = await start();
    await console.waitFor(screen => headline(screen).includes('Flow is above 50'));
    await console.waitFor(screen => /▲ Flow above 50.*press a/.test(headline(screen)), RAISED_MS);
    expect(console.output().toString().split('\u0007')).toHaveLength(2);
    console.write('a');
    await console.waitFor(/1 to acknowledge[\s\S]*Flow above 50.*54\.3/);
    console.write('\r');
    await console.waitFor(/Why +54\.3[\s\S]*it came at/);
    console.write('A');
    await console.waitFor(/State +active[^│]*acknowledged by[\s│]+master/);
    await console.waitFor(screen => headline(screen).includes('Flow is above 50'));
    console.write('S');
    await console.waitFor(/Shelve[\s\S]*For +1 h/);
    console.write('the sweep is here');
    await console.waitFor('the sweep is here');
    console.write('\r');
    await console.waitFor(/Shelved +until .* by master: the sweep is here/);
    console.write('\u001b');
    await console.waitFor('none to acknowledge');
    console.write('\u001b');
    await console.waitFor(/Enter detail/);
    expect(console.screen()).not.toContain('press a');
    console.write('q');
    expect((await console.exit).code).toBe(0);
  }, 120_000);

  it('is acknowledged and shelved in the next console as well', async () => {
    const console = await start();
    await console.waitFor(/Flow .*54\.3/);
    console.write('a');
    await console.waitFor(/none to acknowledge[\s\S]*Flow above 50.*shelved/);
    console.write('S');
    await console.waitFor(/off the shelf[\s\S]*$/);
    await console.waitFor(/Flow above 50.*acknowledged/);
    console.write('q');
    await console.exit;
  }, 60_000);
});
