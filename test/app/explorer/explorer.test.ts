import { describe, expect, it } from 'vitest';
import { type Explorer, type ExplorerStatus, openExplorer } from '../../../src/app/explorer/explorer.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { type Script, type ScriptedBroker, startScriptedBroker } from '../../helpers/brokers/scripted-broker.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';

const keep = closeAfterEach();

interface Opened {
  readonly explorer: Explorer;
  readonly broker: ScriptedBroker;
  /** Resolves with the first status of which this is so. */
  readonly until: (isSo: (status: ExplorerStatus) => boolean) => Promise<ExplorerStatus>;
}

async function open(script: Script, roots: readonly string[] = ['heating/#']): Promise<Opened> {
  const broker = keep(await startScriptedBroker(script));
  const link = parseConnectionOptions({ host: '127.0.0.1', port: broker.port }, Math.random);
  if (!link.ok) throw new Error(JSON.stringify(link.error));
  const setup = { link: link.value, protocol: '5', clock: systemClock(), random: () => 0, roots } as const;
  const explorer = keep(openExplorer(setup));
  const until: Opened['until'] = isSo =>
    new Promise(resolve => {
      const look = (): void => {
        if (!isSo(explorer.status())) return;
        release();
        resolve(explorer.status());
      };
      const release = explorer.subscribe(look);
      look();
    });
  return { explorer, broker, until };
}

/** The filters that were asked for, in their order. */
const asked = ({ peers }: ScriptedBroker): readonly string[] =>
  peers.flatMap(({ received }) =>
    received.flatMap(packet => (packet.cmd === 'subscribe' ? packet.subscriptions.map(({ topic }) => topic) : [])),
  );

/** Answers these filters with a reason code instead of granting them. */
const refusing =
  (codes: Readonly<Record<string, number>>): NonNullable<Script['onPacket']> =>
  (peer, packet) => {
    if (packet.cmd !== 'subscribe') return false;
    const granted = packet.subscriptions.map(({ topic }) => codes[topic] ?? 0);
    peer.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted });
    return true;
  };

describe('what the explorer listens to', () => {
  it('is told as soon as the broker has granted it', async () => {
    const { until, broker } = await open({});
    const before = Date.now();
    const { granted, grantedAt, refused } = await until(({ phase }) => phase === 'settled');
    expect({ granted, refused }).toEqual({ granted: ['#'], refused: [] });
    expect(Math.abs((grantedAt ?? 0) - before)).toBeLessThan(10_000);
    expect(asked(broker)).toEqual(['#']);
  });

  it('is the branches of the house where the broker refuses all of it, and the code is told', async () => {
    const { until, broker } = await open({ onPacket: refusing({ '#': 135 }) }, ['heating/#', 'cellar/#']);
    const status = await until(({ granted }) => granted.length === 2);
    expect(status.refused).toEqual([{ filter: '#', code: 135 }]);
    expect([...status.granted].sort()).toEqual(['cellar/#', 'heating/#']);
    expect(asked(broker)).toEqual(['#', 'heating/#', 'cellar/#']);
  });

  it('is nothing where each is refused, and each is told', async () => {
    const { until } = await open({ onPacket: refusing({ '#': 135, 'heating/#': 128 }) });
    const { granted, grantedAt, refused } = await until(status => status.refused.length === 2);
    expect({ granted, grantedAt }).toEqual({ granted: [], grantedAt: null });
    expect(refused).toEqual([
      { filter: '#', code: 135 },
      { filter: 'heating/#', code: 128 },
    ]);
  });

  it('is nothing while the connection is gone, and all of it again when it is back', async () => {
    const { until, broker } = await open({});
    await until(({ granted }) => granted.length > 0);
    broker.peers[0]?.socket.destroy();
    const lost = await until(({ phase }) => phase === 'lost');
    expect(lost).toMatchObject({ granted: [], grantedAt: null, reason: expect.stringMatching(/\S/) });
    const back = await until(({ phase }) => phase === 'settled');
    expect(back).toMatchObject({ granted: ['#'], reason: null, cure: null });
    expect(broker.peers).toHaveLength(2);
    expect(asked(broker)).toEqual(['#', '#']);
  }, 15_000);

  it('a broker that denies by closing is asked twice for it, and then for less', async () => {
    const { until } = await open({
      onPacket: (peer, packet) => {
        const isAll = packet.cmd === 'subscribe' && packet.subscriptions.some(({ topic }) => topic === '#');
        if (isAll) peer.socket.destroy();
        return isAll;
      },
    });
    const { refused, granted } = await until(status => status.granted.length > 0);
    expect({ refused, granted }).toEqual({ refused: [{ filter: '#', code: null }], granted: ['heating/#'] });
  }, 15_000);
});

describe('unfolded or in full, while messages flow', () => {
  it('changes what is subscribed, and loses nothing that is heard', async () => {
    let number = 0;
    const { explorer, broker, until } = await open({});
    await until(({ phase }) => phase === 'settled');
    const say = (topic: string): void => {
      number += 1;
      broker.peers[0]?.send({ cmd: 'publish', topic, payload: String(number), qos: 0, dup: false, retain: false });
    };
    const heard = async (topic: string): Promise<void> => {
      say(topic);
      await until(() => explorer.tree.find(topic)?.self?.payload === String(number));
    };
    await heard('a/x');
    explorer.look({ unfolded: ['a'], topics: [], filter: null, withSystem: false });
    explorer.setExtent('parts');
    await heard('a/x');
    const parts = await until(({ granted }) => granted.length === 2 && !granted.includes('#'));
    expect(parts).toMatchObject({ extent: 'parts', granted: asked(broker).slice(1) });
    await heard('a/x');
    explorer.setExtent('all');
    await heard('a/x');
    expect(await until(({ granted }) => granted.includes('#'))).toMatchObject({ extent: 'all', granted: ['#'] });
    await heard('b/y');
    expect(explorer.tree.find('a/x')?.self?.live).toBe(4);
  });
});
