import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files in PEM form, made with openssl for one test. */
export interface Certificates {
  readonly folder: string;
  readonly ca: string;
  /** Signed by `ca` for localhost and 127.0.0.1. */
  readonly server: KeyPair;
  /** Signed by `ca` for another host. */
  readonly elsewhere: KeyPair;
  /** Signed by `ca`, good until yesterday. */
  readonly expired: KeyPair;
  /** For localhost, signed by nobody but itself. */
  readonly selfSigned: KeyPair;
  /** A client's, signed by `ca`. */
  readonly client: KeyPair;
  readonly remove: () => void;
}

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate authority and what it signs, in a temp folder. Takes some 0.2 s. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-tls-'));
  const file = (name: string): string => join(folder, name);
  const run = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  };
  const newKey = (name: string): string => {
    run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file(`${name}.key`));
    return file(`${name}.key`);
  };
  const caKey = newKey('ca');
  const ca = file('ca.pem');
  run('req', '-x509', '-key', caKey, '-out', ca, '-days', '2', '-subj', '/CN=test authority');
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const sign = (name: string, extension: string, dates: readonly string[]): KeyPair => {
    const key = newKey(name);
    const [request, cert, extensions] = [file(`${name}.csr`), file(`${name}.pem`), file(`${name}.ext`)];
    writeFileSync(extensions, `${extension}\n`);
    run('req', '-new', '-key', key, '-out', request, '-subj', `/CN=${name}`);
    const authority = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-extfile', extensions];
    run('x509', '-req', '-in', request, '-out', cert, ...authority, ...dates);
    return { key, cert };
  };
  const selfKey = newKey('self');
  const selfCert = file('self.pem');
  run('req', '-x509', '-key', selfKey, '-out', selfCert, '-days', '2', '-subj', '/CN=localhost', '-addext', names);
  return {
    folder,
    ca,
    server: sign('server', names, ['-days', '2']),
    elsewhere: sign('elsewhere', 'subjectAltName=DNS:elsewhere.example', ['-days', '2']),
    // openssl before 3.4 cannot date back, but takes a span below zero.
    expired: sign('expired', names, ['-days', '-1']),
    selfSigned: { key: selfKey, cert: selfCert },
    client: sign('client', 'extendedKeyUsage=clientAuth', ['-days', '2']),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
