import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { SETUP_NAMES } from '../../core/mosquitto/setup/conf.ts';
import type { PlannedFile } from '../../core/mosquitto/setup/plan.ts';
import { certificateFault, makeCertificates } from '../../io/broker-setup/certificates.ts';
import { findProgram } from '../../io/broker-setup/mosquitto-program.ts';
import type { SetupTask } from './answers.ts';
import { readOld } from './old-files.ts';

const { ca, caKey, cert, key } = SETUP_NAMES;

/**
 * The files of a listener with TLS: those that are there where all four are, or else new ones. None where no listener is
 * encrypted. Throws a `Failure` (78) where openssl is missing or fails.
 */
export function planCertificates({ wish, folder, names }: SetupTask, world: World): readonly PlannedFile[] {
  if (!wish.listeners.some(({ isEncrypted }) => isEncrypted)) return [];
  const old = [ca, caKey, cert, key].map(name => readOld(folder, name));
  const [oldCa, oldCaKey, oldCert, oldKey] = old;
  if (oldCa && oldCaKey && oldCert && oldKey) return asFiles(oldCa, oldCaKey, oldCert, oldKey);
  const program = findProgram('openssl', world.env.PATH ?? '');
  if (program === null) {
    const cure = 'Install it (sudo apt install openssl), or leave --tls out.';
    throw new Failure(ExitCode.config, 'certificates are made with the program openssl, which is not here', cure);
  }
  const made = makeCertificates(program, names);
  if (!made.ok) throw new Failure(ExitCode.config, `openssl made no certificates: ${made.error}`, 'Leave --tls out.');
  return asFiles(made.value.ca, made.value.caKey, made.value.cert, made.value.key);
}

/** What is wrong with a certificate that is there and stays: one sentence with a line feed, or nothing. */
export function certificateRemark({ wish, folder, names }: SetupTask, world: World): string {
  const old = wish.listeners.some(({ isEncrypted }) => isEncrypted) ? readOld(folder, cert) : null;
  const fault = old === null ? null : certificateFault(old, names[0] ?? 'localhost', world.clock.wallNow());
  if (fault === null) return '';
  return `The broker's certificate in ${folder}/${cert} ${fault}.\n  Move the folder certs away, and new ones are made.\n`;
}

function asFiles(...[caText, caKeyText, certText, keyText]: readonly Uint8Array[]): readonly PlannedFile[] {
  const file = (
    name: string,
    what: string,
    content: Uint8Array | undefined,
    reader: PlannedFile['reader'],
  ): PlannedFile => ({
    ...{ name, what, content: content ?? new Uint8Array(), reader, isSecret: true },
  });
  return [
    file(ca, 'the authority to trust: --cafile', caText, 'everybody'),
    file(caKey, "the authority's key, which signs more certificates", caKeyText, 'owner'),
    file(cert, "the broker's certificate", certText, 'everybody'),
    file(key, "the broker's key", keyText, 'broker'),
  ];
}
