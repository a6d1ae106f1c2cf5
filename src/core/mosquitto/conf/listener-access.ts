import { type AccessTable, createAccessTable } from '../access-table.ts';
import type { AclFile } from '../acl-file.ts';
import type { BrokerConf } from '../broker-conf.ts';
import type { BrokerVersion } from '../broker-version.ts';
import { isUnguarded, type Listener, listenerName, listenersOf } from './listeners.ts';

/** Who may do what on one listener. */
export interface ListenerAccess {
  /** As people name it: `listener 1884 on 127.0.0.1`. */
  readonly name: string;
  readonly port: number;
  readonly address: string | null;
  readonly isAnonymousAllowed: boolean;
  /** The files of rights that hold there. */
  readonly acls: readonly string[];
  /** Files of plugins that have a say beside them, or alone. */
  readonly plugins: readonly string[];
  /** Nothing decides there: whoever is let in may do everything. */
  readonly isUnguarded: boolean;
  /** `null` where its rights could not be read, are in several files, or are nobody's. */
  readonly table: AccessTable | null;
}

/** What the tables are made of. */
export interface AccessSources {
  /** An ACL file by its name in the conf; `null` where it could not be read. */
  readonly aclOf: (file: string) => AclFile | null;
  readonly users: readonly string[];
  readonly topics: readonly string[];
  readonly version: BrokerVersion | null;
}

/** The listeners of a conf with their tables; none where the rights are the same on each of them. */
export function accessOfListeners(conf: BrokerConf, sources: AccessSources): readonly ListenerAccess[] {
  const listeners = listenersOf(conf);
  const kinds = new Set(listeners.map(({ acls, plugins }) => JSON.stringify([acls, plugins.map(({ path }) => path)])));
  return kinds.size < 2 ? [] : listeners.map(listener => accessOf(listener, sources));
}

function accessOf(listener: Listener, { aclOf, users, topics, version }: AccessSources): ListenerAccess {
  const acls = listener.acls.map(({ value }) => value);
  const acl = acls.length === 1 ? aclOf(acls[0] ?? '') : null;
  return {
    name: listenerName(listener),
    port: listener.port,
    address: listener.address,
    isAnonymousAllowed: listener.isAnonymousAllowed,
    acls,
    plugins: listener.plugins.map(({ path }) => path),
    isUnguarded: isUnguarded(listener),
    table: acl === null ? null : createAccessTable(acl, users, topics, version ?? '2.0'),
  };
}

/** What stands above the table of a listener, or in its place; one sentence without a full stop. */
export function accessHead({
  name,
  acls,
  plugins,
  isUnguarded: isOpen,
  isAnonymousAllowed,
  table,
}: ListenerAccess): string {
  const guests = isAnonymousAllowed ? ', clients without a user name among them' : '';
  if (isOpen) return `On ${name}: no ACL, so that whoever is let in may read and write everything${guests}`;
  const beside = plugins.length === 0 ? '' : `${acls.length === 0 ? '' : ' and '}the plugin ${plugins.join(', ')}`;
  const unread = table === null && acls.length === 1 ? ', which could not be read' : '';
  return `On ${name}, by ${acls.join(' and ')}${unread}${beside}${isAnonymousAllowed ? ', clients without a user name let in' : ''}`;
}
