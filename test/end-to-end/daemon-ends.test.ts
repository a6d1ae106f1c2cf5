import { watch } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../src/io/history-store/events/read-events.ts';
import { historyFolder } from '../../src/io/history-store/place.ts';
import { openHistoryReader } from '../../src/io/history-store/reader.ts';
import { writeHousePast } from '../helpers/history/house-past.ts';
import { wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useQuietDaemon } from '../helpers/house/use-quiet-daemon.ts';
import { isStopped, until } from '../helpers/lifecycle/processes.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import type { PtyProgram } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');

/** The daemon is asked each two seconds, and believed to be gone when it did not answer three times. */
const GONE_MS = 20_000;

describe.runIf(mosquitto !== null)('a console whose daemon ends', () => {
  const { house, env, openConsole, speak, startDaemon, openDaemon } = useQuietDaemon();
  const folder = (): string => historyFolder(env(), 'Home', { host: '127.0.0.1', port: house.broker.port }) ?? '';
  const LARGE = { columns: 100, rows: 30 };

  /** The screen of the alarms: who watches. */
  async function watchedBy(console: PtyProgram, who: RegExp): Promise<void> {
    console.write('a');
    await console.waitFor(who, GONE_MS);
    console.write('\u001b');
    await console.waitFor(/Clients[\s\S]*Enter detail/);
  }

  it('has all at once with a day of the past, and goes on by itself where the daemon is killed', async () => {
    const now = Math.floor(Date.now() / 1_000);
    await writeHousePast(folder(), { from: now - 24 * 3_600, until: now - 120 });
    const daemon = await openDaemon();
    const console = await openConsole(LARGE);
    const first = await console.waitFor('All 4 values and 2 clients are live');
    expect(first).toContain('54.3 °C');
    expect(first).toMatch(/Pump.* on\b/);
    expect(first).not.toContain('was on');
    console.write('\r+++');
    const day = await console.waitFor(/24 h[\s\S]*mean 5\d/);
    expect(day).toMatch(/min 4[0-9]\.\d[\s\S]*max 6[0-9]\.\d/);
    console.write('\u001b');
    await console.waitFor(/Clients[\s\S]*Enter detail/);
    await watchedBy(console, /The daemon watches/);

    daemon.child.kill('SIGKILL');
    await daemon.ended;
    // The link is the console's own: what it has heard stays as it was heard.
    house.heating.client.publish('heating/flow', '60.5');
    const alone = await console.waitFor('60.5 °C');
    expect(alone).toContain('All 4 values and 2 clients are live');
    await watchedBy(console, /This console watches while it is open/);
    // And nobody else who asks takes the dead one's word.
    const { stdout } = await runHometui(['status', '-F', 'json', '-t', '0.1'], { env: env() });
    expect(JSON.parse(stdout).daemon).toBeNull();

    const again = await startDaemon();
    await watchedBy(console, /The daemon watches/);
    // What nobody repeats is known by who has listened all the time.
    speak();
    const both = await console.waitFor('All 4 values and 2 clients are live');
    expect(both).toMatch(/Pump.* on\b/);
    expect(both).not.toContain('was on');
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
    console.write('q');
    expect(await console.exit).toMatchObject({ code: 0 });
  }, 90_000);

  it('has on the disk what both have heard since the daemon last wrote, once, where the daemon is killed', async () => {
    const daemon = await openDaemon();
    // The first values are written after ten seconds, the next ones a minute later.
    await until(() => hasValues(folder()), 'the daemon to write', GONE_MS);
    const tried = namedIn(folder(), 'lock.lock');
    const console = await openConsole(LARGE);
    // It looks who records: from now on it waits for its turn.
    await tried;
    speak();
    await console.waitFor('All 4 values and 2 clients are live');
    const begin = await nextSecond();
    const triedAgain = namedIn(folder(), 'lock.lock');
    const values = ['60.5', '60.6', '60.7', '60.8'];
    for (const value of values) {
      house.heating.client.publish('heating/flow', value);
      await console.waitFor(`${value} °C`);
    }
    house.heating.client.publish('heating/pump/done', 'off');
    await console.waitFor(/Pump.* off\b/);
    const pump = () => readEvents(folder(), { from: 0, until: 1e10 }).filter(({ id }) => id === 'pump');
    await until(() => pump().length === 2, 'the daemon to write that the pump is off');
    // Until the last message it is proven that somebody listened.
    const end = await nextSecond();
    house.heating.client.publish('heating/flow', '60.9');
    await console.waitFor('60.9 °C');
    // Ten seconds after it began to wait its turn has not come; what it has heard by now must outlast that.
    await triedAgain;
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    console.write('q');
    expect(await console.exit).toMatchObject({ code: 0 });
    const { stdout: csv } = await runHometui(['history', '--last', '5min', '-F', 'csv'], { env: env() });
    for (const value of values) expect(csv.split(`,reading,flow,°C,${value},`)).toHaveLength(2);
    expect(pump()).toHaveLength(2);
    const rows = csv.split('\r\n').map(line => line.split(','));
    const gaps = rows.filter(([from = '', to = '', kind]) => {
      return kind === 'not-listening' && Date.parse(from) / 1_000 < end && Date.parse(to) / 1_000 > begin;
    });
    expect(gaps).toEqual([]);
  }, 150_000);

  it('takes nothing from a daemon that stands still, and believes it again when it goes on', async () => {
    const daemon = await openDaemon();
    const { pid } = daemon.child;
    if (pid === undefined) throw new Error('the daemon has a number');
    process.kill(pid, 'SIGSTOP');
    await until(() => isStopped(pid), 'the daemon to be stopped');
    const console = await openConsole(LARGE);
    // The pump was said while nobody but the daemon listened: what it has written of it is the past.
    const waiting = await console.waitFor('0 of 4 values heard');
    expect(waiting).not.toContain('54.3');
    expect(waiting).toMatch(/Pump +\? (was on|unknown)/);
    speak();
    await console.waitFor('All 4 values');
    await watchedBy(console, /This console watches/);
    process.kill(pid, 'SIGCONT');
    await watchedBy(console, /The daemon watches/);
    process.kill(pid, 'SIGSTOP');
    await until(() => isStopped(pid), 'the daemon to be stopped again');
    house.heating.client.publish('heating/flow', '61.5');
    await console.waitFor('61.5 °C');
    await watchedBy(console, /This console watches/);
    console.write('q');
    expect(await console.exit).toMatchObject({ code: 0 });
  }, 90_000);

  it('calls nothing live when the link is lost, too', async () => {
    const daemon = await openDaemon();
    const console = await openConsole({ args: ['--keepalive', '5'], ...LARGE });
    await console.waitFor('All 4 values and 2 clients are live');
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    const { pid } = house.broker;
    process.kill(pid(), 'SIGSTOP');
    try {
      await until(() => isStopped(pid()), 'the broker to be stopped');
      // Two keepalives without an answer.
      const screen = await console.waitFor(/no link|not connected|connecting/, 60_000);
      expect(screen).not.toMatch(/values? (and .*)?(is|are) live/);
      expect(screen).toContain('54.3 °C');
    } finally {
      process.kill(pid(), 'SIGCONT');
    }
    // Nobody has listened meanwhile: what was heard before counts for nothing now.
    const back = await console.waitFor(/● connected/, 30_000);
    expect(back).not.toContain('All 4 values and 2 clients are live');
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
    await console.waitFor('All 4 values and 2 clients are live', 30_000);
  }, 120_000);
});

/** Whether any value stands in a history. */
function hasValues(folder: string): boolean {
  const reader = openHistoryReader(folder);
  const now = Math.floor(Date.now() / 1_000);
  let count = 0;
  const add = (): void => void count++;
  reader.read(new Set(reader.series.map(({ n }) => n)), { from: now - 300, until: now + 1 }, null, {
    reading: add,
    rollUp: add,
  });
  return count > 0;
}

/** Resolves when a file of that name was made in a folder, however soon it went. */
function namedIn(folder: string, wanted: string): Promise<void> {
  return new Promise(resolve => {
    const watching = watch(folder, { persistent: false }, (_, name) => {
      if (name !== wanted) return;
      watching.close();
      resolve();
    });
  });
}

/** Waits for the next second to begin; gives it, since 1970. */
async function nextSecond(): Promise<number> {
  const next = Math.floor(Date.now() / 1_000) + 1;
  await until(() => Date.now() / 1_000 >= next, 'the next second');
  return next;
}
