import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examineTls } from '../../../src/core/doctor/served-certificate.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { readServedCertificate } from '../../../src/io/examine/certificate.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { type Certificates, createCertificates, type KeyPair } from '../../helpers/brokers/certificates.ts';
import { listenOnLoopback } from '../../helpers/brokers/tcp-server.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const openssl = requireProgram('openssl');
const clock = systemClock();
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** What is found of a server that shows this certificate. */
async function examine(server: Server, cafile: string): Promise<readonly string[]> {
  servers.push(server);
  const port = await listenOnLoopback(server);
  const link = parseConnectionOptions({ url: `mqtts://127.0.0.1:${port}`, cafile }, Math.random);
  if (!link.ok) throw new Error(JSON.stringify(link.error));
  const found = await readServedCertificate(link.value, clock);
  return examineTls(found, clock.wallNow()).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);
}

describe.runIf(openssl !== null)('the certificate that a broker shows', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = createCertificates();
  });
  afterAll(() => certificates.remove());
  const serverWith = ({ key, cert }: KeyPair): Server =>
    createServer({ key: readFileSync(key), cert: readFileSync(cert) });

  it('is trusted where its authority and its name are right, and warned of before it ends', async () => {
    const [trust, valid] = await examine(serverWith(certificates.server), certificates.ca);
    expect(trust).toMatch(
      /^well encryption: TLSv1\.3, certificate for localhost, 127\.0\.0\.1: chain and name are right$/,
    );
    expect(valid).toMatch(/^warning certificate: valid to \d{4}-\d\d-\d\d, 1 day from now$/);
  });

  it('is told as wrong where it is for another name, by nobody who is known, or too old', async () => {
    const [elsewhere] = await examine(serverWith(certificates.elsewhere), certificates.ca);
    expect(elsewhere).toMatch(/^fault encryption: .*certificate is for another name, not for 127\.0\.0\.1$/);
    const [self] = await examine(serverWith(certificates.selfSigned), certificates.ca);
    expect(self).toMatch(/^fault encryption: .*signed by itself$/);
    const expired = await examine(serverWith(certificates.expired), certificates.ca);
    expect(expired).toEqual([
      expect.stringMatching(/^fault encryption: .*has expired$/),
      expect.stringMatching(/^fault certificate: it has expired on \d{4}-\d\d-\d\d$/),
    ]);
  });

  it('was not seen where the other side speaks no TLS', async () => {
    const plain = createTcpServer(socket => {
      socket.on('error', () => {});
      socket.resume();
      socket.end('no TLS here');
    });
    expect(await examine(plain, certificates.ca)).toEqual([expect.stringMatching(/^unexamined encryption: /)]);
  });
});
