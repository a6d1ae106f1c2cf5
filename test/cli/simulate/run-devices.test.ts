import { afterEach, describe, expect, it } from 'vitest';
import { runSimulate, type SimulateOptions } from '../../../src/cli/simulate/run-devices.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { articleHouse, linkAs, openDemoBroker } from '../../helpers/brokers/demo-broker.ts';
import { startTcpServer } from '../../helpers/brokers/tcp-server.ts';

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
  const world = { writeLine: (line: string) => void lines.push(line), clock: systemClock(), listen: () => stop.signal };
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

/** A server that hangs up on whoever says something. */
async function openMute() {
  const server = await startTcpServer(socket => socket.once('data', () => socket.end()));
  opened.push(server.close);
  return server;
}

describe('hometui simulate', () => {
  it('says what it does, logs each device in with its own credentials, and ends cleanly', async () => {
    const { broker, log } = await openBroker();
    const { lines, stop, ended } = start(broker.url, { speed: 2, faults: ['slow', 'silent@90'] });
    // The library is loaded for the first device.
    await expect.poll(() => lines.length, { timeout: 8_000 }).toBe(3);
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

  it('tries again until the broker lets it in, and says only once why not', async () => {
    const mute = await openMute();
    const { lines, stop, ended } = start(`mqtt://127.0.0.1:${mute.port}`, { operands: ['dhtclient'] });
    await expect.poll(() => mute.connections(), { timeout: 8_000 }).toBe(2);
    await mute.close();
    const broker = await openDemoBroker({ port: mute.port });
    opened.push(() => broker.close());
    await expect.poll(() => lines.at(-1), { timeout: 8_000 }).toContain('connected as dhtclient');
    const told = lines.filter(line => line.includes('closed the connection'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^dhtclient: not connected: broker at \S+ closed the connection before it answered the login; it tries again until that changes\n {2}It may not take user name or password of dhtclient: .* Else: check host and port;/,
    );
    stop.abort();
    expect(await ended).toBe(0);
  });

  it('names the reason when nobody listens', async () => {
    const { broker } = await openBroker();
    await broker.close();
    const { lines } = start(broker.url, { operands: ['dhtclient'] });
    await expect
      .poll(() => lines[1])
      .toMatch(/: connection refused; it tries again .*\n {2}Check that the broker runs/);
  });

  it('asks for one password after the other, and listens for the end only then', async () => {
    const steps: string[] = [];
    const linkFor = async (user: string) => {
      steps.push(`${user}?`);
      await new Promise(resolve => setImmediate(resolve));
      steps.push(`${user}!`);
      return linkAs('mqtt://127.0.0.1:1', user);
    };
    const world = {
      writeLine: () => {},
      clock: systemClock(),
      listen: () => {
        steps.push('listens');
        return AbortSignal.abort();
      },
    };
    const options = { operands: ['heating', 'dhtclient'], faults: [], speed: 1, seed: 1, house: articleHouse, linkFor };
    expect(await runSimulate(options, world)).toBe(0);
    expect(steps).toEqual(['heating?', 'heating!', 'dhtclient?', 'dhtclient!', 'listens']);
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
