import { expect, it } from 'vitest';
import { parseListenAddress } from '../../../src/core/engine/listen-address.ts';

it.each([
  ['9834', { host: '127.0.0.1', port: 9834, isLoopback: true }],
  ['127.0.0.1:0', { host: '127.0.0.1', port: 0, isLoopback: true }],
  ['[::1]:9834', { host: '::1', port: 9834, isLoopback: true }],
  ['localhost:65535', { host: 'localhost', port: 65_535, isLoopback: true }],
  ['0.0.0.0:9834', { host: '0.0.0.0', port: 9834, isLoopback: false }],
  ['127.10.20.30:80', { host: '127.10.20.30', port: 80, isLoopback: true }],
  ['127.0.0.1.example:80', { host: '127.0.0.1.example', port: 80, isLoopback: false }],
  ['x127.0.0.1:80', { host: 'x127.0.0.1', port: 80, isLoopback: false }],
  ['pi.local:80', { host: 'pi.local', port: 80, isLoopback: false }],
])('%s', (text, address) => {
  expect(parseListenAddress(text)).toEqual({ ok: true, value: address });
});

it.each(['', 'pi', '65536', ':9834', '::1:9834', '[::1]', 'a b:1', '-1', '1.5', 'http://pi:80'])(
  '"%s" is none',
  text => {
    expect(parseListenAddress(text)).toMatchObject({ ok: false, error: expect.stringContaining('It takes a port') });
  },
);
