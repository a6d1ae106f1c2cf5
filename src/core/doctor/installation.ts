import type { AclFile } from '../mosquitto/acl-file.ts';
import type { BrokerConf } from '../mosquitto/broker-conf.ts';
import type { BrokerVersion } from '../mosquitto/broker-version.ts';
import type { AccessNeed, FileFacts } from '../mosquitto/lint/input.ts';
import type { PasswordFile } from '../mosquitto/password-file.ts';

/** What a file of a mosquitto is to it. */
export type FileRole = 'conf' | 'acl' | 'passwords' | 'certificate';

/** A file that is there and could not be read. */
export interface ClosedFile {
  readonly file: string;
  readonly role: FileRole;
  /** `your user has no permission`. */
  readonly why: string;
  readonly cure: string;
}

/** A certificate that the conf names. */
export interface CertificateFacts {
  readonly file: string;
  readonly namedIn: { readonly file: string; readonly line: number };
  /** `null` where it cannot be read as a certificate. */
  readonly validFromAt: number | null;
  readonly validToAt: number | null;
  readonly exists: boolean;
}

/** The files of a mosquitto, as far as they could be read. */
export interface Installation {
  /** The main conf as it was named; `null` where none is known. */
  readonly confFile: string | null;
  readonly conf: BrokerConf | null;
  /** All files that the conf is made of. */
  readonly confFiles: readonly string[];
  readonly acls: readonly AclFile[];
  readonly passwords: readonly PasswordFile[];
  readonly files: readonly FileFacts[];
  readonly closed: readonly ClosedFile[];
  readonly certificates: readonly CertificateFacts[];
  /** Users whose hash is the hash of a hash. */
  readonly doubleHashed: readonly string[];
  /** When each file was last changed, ms since 1970, by its name. */
  readonly changedAt: ReadonlyMap<string, number>;
}

/** The files, with what the house needs of them; `version` is `null` where it is not known. */
export interface FilesInput {
  readonly installation: Installation;
  readonly needs: readonly AccessNeed[];
  readonly version: BrokerVersion | null;
}
