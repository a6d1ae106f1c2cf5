import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runHometui, startHometui } from '../helpers/hometui.ts';
import { startScriptedBroker } from '../helpers/scripted-broker.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server that does to each connection what the test wants. */
async function serve(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return String(typeof address === 'object' && address !== null ? address.port : 0);
}

const at = (port: string): string[] => ['-h', '127.0.0.1', '-p', port];

describe('status on something that is no good broker', () => {
  it.each([
    ['says nothing', (_: Socket) => {}, 3, 'gave no answer in time'],
    [
      'sends half a packet',
      (socket: Socket) => socket.write(Buffer.from([0x20, 0x09, 0x00])),
      3,
      'gave no answer in time',
    ],
    ['closes at once', (socket: Socket) => socket.destroy(), 69, 'closed the connection|connection reset'],
    ['is a web server', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 69, 'MQTT'],
  ])('that %s ends with words and a code', async (_, onSocket, code, words) => {
    const port = await serve(onSocket);
    const ended = await runHometui(['status', ...at(port), '-t', '2']);
    expect(ended, ended.stderr).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(new RegExp(words));
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    const nagios = await runHometui(['status', ...at(port), '-t', '0.5', '--format', 'nagios']);
    expect(nagios).toMatchObject({ code: 3, stdout: expect.stringMatching(/^HOMETUI UNKNOWN - /), stderr: '' });
    expect(await runHometui(['set', 'pump', 'on', ...at(port), '-t', '0.5'])).toMatchObject({ code: 69, stdout: '' });
  });

  it('that says nothing keeps its words to Nagios when a signal ends the wait', async () => {
    let connections = 0;
    const port = await serve(() => connections++);
    const running = startHometui(['status', ...at(port), '-Fnagios']);
    await expect.poll(() => connections, { timeout: 10_000 }).toBe(1);
    running.child.kill('SIGTERM');
    const stdout = 'HOMETUI UNKNOWN - ended by a signal before the house was known\n';
    expect(await running.ended).toEqual({ code: 3, stdout, stderr: '' });
  });

  it('that floods is answered in time', async () => {
    const flood = (peer: { readonly socket: Socket; readonly send: (packet: never) => void }): void => {
      const packet = { cmd: 'publish', topic: 'heating/flow', payload: '54.3', qos: 0, retain: false, dup: false };
      const pour = (): void => {
        if (peer.socket.destroyed) return;
        for (let count = 0; count < 200; count++) peer.send(packet as never);
        setTimeout(pour, 5);
      };
      pour();
    };
    const broker = await startScriptedBroker({
      onPacket: (peer, packet) => {
        if (packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === 'heating/flow') flood(peer as never);
        return false;
      },
    });
    closers.push(broker.close);
    const ended = await runHometui(['status', ...at(String(broker.port)), '-t', '1.5', '--format', 'json']);
    expect(ended.code, ended.stderr).toBe(1);
    expect(JSON.parse(ended.stdout).sensors.flow).toMatchObject({ value: 54.3, freshness: 'live' });
    expect(await runHometui(['status', ...at(String(broker.port)), '--only', 'flow'])).toMatchObject({ code: 0 });
  });
});
