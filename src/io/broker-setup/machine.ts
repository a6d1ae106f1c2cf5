import { statSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { dirname } from 'node:path';

/** The names and addresses by which this machine is reached, the best one for a small device first. */
export function machineNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap(found => found ?? []);
  // Link-local ones work only with the name of the interface.
  const outside = addresses.filter(({ internal, address }) => !internal && !/^(?:fe80|169\.254)/i.test(address));
  const byFamily = (family: string): readonly string[] =>
    outside.filter(one => one.family === family).map(({ address }) => address);
  const name = hostname();
  const names = /^[\w.-]+$/.test(name) ? [name, ...(name.includes('.') ? [] : [`${name}.local`])] : [];
  return [...new Set([...byFamily('IPv4'), ...names, ...byFamily('IPv6'), 'localhost', '127.0.0.1', '::1'])];
}

/** Whether the system lets us do everything. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The first folder on the way to this one that a user may not enter; `null` where there is none. */
export function closedFolder(folder: string, user: { readonly uid: number; readonly gid: number }): string | null {
  const above = dirname(folder) === folder ? null : closedFolder(dirname(folder), user);
  if (above !== null) return above;
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return null;
  const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & bit) === 0 ? folder : null;
}
