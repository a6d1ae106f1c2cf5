import { describe, expect, it } from 'vitest';
import { examineCertificates } from '../../../src/core/doctor/certificates.ts';
import type { CertificateFacts } from '../../../src/core/doctor/installation.ts';
import { examinePlain, examineTls } from '../../../src/core/doctor/served-certificate.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY = 86_400_000;
const namedIn = { file: '/etc/conf', line: 7 };
const facts: CertificateFacts = {
  ...{ file: '/etc/cert.pem', namedIn, exists: true, validFromAt: NOW - DAY, validToAt: NOW + 90 * DAY },
};
const examine = (change: Partial<CertificateFacts>) => examineCertificates([{ ...facts, ...change }], NOW);

describe('the certificates of a conf', () => {
  it.each<[string, Partial<CertificateFacts>, string]>([
    ['valid for long', {}, 'well: valid to 2027-02-27, 90 days from now'],
    ['that end soon', { validToAt: NOW + DAY }, 'warning: valid to 2026-11-30, 1 day from now'],
    ['that end now', { validToAt: NOW }, 'warning: valid to 2026-11-29, 0 days from now'],
    ['that have ended', { validToAt: NOW - 1 }, 'fault: it has expired on 2026-11-28'],
    ['that begin now', { validFromAt: NOW }, 'well: valid to 2027-02-27, 90 days from now'],
    [
      'that have not begun',
      { validFromAt: NOW + DAY },
      "fault: it is valid from 2026-11-30 on, and this machine's clock says 2026-11-29",
    ],
    ['that are missing', { exists: false }, 'fault: it does not exist: mosquitto does not start with it'],
    ['without a begin', { validFromAt: null }, 'unexamined: it could not be read as a certificate in PEM form'],
    ['without an end', { validToAt: null }, 'unexamined: it could not be read as a certificate in PEM form'],
  ])('%s', (_, change, words) => {
    const [found] = examine(change);
    expect(`${found?.sign}: ${found?.evidence}`).toBe(words);
    expect(found).toMatchObject({ id: 'certificate', subject: '/etc/cert.pem', place: namedIn });
  });
});

describe('encryption on the way to the broker', () => {
  const served = {
    ...{ names: 'pi.local', validFromAt: NOW - DAY, validToAt: NOW + DAY, protocol: 'TLSv1.3', distrust: null },
  };
  it('is told by the certificate that was shown, and how long it is valid', () => {
    expect(examineTls(served, NOW).map(({ id, sign, evidence }) => `${sign} ${id}: ${evidence}`)).toEqual([
      'well tls: TLSv1.3, certificate for pi.local: chain and name are right',
      'warning tls: valid to 2026-11-30, 1 day from now',
    ]);
    const [distrusted] = examineTls(
      { ...served, distrust: { why: 'it is signed by itself', cure: 'Give --ca.' } },
      NOW,
    );
    expect(distrusted).toMatchObject({ sign: 'fault', evidence: 'it is signed by itself', cure: 'Give --ca.' });
  });

  it('is not known where no such connection came about', () => {
    expect(examineTls(null, NOW)).toMatchObject([{ id: 'tls', sign: 'unexamined', cure: null }]);
  });

  it('is not needed within this machine, and without it others can listen', () => {
    expect(examinePlain(true)).toMatchObject({ id: 'tls', sign: 'well' });
    expect(examinePlain(false)).toMatchObject({ id: 'tls', sign: 'unexamined' });
    expect(examinePlain(false).cure).toMatch(/mqtts:\/\//);
  });
});
