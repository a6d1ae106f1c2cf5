import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startScriptedBroker } from '../helpers/brokers/scripted-broker.ts';
import { startTcpServer, type TcpServer } from '../helpers/brokers/tcp-server.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';

const keep = closeAfterEach();

/** A server that does to each connection what the test wants. */
const serve = async (onSocket?: (socket: Socket) => void): Promise<TcpServer> => keep(await startTcpServer(onSocket));
const at = ({ port }: { readonly port: number }): string[] => ['-h', '127.0.0.1', '-p', String(port)];

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
    const server = await serve(onSocket);
    const ended = await runHometui(['status', ...at(server), '-t', '2']);
    expect(ended, ended.stderr).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(new RegExp(words));
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    const nagios = await runHometui(['status', ...at(server), '-t', '0.5', '--format', 'nagios']);
    expect(nagios).toMatchObject({ code: 3, stdout: expect.stringMatching(/^HOMETUI UNKNOWN - /), stderr: '' });
    expect(await runHometui(['set', 'pump', 'on', ...at(server), '-t', '0.5'])).toMatchObject({ code: 69, stdout: '' });
  });

  it('that says nothing keeps its words to Nagios when a signal ends the wait', async () => {
    const server = await serve();
    const running = startHometui(['status', ...at(server), '-Fnagios']);
    await expect.poll(server.connections, { timeout: 10_000 }).toBe(1);
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
    const broker = keep(
      await startScriptedBroker({
        onPacket: (peer, packet) => {
          if (packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === 'heating/flow') flood(peer as never);
          return false;
        },
      }),
    );
    const ended = await runHometui(['status', ...at(broker), '-t', '3', '--format', 'json']);
    expect(ended.code, ended.stderr).toBe(1);
    expect(JSON.parse(ended.stdout).sensors.flow).toMatchObject({ value: 54.3, freshness: 'live' });
    expect(await runHometui(['status', ...at(broker), '--only', 'flow'])).toMatchObject({ code: 0 });
  });
});
