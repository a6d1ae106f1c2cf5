import { connect as connectTcp, isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ServedCertificate } from '../../core/doctor/served-certificate.ts';
import type { Clock } from '../clock.ts';
import { describeTlsError } from '../mqtt-link/tls-failure.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

const LIMIT_MS = 5_000;

/**
 * Looks at the certificate that a broker shows, and whether it is one that we trust for this name; `null` where no
 * encrypted connection came about. Nothing is sent on it.
 */
export function readServedCertificate(options: LinkOptions, clock: Clock): Promise<ServedCertificate | null> {
  const { host, port } = options.session;
  const { tls } = options;
  return new Promise(resolve => {
    const socket = connectTcp({ host, port });
    const secure = connect({
      ...{ socket, rejectUnauthorized: false },
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      ...(tls?.ca == null ? {} : { ca: tls.ca }),
      ...(tls?.cert == null || tls.key === null ? {} : { cert: tls.cert, key: tls.key }),
    });
    const settle = (found: ServedCertificate | null): void => {
      limit.cancel();
      secure.destroy();
      socket.destroy();
      resolve(found);
    };
    const limit = clock.after(LIMIT_MS, () => settle(null));
    secure.once('secureConnect', () => {
      const { valid_from: from, valid_to: to, subjectaltname = '' } = secure.getPeerCertificate();
      const error = secure.authorizationError as unknown;
      const failure = error == null ? null : describeTlsError(asError(error), options, `${host}:${port}`);
      settle({
        names: subjectaltname.replaceAll(/DNS:|IP Address:/g, ''),
        ...{ validFromAt: Date.parse(from), validToAt: Date.parse(to), protocol: secure.getProtocol() ?? 'TLS' },
        distrust: failure === null ? null : { why: failure.message, cure: failure.cure },
      });
    });
    secure.on('error', () => settle(null));
    socket.on('error', () => settle(null));
  });
}

/** Node gives the code alone. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : Object.assign(new Error(String(error)), { code: String(error) });
}
