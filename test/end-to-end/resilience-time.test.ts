import type { Socket } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { startTcpServer } from '../helpers/brokers/tcp-server.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { runHometui } from '../helpers/program/hometui.ts';

const CONNACK = Buffer.from([0x20, 3, 0, 0, 0]);
const LIMIT_S = 1.5;
/** hometui keeps it within 0.5 s, which the bench of a quiet machine shows; here a busy one is no fault. */
const PATIENCE_MS = 6_000;

const keep = closeAfterEach();

/** Sends the bytes as fast as they are taken. */
function pour(socket: Socket, bytes: Buffer): void {
  if (!socket.destroyed) socket.write(bytes, () => setImmediate(pour, socket, bytes));
}

function drip(socket: Socket, byte: number): void {
  const timer = setInterval(() => socket.write(Buffer.from([byte])), 50);
  socket.once('close', () => clearInterval(timer));
}

const afterLogin = (socket: Socket, act: () => void): void => {
  socket.once('data', () => {
    socket.write(CONNACK);
    act();
  });
};
const packetOf = (topic: string): Buffer =>
  mqttPacket.generate(
    { cmd: 'publish', topic, payload: '54.3', qos: 0, retain: false, dup: false },
    { protocolVersion: 5 },
  );
const floodOf = (topic: string): Buffer => Buffer.concat(Array.from({ length: 500 }, () => packetOf(topic)));

describe('the time limit is kept by a broker that', () => {
  it.each([
    ['says nothing', (_: Socket) => {}],
    ['reads nothing', (socket: Socket) => void socket.pause()],
    ['sends half a packet', (socket: Socket) => void socket.write(Buffer.from([0x20, 0x09, 0x00]))],
    [
      'sends a packet byte by byte',
      (socket: Socket) => {
        socket.write(Buffer.from([0x20, 0xff, 0x7f]));
        drip(socket, 0);
      },
    ],
    ['answers the login and nothing more', (socket: Socket) => afterLogin(socket, () => {})],
    [
      'answers the login and goes',
      (socket: Socket) => afterLogin(socket, () => setTimeout(() => socket.destroy(), 30)),
    ],
    [
      'announces a packet of 256 MB',
      (socket: Socket) =>
        afterLogin(socket, () => {
          socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
          pour(socket, Buffer.alloc(65_536));
        }),
    ],
    ['floods with what nobody asked for', (socket: Socket) => afterLogin(socket, () => pour(socket, floodOf('a/b')))],
    [
      'floods with values and nothing else',
      (socket: Socket) => afterLogin(socket, () => pour(socket, floodOf('heating/flow'))),
    ],
  ])('%s', async (name, onSocket) => {
    const isOutlasted = name !== 'answers the login and goes';
    const { port } = keep(await startTcpServer(onSocket));
    const place = ['-h', '127.0.0.1', '-p', String(port)];
    const runs = ['text', 'nagios', 'json'].map(async format => {
      const startedAt = performance.now();
      const ended = await runHometui(['status', ...place, '-t', String(LIMIT_S), '--format', format]);
      return { format, ...ended, tookMs: performance.now() - startedAt };
    });
    const set = runHometui(['set', 'pump', 'on', ...place, '-t', '0.5']);
    for (const { format, code, stdout, stderr, tookMs } of await Promise.all(runs)) {
      // One that closes three times in a row is not waited for any longer.
      if (isOutlasted) expect(tookMs, format).toBeGreaterThan(LIMIT_S * 1_000 - 100);
      expect(tookMs, format).toBeLessThan(LIMIT_S * 1_000 + PATIENCE_MS);
      expect([3, 69]).toContain(code);
      expect(stderr === '').toBe(format !== 'text');
      // Where nothing came about, that is said, and not that it is still tried.
      expect(stdout + stderr).not.toContain('connecting');
      expect(stdout + stderr).toMatch(
        /gave no answer in time|closed the connection|is not MQTT|began to send a (?:packet|message) of 256 MB/,
      );
    }
    expect([69, 75]).toContain((await set).code);
  });
});
