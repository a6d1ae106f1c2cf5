import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysText } from '../../src/core/sealed/keys.ts';
import { createDeviceSeal } from '../../src/io/sealed/device-seal.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM, type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-reload-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
// What is opened ends before its folder goes: the hook that is told last is called first.
const keep = closeAfterEach();

const file = (): string => join(folder, 'my-house.json');

const sensor = (label: string, topic: string): object => ({ label, topic, unit: '°C' });

function house(sensors: Readonly<Record<string, object>>, clients: object = {}): string {
  const pump = {
    label: 'Pump',
    command: 'heating/pump',
    feedback: 'heating/pump/done',
    on: 'on',
    off: 'off',
    key: 'p',
  };
  const panels = [{ label: 'Rooms', items: [...Object.keys(sensors), 'pump'] }];
  return JSON.stringify({ name: 'Home', sensors, switches: { pump }, clients, panels }, null, 2);
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

/** Two values in the clear, of the other device. */
const cellar = {
  temperature: sensor('Cellar', 'cellar/temperature'),
  humidity: { label: 'Humidity', topic: 'cellar/humidity', unit: '%' },
};
const sealedHouse = (): string =>
  house(
    { ...cellar, flow: sensor('Flow', 'heating/flow') },
    { heating: { publishes: ['flow', 'pump'], sealed: true } },
  );

describe.runIf(mosquitto !== null)('a house file that is changed under what runs without a screen', () => {
  const broker = useArticleHouse();
  const env = (more: Record<string, string | undefined> = {}) => ({ HOME: folder, ...broker.login('master'), ...more });
  const tell = (args: readonly string[], more = {}) => runHometui([...args, '--house', file()], { env: env(more) });

  function start(...words: readonly string[]): Running {
    return keep(startHometui([...words, '--house', file()], { env: env() }));
  }

  /** What the daemon says of an item: without a password nobody else can say it. */
  const heardValue = async (id: string): Promise<string> =>
    (await tell(['get', id, '-t', '1'], { HOMETUI_PASSWORD: undefined })).stdout;

  it('watch follows it, and says so', async () => {
    writeFileSync(file(), house({ flow: sensor('Flow', 'heating/flow') }));
    const watch = start('watch');
    await watch.waitFor(/Flow 54\.3 °C/);
    writeFileSync(file(), house({ back: sensor('Back', 'heating/return') }));
    await watch.waitFor(/my-house\.json was changed and is in use: 1 new one \(Back\), 1 gone \(Flow\)/);
    await watch.waitFor(/Back 41\.0 °C/);
    writeFileSync(file(), '{');
    await watch.waitFor(/the house file is broken, and the house stays as it was: .*my-house\.json:1/);
  }, 30_000);

  it('the daemon follows it: what is new is answered and recorded, a broken one leaves the old house', async () => {
    const flow = { flow: sensor('Flow', 'heating/flow') };
    writeFileSync(file(), house(flow));
    const daemon = start('daemon');
    await daemon.waitFor(/ connected /);
    writeFileSync(file(), house({ ...flow, back: sensor('Back', 'heating/return') }));
    await daemon.waitFor(/was changed and is in use: 1 new one \(Back\)/);
    await expect.poll(() => heardValue('back'), { timeout: 10_000 }).toBe('41\n');
    expect((await tell(['set', 'pump', 'on'])).code).toBe(0);

    writeFileSync(file(), house(flow).replace('"unit"', '"unti"'));
    await daemon.waitFor(/the house file is broken, and the house stays as it was: .*my-house\.json:\d+:\d+: .*unit/);
    const broken = await tell(['daemon', 'status']);
    expect([broken.code, broken.stderr]).toEqual([1, '']);
    const pid = daemon.child.pid;
    expect(broken.stdout).toMatch(/^house {6}\S*my-house\.json:\d+:\d+: error: .*unit/);
    expect(broken.stdout).toContain(`answer     process ${pid} goes on with the house as it was before\n`);
    expect(broken.stdout).toMatch(/^note {7}the house file is broken, and the house stays as it was: /m);
    expect(broken.stdout).toMatch(new RegExp(`^recording  the daemon, process ${pid} on `, 'm'));

    writeFileSync(file(), house({ ...flow, back: sensor('Return', 'heating/return') }));
    await daemon.waitFor(/my-house\.json is in order again/);
    const mended = await tell(['daemon', 'status']);
    expect([mended.code, mended.stdout.includes('note ')]).toEqual([0, false]);
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).code).toBe(0);
    const second = Math.floor(Date.now() / 1_000);
    await until(() => Date.now() / 1_000 > second + 1, 'the second to be over');
    const { stdout: csv } = await tell(['history', '-F', 'csv']);
    expect(csv).toMatch(/,reading,flow,°C,54\.3,/);
    expect(csv).toMatch(/,reading,back,°C,41/);
    // Whoever switched is no stranger, though the house is another one than at the start.
    expect(csv).toMatch(/verdict.*Pump on: confirmed/);
  }, 60_000);

  it('a broken file without a daemon is what it was: a fault', async () => {
    writeFileSync(file(), '{');
    expect((await tell(['daemon', 'status'])).code).toBe(78);
  });

  describe('when a device that seals comes with it', () => {
    const KEY = '5b'.repeat(32);
    /** The heating as one that seals what it sends. */
    const sealHeating = (): void => {
      broker.heating.fallSilent();
      broker.heating.answer(false);
      const seal = createDeviceSeal(Buffer.from(KEY, 'hex'), 1, () => performance.now());
      const { client } = broker.heating;
      const speak = (): unknown => client.publish('heating/flow', seal.seal('heating/flow', '61.5'));
      const timer = setInterval(speak, 500);
      const obey = (topic: string, payload: Buffer): void => {
        const command = seal.open(topic, payload);
        if (command !== null) client.publish(`${topic}/done`, seal.seal(`${topic}/done`, command.value, command.id));
      };
      client.on('message', obey);
      keep({
        close: async () => {
          clearInterval(timer);
          client.off('message', obey);
          broker.heating.answer(true);
          broker.heating.speak(wellHeating);
        },
      });
    };
    beforeEach(() => {
      mkdirSync(join(folder, '.config/hometui'), { recursive: true });
      const keys = keysText({ heating: { key: KEY, madeAt: '2026-11-29T14:02:05.000Z' } });
      writeFileSync(join(folder, '.config/hometui/keys.json'), keys, { mode: 0o600 });
      broker.cellar.speak(wellCellar);
      writeFileSync(file(), house(cellar));
    });

    it('the console reads it and switches it, without a new start', async () => {
      const console = keep(
        await startInPty(process.execPath, { args: [PROGRAM, '--house', file()], env: env() as never }),
      );
      await console.waitFor(/Cellar .*14\.2/);
      sealHeating();
      writeFileSync(file(), sealedHouse());
      await console.waitFor(/Flow .*61\.5 °C/);
      console.write('p');
      await console.waitFor(/Pump .*(on|off).*confirmed/);
      expect(console.screen()).not.toContain('no key');
    }, 40_000);

    it('the daemon reads it, without a new start', async () => {
      const daemon = start('daemon');
      await daemon.waitFor(/ connected /);
      sealHeating();
      writeFileSync(file(), sealedHouse());
      await daemon.waitFor(/was changed and is in use: /);
      await expect.poll(() => heardValue('flow'), { timeout: 15_000 }).toBe('61.5\n');
      expect(daemon.stdout()).not.toMatch(/no key|forged|unsealed/);
    }, 40_000);
  });
});
