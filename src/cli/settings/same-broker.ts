import { type AddressOptions, bracketed, parseAddress } from '../../io/mqtt-options/address.ts';

/** Where a broker is, as it was typed or saved. */
export interface NamedBroker extends AddressOptions {
  /** Whether a file is named beside it that only TLS has a use for. */
  readonly hasTlsFile: boolean;
}

/**
 * Whether both lead to one broker: the same host, port and kind of connection, however they are written. What cannot be
 * read is the same as nothing.
 */
export function isSameBroker(one: NamedBroker, other: NamedBroker): boolean {
  const key = brokerKey(one);
  return key !== null && key === brokerKey(other);
}

/** The one way to write a broker's address, without user, password and path; `null` where it cannot be read. */
export function brokerKey({ hasTlsFile, ...options }: NamedBroker): string | null {
  const address = parseAddress(options, hasTlsFile, () => null);
  return address === null ? null : `${address.scheme}//${bracketed(hostKey(address.host))}:${address.port}`;
}

/** A host's name without what makes no difference: case, the dot at its end, the spelling of an address. */
function hostKey(host: string): string {
  const url = `http://${bracketed(host)}`;
  const name = URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : host.toLowerCase();
  return name.replace(/\.$/, '');
}
