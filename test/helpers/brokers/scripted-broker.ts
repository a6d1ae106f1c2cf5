import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';
import { listenOnLoopback } from './tcp-server.ts';

/** One client on a scripted broker. */
export interface Peer {
  readonly socket: Socket;
  /** What it sent so far. */
  readonly received: Packet[];
  /** Counts from 1 over the broker's life. */
  readonly number: number;
  /** Its CONNECT; throws where none came yet. */
  readonly login: () => IConnectPacket;
  /** Sends a packet, by the protocol version that the client speaks. */
  readonly send: (packet: Packet) => void;
  /** Sends bytes as they are. */
  readonly sendRaw: (bytes: Uint8Array | string) => void;
}

/** What the broker does: at a new connection, and with each packet. */
export interface Script {
  readonly onOpened?: (peer: Peer) => void;
  /** Without it, or where it returns `false`, the broker answers as an ordinary one does. */
  readonly onPacket?: (peer: Peer, packet: Packet) => boolean | undefined;
}

export interface ScriptedBroker {
  readonly port: number;
  readonly peers: readonly Peer[];
  readonly close: () => Promise<void>;
}

/** A server on a free loopback port that answers packet by packet as the test wants it. */
export async function startScriptedBroker(script: Script): Promise<ScriptedBroker> {
  const peers: Peer[] = [];
  const server = createServer({ noDelay: true }, socket => {
    const peer = createPeer(socket, peers.length + 1, script);
    peers.push(peer);
    script.onOpened?.(peer);
  });
  return {
    port: await listenOnLoopback(server),
    peers,
    close: async () => {
      for (const { socket } of peers) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function createPeer(socket: Socket, number: number, script: Script): Peer {
  const parser = mqttPacket.parser();
  const received: Packet[] = [];
  let connectPacket: IConnectPacket | null = null;
  const peer: Peer = {
    socket,
    received,
    number,
    login: () => {
      if (connectPacket === null) throw new Error('no CONNECT came yet');
      return connectPacket;
    },
    send: packet => socket.write(mqttPacket.generate(packet, { protocolVersion: connectPacket?.protocolVersion ?? 4 })),
    sendRaw: bytes => socket.write(bytes),
  };
  parser.on('packet', packet => {
    received.push(packet);
    if (packet.cmd === 'connect') connectPacket = packet;
    if (script.onPacket?.(peer, packet) !== true) answer(peer, packet);
  });
  // A client that speaks no MQTT is a script's matter, not this parser's.
  parser.on('error', () => {});
  socket.on('data', chunk => parser.parse(chunk));
  // A client that resets the connection is what some tests want to see: they listen themselves.
  socket.on('error', () => {});
  return peer;
}

function answer(peer: Peer, packet: Packet): void {
  const isV5 = packet.cmd === 'connect' ? packet.protocolVersion === 5 : peer.login().protocolVersion === 5;
  switch (packet.cmd) {
    case 'connect':
      peer.send({ cmd: 'connack', sessionPresent: false, ...(isV5 ? { reasonCode: 0 } : { returnCode: 0 }) });
      break;
    case 'subscribe':
      peer.send({
        cmd: 'suback',
        messageId: packet.messageId ?? 0,
        granted: packet.subscriptions.map(({ qos }) => qos),
      });
      break;
    case 'unsubscribe':
      peer.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: packet.unsubscriptions.map(() => 0) });
      break;
    case 'publish':
      if (packet.qos === 1) peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
      break;
    case 'pingreq':
      peer.send({ cmd: 'pingresp' });
      break;
    case 'disconnect':
      peer.socket.end();
      break;
    default:
      break;
  }
}
