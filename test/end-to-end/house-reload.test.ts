import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-reload-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'my-house.json');

const sensor = (label: string, topic: string): object => ({ label, topic, unit: '°C' });

function house(sensors: Readonly<Record<string, object>>): string {
  const pump = {
    label: 'Pump',
    command: 'heating/pump',
    feedback: 'heating/pump/done',
    on: 'on',
    off: 'off',
    key: 'p',
  };
  const panels = [{ label: 'Rooms', items: [...Object.keys(sensors), 'pump'] }];
  return JSON.stringify({ name: 'Home', sensors, switches: { pump }, panels }, null, 2);
}

describe.runIf(mosquitto !== null)('a console whose house file is changed', () => {
  const broker = useArticleHouse();
  const open = async () =>
    keep(
      await startInPty(process.execPath, {
        args: [PROGRAM, '--house', file()],
        env: { ...broker.login('master'), HOME: folder },
      }),
    );

  it('shows what is new with its values, keeps what stays, and switches; without a new login', async () => {
    const flow = { flow: sensor('Flow', 'heating/flow') };
    writeFileSync(file(), house(flow));
    const console = await open();
    await console.waitFor(/Flow .*54\.3 °C/);
    const logins = () => broker.broker.readLog().match(/New client connected .* u'master'/g)?.length;
    const before = logins();
    // As editors do it: another file takes its place.
    writeFileSync(`${file()}.new`, house({ ...flow, back: sensor('Back', 'heating/return') }));
    renameSync(`${file()}.new`, file());
    await console.waitFor(screen => /Back .*41\.0 °C/.test(screen) && /Flow .*54\.3 °C/.test(screen));
    console.write('p');
    await console.waitFor(/Pump .*on/);
    console.write('l');
    await console.waitFor('1 new one (Back)');
    expect(logins()).toBe(before);
    console.write('\u001b');
    writeFileSync(file(), house({ back: sensor('Back', 'heating/return') }));
    await console.waitFor(screen => /Back .*41\.0/.test(screen) && !screen.includes('54.3'));
  }, 30_000);

  it('stays on the old house while the file is broken, with line, field and cure, and takes it when it is mended', async () => {
    const flow = { flow: sensor('Flow', 'heating/flow') };
    writeFileSync(file(), house(flow));
    const console = await open();
    await console.waitFor(/Flow .*54\.3 °C/);
    writeFileSync(file(), house(flow).replace('"unit"', '"unti"'));
    console.write('l');
    await console.waitFor(screen => screen.replace(/\s+/g, ' ').includes('the house file is broken'));
    console.write('\u001b');
    await console.waitFor(/Flow .*54\.3 °C/);
    writeFileSync(file(), house({ flow: sensor('Supply', 'heating/flow') }));
    await console.waitFor(/Supply .*54\.3 °C/);
  }, 30_000);
});
