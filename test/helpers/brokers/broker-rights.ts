/** What one user may do, as MQTT topic filters. */
export interface UserRights {
  readonly password: string;
  readonly write: readonly string[];
  readonly read: readonly string[];
}

/** All users of a broker by their names. */
export type BrokerUsers = Readonly<Record<string, UserRights>>;

/** The users with one of them changed. */
export function changeUser(users: BrokerUsers, name: string, change: Partial<UserRights>): BrokerUsers {
  const user = users[name];
  if (user === undefined) throw new Error(`there is no user ${name}`);
  return { ...users, [name]: { ...user, ...change } };
}

/** The rights as mosquitto's acl_file has them. */
export function mosquittoAcl(users: BrokerUsers): string {
  const sections = Object.entries(users).map(([name, { write, read }]) => {
    const lines = [...write.map(filter => `topic write ${filter}`), ...read.map(filter => `topic read ${filter}`)];
    return [`user ${name}`, ...lines, ''].join('\n');
  });
  return `${sections.join('\n')}\n`;
}

/** Names and passwords. */
export function passwordsOf(users: BrokerUsers): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(users).map(([name, { password }]) => [name, password]));
}
