import { resolve } from 'node:path';
import type { Listener } from '../../core/mosquitto/conf/listeners.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';

/** The same login on another listener of this machine, under a client identifier of its own; or why not, one clause. */
export function onListener(
  { session, ...rest }: LinkOptions,
  listener: Listener,
  cwd: string,
): Result<LinkOptions, string> {
  const { port, certificate, isWebSocket } = listener;
  if (port === 0) return fail('it is a Unix socket, and hometui speaks over TCP');
  const host = hostOf(listener, session.host);
  const isEncrypted = certificate !== null;
  const scheme = isWebSocket ? (isEncrypted ? 'wss' : 'ws') : isEncrypted ? 'mqtts' : 'mqtt';
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  // It stays in this machine, so that the name in its certificate does not matter.
  const ca = isEncrypted ? (rest.tls?.ca ?? authorityOf(listener, cwd)) : null;
  if (isEncrypted && ca === null) return fail('the authority of its certificate is not known: name it with --cafile');
  return ok({
    ...rest,
    tls: isEncrypted ? { ca, cert: rest.tls?.cert ?? null, key: rest.tls?.key ?? null, checksName: false } : null,
    webSocketUrl: isWebSocket ? `${url}/` : null,
    session: { ...session, clientId: `${session.clientId}-${port}`, host, port, url, isEncrypted },
  });
}

function hostOf({ address }: Listener, named: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '::1';
  return address === null || address === 'localhost' ? named : address;
}

function authorityOf({ authority }: Listener, cwd: string): string | null {
  if (authority === null) return null;
  const text = readTextFile(resolve(cwd, authority.value));
  return text.ok && text.value.includes('CERTIFICATE') ? text.value : null;
}
