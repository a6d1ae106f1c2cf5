import type { Issue } from '../../issue.ts';
import type { AclFile, AclRule } from '../acl-file.ts';
import type { BrokerConf } from '../broker-conf.ts';
import type { BrokerVersion } from '../broker-version.ts';
import type { PasswordFile } from '../password-file.ts';

/** What is known of a file without reading it. */
export interface FileFacts {
  readonly file: string;
  readonly role: 'acl' | 'passwords';
  readonly exists: boolean;
  /** The permission bits, as 0o640; `null` where they are unknown. */
  readonly mode: number | null;
  /** The owner's and the group's name; `null` where they are unknown. */
  readonly owner: string | null;
  readonly group: string | null;
  /** Whether a broker uses it: the conf names it, or it stands where a broker's files do. A copy may have any mode. */
  readonly isInUse: boolean;
  /** Where the conf names it; absent for a file that was named on the command line. */
  readonly namedIn?: { readonly file: string; readonly line: number };
}

/** An access that the house needs: its device publishes a value, listens to a command, leaves a will. */
export interface AccessNeed {
  readonly user: string;
  readonly access: 'read' | 'write';
  readonly topic: string;
  /** What for, in words: `the value "Flow"`, `its will`. */
  readonly purpose: string;
}

/** All that the lint looks at; what was not given is `null` or empty, and the rules about it say nothing. */
export interface LintInput {
  readonly acl: AclFile;
  readonly passwords: PasswordFile | null;
  readonly conf: BrokerConf | null;
  readonly files: readonly FileFacts[];
  readonly needs: readonly AccessNeed[];
  /** Users whose hash was found to be the hash of a hash, by an older copy of the password file. */
  readonly doubleHashed: readonly string[];
  /** Which mosquitto it is for; `null` where that is not known: then what each does is said. */
  readonly version: BrokerVersion | null;
}

/** One thing that is looked for. Finds nothing in a sound set of files. */
export type LintRule = (input: LintInput) => readonly Issue[];

/** A warning about a line of the ACL file. */
export function warnAt(acl: AclFile, line: number, message: string, cure: string): Issue {
  return { severity: 'warning', message, place: { file: acl.file, line }, cure };
}

/** Whose a rule is, as a person says it. */
export function ownerName({ owner }: AclRule): string {
  if (owner.kind === 'user') return `"${owner.name}"`;
  return owner.kind === 'anonymous' ? 'clients without a user name' : 'every client';
}

/** The word with which a rule's line begins. */
export function keywordOf({ owner }: AclRule): 'pattern' | 'topic' {
  return owner.kind === 'pattern' ? 'pattern' : 'topic';
}

/** Whether a rule grants an access. */
export function grants(rule: AclRule, access: 'read' | 'write'): boolean {
  return rule.access === 'readwrite' || rule.access === access;
}

/** Whether two paths end in the same name: a file may be checked in another folder than the one it is used in. */
export function isSameName(one: string, other: string): boolean {
  return one.slice(one.lastIndexOf('/') + 1) === other.slice(other.lastIndexOf('/') + 1);
}
