import { cleanText } from '../../core/clean-text.ts';

/** The part of the connection options that says where the broker is. */
export interface AddressOptions {
  /** Name or address; `localhost`. */
  readonly host?: string;
  /** 1 to 65535; 1883, with TLS 8883. */
  readonly port?: number;
  /** `mqtt[s]://` or `ws[s]://`, in place of host and port; `user:password@` in it is taken. */
  readonly url?: string;
}

/** Adds a fault with its cure to a list; answers `null`, so that it can be returned in place of a value. */
export type Report = (message: string, cure: string) => null;

/** What the four schemes mean, and their usual ports. */
export const SCHEMES = {
  'mqtt:': { isEncrypted: false, isWebSocket: false, port: 1883 },
  'mqtts:': { isEncrypted: true, isWebSocket: false, port: 8883 },
  'ws:': { isEncrypted: false, isWebSocket: true, port: 80 },
  'wss:': { isEncrypted: true, isWebSocket: true, port: 443 },
} as const;

type Scheme = keyof typeof SCHEMES;

/** Where the broker is, and who is named in its URL. */
export interface Address {
  readonly scheme: Scheme;
  /** Without brackets, also for IPv6. */
  readonly host: string;
  readonly port: number;
  /** Empty, or beginning with `/`, with its query; only for WebSockets. */
  readonly path: string;
  readonly user: string | null;
  readonly password: string | null;
}

/**
 * Where the broker is, by URL or by host and port; `hasTlsFile`: TLS is wanted whatever the scheme says.
 * Every fault goes to `report`, none with a password in it.
 */
export function parseAddress(options: AddressOptions, hasTlsFile: boolean, report: Report): Address | null {
  if (options.url === undefined) return parseHostAndPort(options, hasTlsFile, report);
  if (options.host !== undefined || options.port !== undefined) {
    return report('both a URL and a host or port are given', 'Give either --url or --host and --port.');
  }
  return parseUrl(options.url, hasTlsFile, report);
}

function parseHostAndPort(options: AddressOptions, hasTlsFile: boolean, report: Report): Address | null {
  const scheme = hasTlsFile ? 'mqtts:' : 'mqtt:';
  const host = (options.host ?? 'localhost').replace(/^\[(.*)\]$/, '$1');
  const { port = SCHEMES[scheme].port } = options;
  if (host.includes('//')) {
    return report(`the host ${cleanText(withoutCredentials(host))} is a URL`, 'Give it with --url.');
  }
  if (host.includes('@')) {
    return report(
      `the host "${cleanText(withoutCredentials(host))}" has a user or password before it`,
      'Give them with --user and --password-file, or all as --url mqtt://user@host.',
    );
  }
  if (!isHost(host)) {
    return report(`the host "${cleanText(host)}" is no name and no address`, 'Write it as in: --host 192.168.1.10');
  }
  if (!isPort(port)) return reportPort(String(port), report);
  return { scheme, host, port, path: '', user: null, password: null };
}

function parseUrl(text: string, hasTlsFile: boolean, report: Report): Address | null {
  const shown = cleanText(withoutCredentials(text));
  const cure = 'Write it as mqtt://host:1883, mqtts://host:8883, ws://host:port/path or wss://host:port/path.';
  const port = /:(\d+)(?:[/?#]|$)/.exec(withoutCredentials(text))?.[1];
  if (port !== undefined && !isPort(Number(port))) return reportPort(port, report);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return report(`the URL ${shown} cannot be read`, cure);
  const scheme = toScheme(url.protocol, hasTlsFile);
  if (scheme === null) return report(`the URL ${shown} is not one of a broker`, cure);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (!isHost(host)) return report(`the URL ${shown} names no host`, cure);
  const [user, password] = [percentDecoded(url.username), percentDecoded(url.password)];
  if (user === null || password === null) {
    return report(
      `the user or password in the URL ${shown} cannot be read`,
      'Write % as %25, @ as %40 and : as %3A, or give them with --user and --password-file.',
    );
  }
  return {
    scheme,
    host,
    port: url.port === '' ? SCHEMES[scheme].port : Number(url.port),
    path: SCHEMES[scheme].isWebSocket ? `${url.pathname === '' ? '/' : url.pathname}${url.search}` : '',
    user: user === '' ? null : user,
    password: password === '' ? null : password,
  };
}

/** The scheme, its encrypted sister where TLS is wanted, or `null` where it is none of ours. */
function toScheme(protocol: string, hasTlsFile: boolean): Scheme | null {
  if (!Object.hasOwn(SCHEMES, protocol)) return null;
  const scheme = protocol as Scheme;
  if (!hasTlsFile) return scheme;
  return SCHEMES[scheme].isWebSocket ? 'wss:' : 'mqtts:';
}

/** Whether a host is this machine, so that nobody listens on the way: localhost, 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^::ffff:/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Up to the last `@`, so that a password with `@` or `/` in it does not show either. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]*:\/\/)?.*@/is, '$1');
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function reportPort(port: string, report: Report): null {
  return report(
    `the port ${cleanText(port, 20)} is out of range`,
    'Give a whole number from 1 to 65535; 1883 is usual.',
  );
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isHost(host: string): boolean {
  return host !== '' && !/[\s/?#@\u0000]/.test(host);
}

/** A host as it stands in a URL: IPv6 in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
