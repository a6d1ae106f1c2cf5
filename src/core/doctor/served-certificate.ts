import { cleanText } from '../clean-text.ts';
import { validity } from './certificates.ts';
import { type Check, fault, unexamined, well } from './check.ts';

/** The certificate that a broker shows to who connects. */
export interface ServedCertificate {
  /** The names and addresses that it is for. */
  readonly names: string;
  readonly validFromAt: number;
  readonly validToAt: number;
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** Why it is not trusted, with the cure; `null` where chain and name are right. */
  readonly distrust: { readonly why: string; readonly cure: string } | null;
}

/** Encryption on the way to the broker: chain, name and how long it is valid. `null`: no such connection came about. */
export function examineTls(certificate: ServedCertificate | null, now: number): readonly Check[] {
  if (certificate === null) {
    return [
      unexamined('tls', 'encryption', 'no encrypted connection came about, so that no certificate was seen', null),
    ];
  }
  const { names, protocol, distrust, validFromAt, validToAt } = certificate;
  const trust =
    distrust === null
      ? well('tls', 'encryption', `${protocol}, certificate for ${cleanText(names, 100)}: chain and name are right`)
      : fault('tls', 'encryption', distrust.why, distrust.cure);
  return [trust, validity('tls', 'certificate', { validFromAt, validToAt, now })];
}

/** A connection without encryption. On the own machine nobody listens on the way. */
export function examinePlain(isLoopback: boolean): Check {
  if (isLoopback) return well('tls', 'encryption', 'none, and none is needed: the connection stays in this machine');
  const evidence = 'none: passwords and values can be read by who listens on the way in this network';
  const cure = 'Where others are in it: a listener with certfile and keyfile in the conf, and mqtts:// here.';
  return unexamined('tls', 'encryption', evidence, cure);
}
