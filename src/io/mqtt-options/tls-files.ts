import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { cleanText } from '../../core/clean-text.ts';
import { readTextFile } from '../files/text-file.ts';
import type { Report } from './address.ts';

/** The part of the connection options that is about TLS. Files in PEM form; any of the three means TLS. */
export interface TlsFiles {
  readonly cafile?: string;
  readonly cert?: string;
  readonly key?: string;
  /** As with mosquitto_sub: the certificate is checked, the name in it is not. */
  readonly insecure?: boolean;
}

/** What TLS needs to know; texts are PEM. */
export interface TlsOptions {
  /** `null`: the authorities that Node knows. */
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  readonly checksName: boolean;
}

/** Whether a file is named that only TLS has a use for. */
export function namesTlsFile(options: TlsFiles): boolean {
  return options.cafile !== undefined || options.cert !== undefined || options.key !== undefined;
}

/** Reads the files that are named; `null` where the connection is not encrypted. Every fault goes to `report`. */
export function parseTls(options: TlsFiles, isEncrypted: boolean, report: Report): TlsOptions | null {
  if (!isEncrypted && !namesTlsFile(options)) {
    if (options.insecure === true) {
      report('--insecure is given, but the connection is not encrypted', 'Give --cafile or a mqtts:// URL too.');
    }
    return null;
  }
  const ca = readPem(options.cafile, CA, report);
  const cert = readPem(options.cert, CERTIFICATE, report);
  const key = readPem(options.key, KEY, report);
  if (options.cert !== undefined && options.key === undefined) {
    report(`the certificate ${cleanText(options.cert)} is given without its key`, 'Give the key too, with --key.');
  }
  if (options.key !== undefined && options.cert === undefined) {
    report(`the key ${cleanText(options.key)} is given without its certificate`, 'Give that too, with --cert.');
  }
  if (cert !== null && key !== null) checkPair(cert, key, options, report);
  return { ca, cert, key, checksName: options.insecure !== true };
}

/** One kind of file: what it is called, its flag, and what must be in it. */
interface PemKind {
  readonly name: string;
  readonly flag: string;
  readonly content: string;
  readonly isIn: (text: string) => boolean;
}

const CA: PemKind = { name: 'CA file', flag: '--cafile', content: 'CERTIFICATE', isIn: holdsCertificate };
const CERTIFICATE: PemKind = {
  name: 'certificate file',
  flag: '--cert',
  content: 'CERTIFICATE',
  isIn: holdsCertificate,
};
const KEY: PemKind = {
  name: 'key file',
  flag: '--key',
  content: 'PRIVATE KEY',
  isIn: text => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text),
};

function readPem(file: string | undefined, kind: PemKind, report: Report): string | null {
  if (file === undefined) return null;
  const subject = `the ${kind.name} ${cleanText(file)}`;
  const text = readTextFile(file);
  if (!text.ok) {
    const isClosed = text.error.code === 'EACCES';
    const cure = isClosed
      ? 'Let your user read it, or name a copy that it can.'
      : `Check the path given to ${kind.flag}.`;
    return report(`${subject} cannot be read: ${text.error.why}`, cure);
  }
  if (kind.isIn(text.value)) return text.value;
  return report(
    `${subject} holds no ${kind.content.toLowerCase()} in PEM form`,
    `Give ${kind.flag} a file that begins with "-----BEGIN ${kind.content}-----".`,
  );
}

function holdsCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== null;
  } catch {
    return false;
  }
}

function checkPair(cert: string, key: string, options: TlsFiles, report: Report): void {
  const keyFile = cleanText(options.key ?? '');
  if (/ENCRYPTED/.test(key)) {
    report(
      `the key file ${keyFile} is locked with a passphrase`,
      `Unlock it: openssl pkey -in ${keyFile} -out new.key`,
    );
    return;
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const isMismatch = why === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
    report(
      `the key ${keyFile} does not fit the certificate ${cleanText(options.cert ?? '')}${isMismatch ? '' : ` (${why})`}`,
      'Give the key that the certificate was made with.',
    );
  }
}
