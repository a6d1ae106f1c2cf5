import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCertificates } from '../../../src/io/broker-setup/certificates.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const openssl = requireProgram('openssl');

describe.runIf(openssl !== null)('makeCertificates', () => {
  it('signs for every name and address, with an authority that signs nothing else', () => {
    const names = ['192.0.2.7', `${'long-'.repeat(20)}pi.local`, 'localhost', '::1'];
    const made = makeCertificates(openssl ?? '', names);
    if (!made.ok) throw new Error(made.error);
    const [ca, cert] = [new X509Certificate(made.value.ca), new X509Certificate(made.value.cert)];
    expect([ca.ca, cert.ca, cert.checkIssued(ca), cert.verify(ca.publicKey)]).toEqual([true, false, true, true]);
    expect(cert.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(cert.checkHost(names[1] ?? '')).toBe(names[1]);
    expect(cert.checkHost('elsewhere.example')).toBe(undefined);
    expect(Date.parse(cert.validTo) - Date.now()).toBeGreaterThan(9 * 365 * 86_400_000);
  });

  it('says what openssl says', () => {
    expect(makeCertificates('/bin/false', ['localhost'])).toMatchObject({ ok: false });
    expect(makeCertificates('/nowhere/openssl', ['localhost'])).toMatchObject({
      ok: false,
      error: expect.stringContaining('ENOENT'),
    });
    const broken = makeCertificates(openssl ?? '', ['no name, but a comma']);
    expect(broken).toMatchObject({ ok: false, error: expect.stringMatching(/alt/i) });
  });
});
