import { expect, test } from 'vitest';
import type { LinkEnd } from '../../../src/core/home/state/event.ts';
import { openWatchedLink } from '../../helpers/brokers/open-link.ts';
import { type Peer, startScriptedBroker } from '../../helpers/brokers/scripted-broker.ts';

/** How a connection ends on a publish, and what is told of it. */
const ends: readonly [what: string, protocolVersion: '5' | '311', close: (peer: Peer) => void, end: LinkEnd][] = [
  ['closed in good order and without a word', '311', peer => peer.socket.end(), 'closed'],
  ['closed in good order and without a word', '5', peer => peer.socket.end(), 'closed'],
  ['reset', '311', peer => peer.socket.resetAndDestroy(), 'closed'],
  ['reset', '5', peer => peer.socket.resetAndDestroy(), 'closed'],
  ['closed with "not authorized"', '5', peer => disconnect(peer, 135), 'not-authorized'],
  ['closed with "server shutting down"', '5', peer => disconnect(peer, 139), 'lost'],
];

test.each(ends)('a connection %s on a publish (MQTT %s)', async (_, protocolVersion, close, end) => {
  const broker = await startScriptedBroker({
    onPacket: (peer, packet) => {
      if (packet.cmd !== 'publish') return false;
      close(peer);
      return true;
    },
  });
  const link = openWatchedLink({ port: broker.port, protocolVersion });
  try {
    await link.phase('connected');
    link.command('heating/pump');
    expect(await link.next('command-lost')).toMatchObject({ commandId: 1, end });
  } finally {
    await link.close();
    await broker.close();
  }
});

test('of two commands on their way neither is known to be the reason', async () => {
  const broker = await startScriptedBroker({
    onPacket: (peer, packet) => {
      if (packet.cmd !== 'publish') return false;
      if (packet.topic === 'heating/burner') disconnect(peer, 135);
      return true;
    },
  });
  const link = openWatchedLink({ port: broker.port, protocolVersion: '5' });
  try {
    await link.phase('connected');
    link.command('heating/pump');
    link.command('heating/burner');
    await link.next('command-lost', ({ commandId }) => commandId === 2);
    expect(link.all('command-lost')).toMatchObject([{ end: 'closed' }, { end: 'closed' }]);
  } finally {
    await link.close();
    await broker.close();
  }
});

function disconnect(peer: Peer, reasonCode: number): void {
  peer.send({ cmd: 'disconnect', reasonCode });
  peer.socket.end();
}
