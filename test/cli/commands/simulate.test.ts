import { afterEach, describe, expect, it } from 'vitest';
import { runSimulate, type SimulateOptions } from '../../../src/cli/commands/simulate.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { articleHouse, linkAs, openDemoBroker } from '../../helpers/demo-broker.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function start(url: string, more: Partial<SimulateOptions> = {}) {
  const lines: string[] = [];
  const stop = new AbortController();
  const options: SimulateOptions = {
    operands: ['heating', 'dhtclient'],
    faults: [],
    speed: 1,
    seed: 1,
    house: articleHouse,
    linkFor: async user => linkAs(url, user),
    ...more,
  };
  const world = { writeLine: (line: string) => void lines.push(line), clock: systemClock(), signal: stop.signal };
  const ended = runSimulate(options, world);
  ended.catch(() => {});
  opened.push(async () => {
    stop.abort();
    await ended.catch(() => {});
  });
  return { lines, stop, ended };
}

async function openBroker() {
  const log: string[] = [];
  const broker = await openDemoBroker({ log: entry => log.push(entry.line.replace(/^\d+: /, '')) });
  opened.push(() => broker.close());
  return { broker, log };
}

describe('hometui simulate', () => {
  it('says what it does, logs each device in with its own credentials, and ends cleanly', async () => {
    const { broker, log } = await openBroker();
    const { lines, stop, ended } = start(broker.url, { speed: 2, faults: ['slow', 'silent@90'] });
    await expect.poll(() => lines.length).toBe(3);
    expect(lines[0]).toBe(
      `Simulating heating and dhtclient on ${broker.url}, at 2 times the speed, fault slow, fault silent after 90 s. Ctrl-C ends it.`,
    );
    expect(lines.slice(1).sort()).toEqual([
      'dhtclient: connected as dhtclient, client identifier dhtclient-1',
      'heating: connected as heating, client identifier heating-1',
    ]);
    stop.abort();
    expect(await ended).toBe(0);
    await expect
      .poll(() => log.slice(2).sort())
      .toEqual(['Client dhtclient-1 disconnected.', 'Client heating-1 disconnected.']);
    expect(lines).toHaveLength(3);
  });

  it('ends with 77, the user and the cure when the broker refuses the login', async () => {
    const { broker } = await openBroker();
    const { lines, ended } = start(broker.url, {
      linkFor: async user => linkAs(broker.url, user, { password: 'secret-word' }),
      operands: ['heating'],
    });
    const failure = await ended.catch((error: unknown) => error);
    expect(failure).toMatchObject({
      exitCode: 77,
      message: `the broker at ${broker.url} refused heating as "heating": not authorized (5)`,
      cure: expect.stringContaining('password'),
    });
    expect(`${lines.join()}${failure}`).not.toContain('secret-word');
  });

  it('waits for a broker that is not there, says so once, and connects when it comes', async () => {
    const { broker } = await openBroker();
    await broker.close();
    const { lines, stop, ended } = start(broker.url, { operands: ['dhtclient'] });
    await expect.poll(() => lines.length).toBeGreaterThan(1);
    // Long enough for a second try to fail: the first comes after 0.64 to 0.96 s.
    await new Promise(resolve => setTimeout(resolve, 1_000));
    const second = await openDemoBroker({ port: broker.port });
    opened.push(() => second.close());
    await expect.poll(() => lines.at(-1), { timeout: 8_000 }).toContain('connected as dhtclient');
    expect(lines.slice(1)).toEqual([
      'dhtclient: not connected: connection refused: no broker listens there; it tries again until that changes',
      'dhtclient: connected as dhtclient, client identifier dhtclient-1',
    ]);
    stop.abort();
    expect(await ended).toBe(0);
  });

  it('takes a device that is named twice once', async () => {
    const { broker } = await openBroker();
    const { lines } = start(broker.url, { operands: ['heating', 'heating'] });
    await expect.poll(() => lines.length).toBe(2);
    expect(lines[0]).toContain('Simulating heating on');
  });

  it.each([
    [{ operands: [] }, 'no device is named'],
    [{ operands: ['fridge'] }, 'there is no device "fridge"'],
    [{ faults: ['loud'] }, 'there is no fault "loud"'],
    [{ faults: ['slow@soon'] }, '"soon" is no number of seconds'],
  ])('refuses %j with 64', async (more, message) => {
    const { ended, lines } = start('mqtt://127.0.0.1:1', more);
    await expect(ended).rejects.toMatchObject({ exitCode: 64, message });
    expect(lines).toEqual([]);
  });
});
