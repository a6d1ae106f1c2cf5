import { fail, ok, type Result } from '../result.ts';

/** Where to listen. */
export interface ListenAddress {
  /** A name or an address, without brackets. */
  readonly host: string;
  /** 1 to 65535; 0 for a free one. */
  readonly port: number;
  /** Whether only this machine reaches it. */
  readonly isLoopback: boolean;
}

const LOOPBACK = '127.0.0.1';

/** Reads `9834`, `127.0.0.1:9834`, `[::1]:9834` or `name:9834`; a port alone is one of loopback. The error says what it takes. */
export function parseListenAddress(text: string): Result<ListenAddress, string> {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535)
    return fail('It takes a port, or an address and a port: 9834, 127.0.0.1:9834, [::1]:9834.');
  const host = bracketed ?? plain ?? LOOPBACK;
  return ok({ host, port, isLoopback: host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host) });
}
