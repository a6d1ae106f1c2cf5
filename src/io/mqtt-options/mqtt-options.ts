import { cleanText } from '../../core/clean-text.ts';
import type { Session } from '../../core/home/state/link.ts';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import {
  type Address,
  type AddressOptions,
  bracketed,
  isLoopback,
  parseAddress,
  type Report,
  SCHEMES,
} from './address.ts';
import { namesTlsFile, parseTls, type TlsFiles, type TlsOptions } from './tls-files.ts';

/** How a person says where the broker is and who they are; names as in the contract. What is left out has a default. */
export interface ConnectionOptions extends AddressOptions, TlsFiles {
  readonly user?: string;
  readonly password?: string;
  /** `auto`, the default: MQTT 5, then 3.1.1. */
  readonly protocolVersion?: '5' | '311' | 'auto';
  /** The MQTT client identifier; random per start if absent, for two consoles with one would fight for ever. */
  readonly id?: string;
  /** Seconds, 5 to 65535; 15, so that a dead link is known within 23 s. */
  readonly keepalive?: number;
}

/** All that the link needs, checked. Holds the password: never to be shown or logged. */
export interface LinkOptions {
  readonly session: Session;
  readonly password: string | null;
  readonly protocolVersion: '5' | '311' | 'auto';
  readonly keepaliveSeconds: number;
  /** `null`: not encrypted. */
  readonly tls: TlsOptions | null;
  /** The URL of a WebSocket; `null`: plain TCP or TLS. */
  readonly webSocketUrl: string | null;
}

const DEFAULT_KEEPALIVE_S = 15;

/**
 * Checks connection options and reads the files that they name. `random` gives numbers in [0, 1) for the client
 * identifier. The error is every fault that was found, each with its cure; none of them holds a password.
 */
export function parseConnectionOptions(
  options: ConnectionOptions,
  random: () => number,
): Result<LinkOptions, readonly Issue[]> {
  const issues: Issue[] = [];
  const report = (message: string, cure: string): null => {
    issues.push({ severity: 'error', message, cure });
    return null;
  };
  const address = parseAddress(options, namesTlsFile(options), report);
  const login = parseLogin(options, address, report);
  const keepaliveSeconds = parseKeepalive(options.keepalive, report);
  const clientId = parseClientId(options.id, random, report);
  const tls = parseTls(options, address !== null && SCHEMES[address.scheme].isEncrypted, report);
  if (issues.length > 0 || address === null) return fail(issues);
  const url = urlOf(address);
  return ok({
    session: {
      // A query may hold a token, and this URL is shown.
      url: url.replace(/\?.*$/, ''),
      host: address.host,
      port: address.port,
      user: login.user,
      clientId,
      isEncrypted: tls !== null,
      isLoopback: isLoopback(address.host),
    },
    password: login.password,
    protocolVersion: options.protocolVersion ?? 'auto',
    keepaliveSeconds,
    tls,
    webSocketUrl: SCHEMES[address.scheme].isWebSocket ? url : null,
  });
}

function urlOf({ scheme, host, port, path }: Address): string {
  return `${scheme}//${bracketed(host)}:${port}${path}`;
}

interface Login {
  readonly user: string | null;
  readonly password: string | null;
}

function parseLogin(options: ConnectionOptions, address: Address | null, report: Report): Login {
  const user = options.user ?? address?.user ?? null;
  // A password in a URL belongs to the user in that URL, not to another one named beside it.
  const isUrlUser = user === (address?.user ?? null);
  const password = options.password ?? (isUrlUser ? (address?.password ?? null) : null);
  if (user === '') report('the user name is empty', 'Give a user with --user, or leave it out.');
  // Mosquitto never sees such a login: mqtt.js closes the connection in silence (MQTT 3.1.1, section 3.1.2.9).
  else if (password !== null && user === null) {
    report('a password without a user name is given', 'Give the user too, with --user.');
  }
  if (user !== null && !isMqttString(user)) {
    report(`the user name "${cleanText(user)}" cannot be sent`, 'It must be UTF-8 without the null character.');
  }
  return { user, password };
}

function parseKeepalive(seconds: number | undefined, report: Report): number {
  if (seconds === undefined) return DEFAULT_KEEPALIVE_S;
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 65_535) {
    report(`the keepalive ${seconds} is out of range`, 'Give whole seconds from 5 to 65535.');
  }
  return seconds;
}

function parseClientId(id: string | undefined, random: () => number, report: Report): string {
  if (id === undefined) {
    const number = Math.floor(random() * 0x1_0000_0000);
    return `hometui-${number.toString(16).padStart(8, '0')}`;
  }
  if (id === '' || !isMqttString(id)) {
    report(`the client identifier "${cleanText(id)}" cannot be sent`, 'Leave --id out: one is made at each start.');
  }
  return id;
}

/** Whether a text can go into a packet: MQTT 5, section 1.5.4. */
function isMqttString(text: string): boolean {
  return !/[\u0000]|\p{Surrogate}/u.test(text) && Buffer.byteLength(text) <= 65_535;
}
