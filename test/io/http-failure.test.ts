import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpFailure } from '../../src/io/http-failure.ts';
import { type Certificates, createCertificates } from '../helpers/brokers/certificates.ts';
import { listenOnLoopback, startTcpServer } from '../helpers/brokers/tcp-server.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';

const keep = closeAfterEach();
let certificates: Certificates;
beforeAll(() => {
  certificates = createCertificates();
});
afterAll(() => certificates.remove());

/** What becomes of a request of which nothing is ever answered. */
async function failureOf(url: string, headers: Record<string, string> = {}) {
  try {
    await fetch(url, { method: 'POST', body: '{}', headers });
    throw new TypeError('it was answered');
  } catch (error) {
    return httpFailure(error);
  }
}

async function encrypted(name: 'selfSigned' | 'server'): Promise<string> {
  const { key, cert } = certificates[name];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
  const port = await listenOnLoopback(server);
  keep({ close: () => new Promise<void>(resolve => server.close(() => resolve())) });
  return `https://127.0.0.1:${port}/`;
}

it.each([
  ['selfSigned', 'its certificate is signed by itself'],
  ['server', 'its certificate is signed by an unknown authority'],
] as const)('over TLS nothing goes to who shows no certificate that is trusted: %s', async (name, why) => {
  expect(await failureOf(await encrypted(name))).toEqual({ why, mayBeDone: false });
});

it('where TLS is not spoken nothing was sent, in one line', async () => {
  const server = keep(await startTcpServer(socket => socket.end('220 ready\r\n')));
  const why = 'it does not speak TLS';
  expect(await failureOf(`https://127.0.0.1:${server.port}/`)).toEqual({ why, mayBeDone: false });
});

it('what fetch refuses to send was not sent', async () => {
  const why = 'Node.js sends nothing to this port (Fetch Standard, "bad port")';
  expect(await failureOf('http://127.0.0.1:9/')).toEqual({ why, mayBeDone: false });
  expect(await failureOf('http://127.0.0.1:4711/', { token: '€' })).toMatchObject({ mayBeDone: false });
});

it('what answers something else than HTTP may have done it', async () => {
  const server = keep(await startTcpServer(socket => socket.end('220 \u001b[31mready\r\n')));
  expect(await failureOf(`http://127.0.0.1:${server.port}/`)).toMatchObject({ mayBeDone: true });
});

it('what was broken off may have been done', () => {
  const broken = new DOMException('This operation was aborted', 'AbortError');
  expect(httpFailure(broken)).toEqual({ why: 'This operation was aborted', mayBeDone: true });
});

it('words of the library come on one line, without what moves a cursor', () => {
  const cause = Object.assign(new Error('a\u001b[2J b:\n c\n'), { code: 'ERR_SSL_ODD' });
  expect(httpFailure(new TypeError('fetch failed', { cause })).why).toBe('a\ufffd[2J b: c');
});
