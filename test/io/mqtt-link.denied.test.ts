import { expect, test } from 'vitest';
import { openWatchedLink } from '../helpers/open-link.ts';
import { type Peer, startScriptedBroker } from '../helpers/scripted-broker.ts';

/** How a connection ends on a publish, and whether brokers that close on a denial end it so. */
const ends: readonly [what: string, protocolVersion: '5' | '311', end: (peer: Peer) => void, looksDenied: boolean][] = [
  ['closed in good order and without a word', '311', peer => peer.socket.end(), true],
  ['closed in good order and without a word', '5', peer => peer.socket.end(), false],
  ['reset', '311', peer => peer.socket.resetAndDestroy(), true],
  ['reset', '5', peer => peer.socket.resetAndDestroy(), false],
  ['closed with "not authorized"', '5', peer => disconnect(peer, 135), true],
  ['closed with "server shutting down"', '5', peer => disconnect(peer, 139), false],
];

test.each(ends)('a connection %s on a publish (MQTT %s)', async (_, protocolVersion, end, looksDenied) => {
  const broker = await startScriptedBroker({
    onPacket: (peer, packet) => {
      if (packet.cmd !== 'publish') return false;
      end(peer);
      return true;
    },
  });
  const link = openWatchedLink({ port: broker.port, protocolVersion });
  try {
    await link.phase('connected');
    link.command('heating/pump');
    expect(await link.next('command-lost')).toMatchObject({ commandId: 1, looksDenied });
  } finally {
    await link.close();
    await broker.close();
  }
});

test('of two commands on their way neither is known to be the reason', async () => {
  const broker = await startScriptedBroker({
    onPacket: (peer, packet) => {
      if (packet.cmd !== 'publish') return false;
      if (packet.topic === 'heating/burner') peer.socket.end();
      return true;
    },
  });
  const link = openWatchedLink({ port: broker.port, protocolVersion: '311' });
  try {
    await link.phase('connected');
    link.command('heating/pump');
    link.command('heating/burner');
    await link.next('command-lost', ({ commandId }) => commandId === 2);
    expect(link.all('command-lost')).toMatchObject([{ looksDenied: false }, { looksDenied: false }]);
  } finally {
    await link.close();
    await broker.close();
  }
});

function disconnect(peer: Peer, reasonCode: number): void {
  peer.send({ cmd: 'disconnect', reasonCode });
  peer.socket.end();
}
