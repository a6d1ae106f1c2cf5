import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, createCertificates } from '../../helpers/brokers/certificates.ts';
import { freePort, type Mosquitto, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { openWatchedLink, type WatchedLink, type WatchedOptions } from '../../helpers/brokers/open-link.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const openssl = requireProgram('openssl');

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function open(options: WatchedOptions): WatchedLink {
  const watched = openWatchedLink(options);
  opened.push(() => watched.close());
  return watched;
}

/** A mosquitto with a second listener; answers the port of that one. */
async function start(listener: string): Promise<Mosquitto & { readonly secondPort: number }> {
  const secondPort = await freePort();
  const broker = await startMosquitto({ conf: `listener ${secondPort} 127.0.0.1\n${listener}\n` });
  opened.push(() => broker.close());
  return { ...broker, secondPort };
}

describe.runIf(mosquitto !== null && openssl !== null)('openMqttLink with TLS', () => {
  let files: Certificates;
  beforeAll(() => {
    files = createCertificates();
  });
  afterAll(() => files.remove());

  const withServer = ({ cert, key }: { readonly cert: string; readonly key: string }, more = ''): string =>
    `certfile ${cert}\nkeyfile ${key}\n${more}`;
  const failureOf = async (options: WatchedOptions): Promise<string> => {
    const link = open(options);
    let { failure } = await link.phase('waiting');
    // A broker that closes at once may do so before it is read why: the next attempt tells.
    if (failure.kind === 'closed') ({ failure } = await link.phase('waiting'));
    expect(failure.kind).toBe('tls');
    expect(failure.cure).toMatch(/^[A-Z].*\.$/);
    return failure.message.replace(/^no encrypted connection to [^ ]+:\d+: /, '');
  };

  it('checks the certificate against an own authority, by name and by address', async () => {
    const { secondPort: port } = await start(withServer(files.server));
    for (const host of ['localhost', '127.0.0.1']) {
      await open({ host, port, cafile: files.ca }).phase('connected');
    }
  });

  it('says what is wrong with a certificate, to what, and what to do', async () => {
    const good = (await start(withServer(files.server))).secondPort;
    const other = (await start(withServer(files.elsewhere))).secondPort;
    const old = (await start(withServer(files.expired))).secondPort;
    const self = (await start(withServer(files.selfSigned))).secondPort;
    const cafile = files.ca;
    const url = (port: number): string => `mqtts://localhost:${port}`;
    expect(await failureOf({ url: url(good) })).toBe("the broker's certificate is signed by an unknown authority");
    expect(await failureOf({ url: url(good), cafile: files.selfSigned.cert })).toBe(
      "the broker's certificate is not signed by the authority in --cafile",
    );
    expect(await failureOf({ url: url(other), cafile })).toBe(
      "the broker's certificate is for elsewhere.example, not for localhost",
    );
    expect(await failureOf({ url: url(old), cafile })).toBe("the broker's certificate has expired");
    expect(await failureOf({ url: url(self), cafile })).toBe("the broker's certificate is signed by itself");
  });

  it('leaves the name unchecked where told to, and nothing else', async () => {
    const other = (await start(withServer(files.elsewhere))).secondPort;
    await open({ host: 'localhost', port: other, cafile: files.ca, insecure: true }).phase('connected');
    const url = `mqtts://localhost:${other}`;
    expect(await failureOf({ url, insecure: true })).toBe("the broker's certificate is signed by an unknown authority");
  });

  it.each(['tlsv1.2', 'tlsv1.3'])('shows a client certificate, and says when one is wanted (%s)', async version => {
    const more = `cafile ${files.ca}\nrequire_certificate true\ntls_version ${version}`;
    const { secondPort: port } = await start(withServer(files.server, more));
    await open({ host: 'localhost', port, cafile: files.ca, ...files.client }).phase('connected');
    expect(await failureOf({ host: 'localhost', port, cafile: files.ca })).toBe(
      'the broker does not accept it without a client certificate of its own authority',
    );
  });

  it('says that a port does not speak TLS, and that another one wants it', async () => {
    const broker = await start(withServer(files.server));
    expect(await failureOf({ url: `mqtts://localhost:${broker.port}`, cafile: files.ca })).toBe(
      'the other side closed it in the handshake',
    );
    const { failure } = await open({ port: broker.secondPort }).phase('waiting');
    expect(failure.message).toContain('closed the connection before it answered the login');
    expect(failure.cure).toContain('give --cafile or a mqtts:// URL');
  });

  it('says that a web server does not speak TLS', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    opened.push(() => new Promise(resolve => server.close(resolve)));
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await failureOf({ url: `mqtts://localhost:${port}` })).toBe('the other side does not speak TLS');
    const { failure } = await open({ url: `ws://localhost:${port}/mqtt` }).phase('waiting');
    expect(failure).toMatchObject({ kind: 'protocol' });
    expect(failure.message).toBe(`no WebSocket came about at localhost:${port}: the server answered with HTTP 200`);
  });

  it('speaks over a WebSocket, plain and encrypted', async () => {
    const plain = (await start('protocol websockets')).secondPort;
    const secure = (await start(withServer(files.server, 'protocol websockets'))).secondPort;
    const first = open({ url: `ws://127.0.0.1:${plain}/mqtt` });
    expect(await first.phase('connected')).toMatchObject({ protocol: '5' });
    first.command('heating/pump');
    expect(await first.next('command-acknowledged')).toMatchObject({ code: 16 });
    const second = open({ url: `wss://localhost:${secure}/mqtt`, cafile: files.ca });
    await second.phase('connected');
    await Promise.all([first.close(), second.close()]);
  });

  it('says that a plain MQTT port is none for WebSockets', async () => {
    const broker = await start('protocol websockets');
    const { failure } = await open({ url: `ws://127.0.0.1:${broker.port}/mqtt` }).phase('waiting');
    expect(failure.message).toMatch(/^no WebSocket came about at 127\.0\.0\.1:\d+: /);
    expect(failure.cure).toContain('protocol websockets');
  });
});
