import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';

/** An authority of the house's own and the broker's certificate, PEM. */
export interface Certificates {
  readonly ca: Uint8Array;
  readonly caKey: Uint8Array;
  readonly cert: Uint8Array;
  readonly key: Uint8Array;
}

/** Ten years: nobody comes to change them in time, and a house must not go dark over a date. */
const DAYS = '3650';
const LIMIT_MS = 20_000;

/**
 * Makes an authority and a certificate for a broker of these names and addresses with the program openssl: Node.js can make
 * keys, and no certificates. Fails with what it says.
 */
export function makeCertificates(openssl: string, names: readonly string[]): Result<Certificates, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-certificates-'));
  const run = (...words: readonly string[]): void => {
    const { status, stderr, error } = spawnSync(openssl, words, { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS });
    if (status !== 0) throw new OpensslError(error?.message ?? stderr.trim());
  };
  const read = (name: string): Uint8Array => readFileSync(join(folder, name));
  try {
    writeFileSync(join(folder, 'conf'), confText(names), { mode: 0o600 });
    for (const name of ['ca.key', 'server.key']) {
      run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', name);
    }
    const ofConf = ['-config', 'conf', '-sha256'];
    run(
      'req',
      '-x509',
      '-new',
      '-key',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      DAYS,
      '-extensions',
      'authority',
      ...ofConf,
    );
    run('req', '-new', '-key', 'server.key', '-out', 'server.csr', '-subj', `/CN=${commonName(names)}`, ...ofConf);
    const signed = [
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-extfile',
      'conf',
      '-extensions',
      'server',
    ];
    run('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', '-days', DAYS, '-sha256', ...signed);
    return ok({ ca: read('ca.crt'), caKey: read('ca.key'), cert: read('server.crt'), key: read('server.key') });
  } catch (error) {
    if (error instanceof OpensslError) return fail(error.message);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a certificate is for this name or address, and good at this moment, ms since 1970; why not, in words, else `null`. */
export function certificateFault(pem: Uint8Array, name: string, wallNow: number): string | null {
  try {
    const certificate = new X509Certificate(pem);
    const isFor = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name);
    if (isFor === undefined) return `is not for ${name}`;
    return Date.parse(certificate.validTo) > wallNow ? null : `has run out on ${certificate.validTo}`;
  } catch {
    return 'cannot be read';
  }
}

class OpensslError extends Error {}

/** The name for people; which names count stands in the extension. 64 characters are the most that X.509 allows. */
function commonName([name = 'broker']: readonly string[]): string {
  return name.replace(/[^\w.-]/g, '').slice(0, 64);
}

function confText(names: readonly string[]): string {
  const alternatives = names.map(name => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
  return [
    '[req]',
    'prompt = no',
    'distinguished_name = subject',
    '[subject]',
    `CN = hometui authority of ${commonName(names)}`.slice(0, 69),
    '[authority]',
    'basicConstraints = critical,CA:TRUE,pathlen:0',
    'keyUsage = critical,keyCertSign,cRLSign',
    'subjectKeyIdentifier = hash',
    '[server]',
    'basicConstraints = critical,CA:FALSE',
    'keyUsage = critical,digitalSignature',
    'extendedKeyUsage = serverAuth',
    `subjectAltName = ${alternatives}`,
    '',
  ].join('\n');
}
