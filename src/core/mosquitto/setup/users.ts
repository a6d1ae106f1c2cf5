import { type House, userOfClient } from '../../house/house.ts';
import { quote } from '../acl-line.ts';
import type { Roles } from '../edit/house-acl.ts';
import { type EditFault, passwordFault } from '../edit/password-edit.ts';
import { userNameFault } from '../user-name.ts';

/** One user of a set-up. */
export interface SetupUser {
  readonly name: string;
  /** The clients of the house that log in as this user; none for a person. */
  readonly clients: readonly string[];
  /** What it is, for a person: `a device`, `sees everything and switches`. */
  readonly role: string;
}

/** All users that a house and its roles need, devices first; each once. */
export function setupUsers(house: House, roles: Roles): readonly SetupUser[] {
  const devices = [...house.clients.keys()].map(id => userOfClient(house, id));
  const names = new Set([...devices, ...roles.viewers, ...roles.operators, ...roles.masters]);
  return [...names].map(name => ({
    name,
    clients: [...house.clients.keys()].filter(id => userOfClient(house, id) === name),
    role: roleOf(name, roles),
  }));
}

function roleOf(name: string, { viewers, operators, masters }: Roles): string {
  if (masters.includes(name)) return 'may do everything';
  if (operators.includes(name)) return 'sees everything and switches';
  return viewers.includes(name) ? 'sees everything' : 'a device';
}

/** Why these users and passwords cannot be. A password that is not known is `null`. */
export function userFaults(
  users: readonly SetupUser[],
  passwords: ReadonlyMap<string, string | null>,
): readonly EditFault[] {
  return users.flatMap(({ name }) => {
    const fault = userNameFault(name);
    if (fault !== null) {
      return [{ message: `the user name ${quote(name)} ${fault}`, cure: 'Take another name.' }];
    }
    const password = passwords.get(name) ?? null;
    const wrong = password === null ? null : passwordFault(password);
    if (wrong === null) return [];
    return [{ message: `the password of ${quote(name)} ${wrong}`, cure: 'Take another one.' }];
  });
}
