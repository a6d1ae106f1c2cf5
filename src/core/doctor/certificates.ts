import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { at, type Check, fault, unexamined, warning, well } from './check.ts';
import type { CertificateFacts } from './installation.ts';

/** So many days before its end a certificate is to be renewed. */
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** The certificates that the conf names: whether they are there, and valid now and for a while. */
export function examineCertificates(certificates: readonly CertificateFacts[], now: number): readonly Check[] {
  return certificates.map(({ file, exists, validFromAt, validToAt, namedIn }) => {
    const subject = cleanText(file);
    if (!exists) {
      const evidence = 'it does not exist: mosquitto does not start with it';
      return at(fault('certificate', subject, evidence, 'Name the file that is meant, or make it.'), namedIn);
    }
    if (validFromAt === null || validToAt === null) {
      const evidence = 'it could not be read as a certificate in PEM form';
      return at(unexamined('certificate', subject, evidence, 'Run this with sudo, or look at the file.'), namedIn);
    }
    return at(validity('certificate', subject, { validFromAt, validToAt, now }), namedIn);
  });
}

/** How long a certificate is still valid, or whether it is not. */
export function validity(
  id: 'certificate' | 'tls',
  subject: string,
  { validFromAt, validToAt, now }: { readonly validFromAt: number; readonly validToAt: number; readonly now: number },
): Check {
  const renew = 'Make a new one, and restart the broker: sudo systemctl restart mosquitto';
  if (now < validFromAt) {
    const evidence = `it is valid from ${dayOf(validFromAt)} on, and this machine's clock says ${dayOf(now)}`;
    return fault(id, subject, evidence, 'Set the clock of this machine; where it is right, make a new certificate.');
  }
  const days = Math.floor((validToAt - now) / DAY_MS);
  if (now > validToAt) return fault(id, subject, `it has expired on ${dayOf(validToAt)}`, renew);
  const evidence = `valid to ${dayOf(validToAt)}, ${countText(days, 'day')} from now`;
  return days < SOON_DAYS ? warning(id, subject, evidence, renew) : well(id, subject, evidence);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
