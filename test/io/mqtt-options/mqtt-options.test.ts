import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../../src/core/issue.ts';
import {
  type ConnectionOptions,
  type LinkOptions,
  parseConnectionOptions,
} from '../../../src/io/mqtt-options/mqtt-options.ts';
import { type Certificates, createCertificates } from '../../helpers/brokers/certificates.ts';

let files: Certificates;
beforeAll(() => {
  files = createCertificates();
});
afterAll(() => files.remove());

function parsed(options: ConnectionOptions, random = (): number => 0.5): LinkOptions {
  const result = parseConnectionOptions(options, random);
  if (!result.ok) throw new Error(result.error.map(issue => issue.message).join('\n'));
  return result.value;
}

function faults(options: ConnectionOptions): readonly Issue[] {
  const result = parseConnectionOptions(options, () => 0.5);
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`);
  for (const issue of result.error) expect(issue.cure ?? '').toMatch(/^[A-Z].*\.?$/);
  return result.error;
}

const firstFault = (options: ConnectionOptions): string => faults(options)[0]?.message ?? '';

describe('parseConnectionOptions', () => {
  it('goes to localhost:1883 without a name where nothing is said', () => {
    expect(parsed({})).toEqual({
      session: {
        url: 'mqtt://localhost:1883',
        host: 'localhost',
        port: 1883,
        user: null,
        clientId: 'hometui-80000000',
        isEncrypted: false,
        isLoopback: true,
      },
      password: null,
      protocolVersion: 'auto',
      keepaliveSeconds: 15,
      tls: null,
      webSocketUrl: null,
    });
  });

  it('makes a client identifier of its own at each start, never longer than 23 characters', () => {
    expect(parsed({}, () => 0).session.clientId).toBe('hometui-00000000');
    expect(parsed({}, () => 1 - 2 ** -53).session.clientId).toBe('hometui-ffffffff');
    expect(parsed({ id: 'cellar panel' }).session.clientId).toBe('cellar panel');
  });

  it.each([
    ['mqtt://pi', 'mqtt://pi:1883', false],
    ['mqtts://pi', 'mqtts://pi:8883', true],
    ['mqtt://[::1]:1884', 'mqtt://[::1]:1884', false],
    ['mqtt://pi/ignored', 'mqtt://pi:1883', false],
    ['ws://pi:9001', 'ws://pi:9001/', false],
    ['wss://pi/mqtt?token=secret', 'wss://pi:443/mqtt', true],
  ])('reads the URL %s', (url, shown, isEncrypted) => {
    expect(parsed({ url }).session).toMatchObject({ url: shown, isEncrypted });
  });

  it('keeps the query of a WebSocket for the wire, and off the screen', () => {
    expect(parsed({ url: 'ws://pi:9001/mqtt?token=secret' }).webSocketUrl).toBe('ws://pi:9001/mqtt?token=secret');
  });

  it('takes user and password from a URL, and shows neither in it', () => {
    const options = parsed({ url: 'mqtt://ann:p%40ss%2F1@pi' });
    expect(options.session).toMatchObject({ url: 'mqtt://pi:1883', user: 'ann' });
    expect(options.password).toBe('p@ss/1');
  });

  it('does not give the password of a URL to another user', () => {
    expect(parsed({ url: 'mqtt://ann:secret@pi', user: 'bob' })).toMatchObject({
      session: { user: 'bob' },
      password: null,
    });
    expect(parsed({ url: 'mqtt://ann:secret@pi', user: 'ann' }).password).toBe('secret');
    expect(parsed({ url: 'mqtt://ann:secret@pi', password: 'other' }).password).toBe('other');
  });

  it.each(['localhost', 'LOCALHOST', 'pi.localhost', '127.0.0.1', '127.3.2.1', '::1', '[::1]'])(
    'knows %s as this machine',
    host => {
      expect(parsed({ host }).session.isLoopback).toBe(true);
    },
  );

  it.each(['pi', '192.168.1.10', '128.0.0.1', 'localhost.example', '127.0.0.1.example', '::2'])(
    'knows %s as another machine',
    host => {
      expect(parsed({ host }).session.isLoopback).toBe(false);
    },
  );

  it('takes any file for TLS as the wish for TLS', () => {
    const options = parsed({ host: 'pi', cafile: files.ca, ...files.client });
    expect(options.session).toMatchObject({ url: 'mqtts://pi:8883', isEncrypted: true });
    expect(options.tls?.checksName).toBe(true);
    expect(options.tls?.ca).toContain('BEGIN CERTIFICATE');
    expect(parsed({ url: 'mqtt://pi:1883', cafile: files.ca }).session.url).toBe('mqtts://pi:1883');
    expect(parsed({ url: 'ws://pi:9001', cafile: files.ca }).webSocketUrl).toBe('wss://pi:9001/');
    expect(parsed({ url: 'mqtts://pi', insecure: true }).tls).toMatchObject({ ca: null, checksName: false });
  });

  it('keeps an empty password, which some brokers allow', () => {
    expect(parsed({ user: 'ann', password: '' }).password).toBe('');
  });

  it.each<[string, ConnectionOptions]>([
    ['a password without a user name is given', { password: 'secret' }],
    ['the user name is empty', { user: '' }],
    ['the user name "a�b" cannot be sent', { user: 'a\u0000b' }],
    ['the port 0 is out of range', { port: 0 }],
    ['the port 65536 is out of range', { port: 65_536 }],
    ['the port NaN is out of range', { port: Number.NaN }],
    ['the port 70000 is out of range', { url: 'mqtt://ann:secret@pi:70000' }],
    ['the host "" is no name and no address', { host: '' }],
    ['the host "my pi" is no name and no address', { host: 'my pi' }],
    ['the host mqtt://pi is a URL', { host: 'mqtt://pi' }],
    ['the URL localhost:1883 is not one of a broker', { url: 'localhost:1883' }],
    ['the URL http://pi is not one of a broker', { url: 'http://ann:secret@pi' }],
    ['the URL mqtt://pi pi cannot be read', { url: 'mqtt://ann:secret@pi pi' }],
    ['the URL mqtt: names no host', { url: 'mqtt:' }],
    ['the URL mqtt://pi cannot be read', { url: 'mqtt://ann:sec/ret@pi' }],
    ['the user or password in the URL mqtt://pi cannot be read', { url: 'mqtt://ann:secret%zz@pi' }],
    ['both a URL and a host or port are given', { url: 'mqtt://pi', port: 1 }],
    ['the keepalive 4 is out of range', { keepalive: 4 }],
    ['the client identifier "" cannot be sent', { id: '' }],
    ['--insecure is given, but the connection is not encrypted', { insecure: true }],
    ['the CA file /nowhere/ca.pem cannot be read: there is no such file', { cafile: '/nowhere/ca.pem' }],
    ['the CA file / cannot be read: it is a folder', { cafile: '/' }],
  ])('says "%s"', (message, options) => {
    expect(firstFault(options)).toBe(message);
    expect(JSON.stringify(faults(options))).not.toMatch(/secret|ret@/);
  });

  it('looks into the files for TLS', () => {
    const { client, server } = files;
    expect(firstFault({ cafile: client.key })).toMatch(/holds no certificate in PEM form$/);
    expect(firstFault({ cert: client.cert, key: client.cert })).toMatch(/holds no private key in PEM form$/);
    expect(firstFault({ cert: client.cert })).toMatch(/is given without its key$/);
    expect(firstFault({ key: client.key })).toMatch(/is given without its certificate$/);
    expect(firstFault({ cert: client.cert, key: server.key })).toMatch(/does not fit the certificate/);
    const locked = join(files.folder, 'locked.key');
    execFileSync('openssl', ['pkey', '-in', client.key, '-aes256', '-passout', 'pass:x', '-out', locked]);
    expect(firstFault({ cert: client.cert, key: locked })).toMatch(/locked\.key is locked with a passphrase$/);
    const empty = join(files.folder, 'empty.pem');
    writeFileSync(empty, '');
    expect(firstFault({ cafile: empty })).toMatch(/holds no certificate/);
  });

  it('finds every fault at once', () => {
    expect(faults({ port: -1, password: 'x', keepalive: 0, id: '' })).toHaveLength(4);
  });
});
