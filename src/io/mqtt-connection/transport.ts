import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import type { TlsOptions } from '../mqtt-options/tls-files.ts';
import { openLookup } from './lookup.ts';
import { MAX_PACKET_BYTES } from './packet-size.ts';
import { READ_AHEAD_BYTES } from './read-pace.ts';

/** How far the way to the broker was made when it failed. */
export type TransportStage = 'tcp' | 'tls' | 'websocket';

/** Why the way to the broker could not be made: `cause` is what Node said. */
export class TransportError extends Error {
  readonly stage: TransportStage;
  override readonly cause: Error;
  constructor(stage: TransportStage, cause: Error) {
    super(cause.message);
    this.stage = stage;
    this.cause = cause;
  }
}

/**
 * Makes the way for MQTT packets: TCP, then TLS and a WebSocket where wanted. Rejects with `TransportError`.
 * Aborting `signal` resets the connection at once, also later: what the kernel has not sent yet is thrown away (RST),
 * where an ordinary close would still deliver it when the network comes back.
 */
export async function openTransport(options: LinkOptions, signal: AbortSignal, clock: Clock): Promise<Duplex> {
  const { host, port } = options.session;
  // Small packets go out at once: Nagle's algorithm would hold a command back until the last one is acknowledged.
  const wanted = {
    host,
    port,
    noDelay: true,
    lookup: openLookup(signal, clock),
    readableHighWaterMark: READ_AHEAD_BYTES,
  };
  const socket = connect(wanted);
  signal.addEventListener('abort', () => reset(socket), { once: true });
  await stage('tcp', socket, 'connect');
  const stream = options.tls === null ? socket : await startTls(socket, host, options.tls);
  return options.webSocketUrl === null ? stream : startWebSocket(stream, options.webSocketUrl);
}

function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

async function startTls(socket: Socket, host: string, tls: TlsOptions): Promise<TLSSocket> {
  const secure = connectTls({
    socket,
    // RFC 6066, section 3: an address is no server name.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.cert === null || tls.key === null ? {} : { cert: tls.cert, key: tls.key }),
    ...(tls.checksName ? {} : { checkServerIdentity: () => undefined }),
  });
  await stage('tls', secure, 'secureConnect');
  return secure;
}

async function startWebSocket(stream: Duplex, url: string): Promise<Duplex> {
  const { WebSocket, createWebSocketStream } = await import('ws');
  // MQTT 5, section 6: the subprotocol is named "mqtt". TLS, if any, is already in the stream.
  const webSocket = new WebSocket(url.replace(/^wss:/, 'ws:'), ['mqtt'], {
    createConnection: () => stream as Socket,
    perMessageDeflate: false,
    maxPayload: MAX_PACKET_BYTES,
  });
  await new Promise<void>((resolve, reject) => {
    webSocket.once('open', resolve);
    webSocket.once('error', error => reject(new TransportError('websocket', error)));
  });
  const duplex = createWebSocketStream(webSocket);
  stream.once('close', () => duplex.destroy());
  return duplex;
}

function stage(name: TransportStage, socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null): void => {
      socket.off(event, onDone);
      socket.off('close', onClose);
      if (error === null) resolve();
      else reject(new TransportError(name, error));
    };
    const onDone = (): void => settle(null);
    const onClose = (): void => settle(new Error('the connection was closed'));
    socket.once(event, onDone);
    socket.once('close', onClose);
    // Stays, so that an error that comes after the decision is never "unhandled".
    socket.on('error', settle);
  });
}
