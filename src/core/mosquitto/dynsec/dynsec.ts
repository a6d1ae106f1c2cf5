import { fail, ok, type Result } from '../../result.ts';

/** What a role says of a topic, in the plugin's words. */
export type DynsecAccess =
  | 'publishClientSend'
  | 'publishClientReceive'
  | 'subscribeLiteral'
  | 'subscribePattern'
  | 'unsubscribeLiteral'
  | 'unsubscribePattern';

export interface DynsecRule {
  readonly access: DynsecAccess;
  /** A topic filter; literal ones are compared as they stand. */
  readonly topic: string;
  readonly allow: boolean;
  readonly priority: number;
}

/** A name with its priority: the highest is asked first. */
export interface DynsecRank {
  readonly name: string;
  readonly priority: number;
}

export interface DynsecClient {
  readonly user: string;
  readonly isDisabled: boolean;
  readonly roles: readonly DynsecRank[];
  readonly groups: readonly DynsecRank[];
}

/** What mosquitto's plugin for dynamic security knows, without its secrets. */
export interface DynamicSecurity {
  readonly clients: ReadonlyMap<string, DynsecClient>;
  readonly roles: ReadonlyMap<string, readonly DynsecRule[]>;
  readonly groups: ReadonlyMap<string, readonly DynsecRank[]>;
  /** Whose rights a client without a name has; `null` for nobody's. */
  readonly anonymousGroup: string | null;
  /** What holds where no role says anything. */
  readonly defaults: Readonly<Record<'publishClientSend' | 'publishClientReceive' | 'subscribe', boolean>>;
}

/** Where the plugin is asked, and where it answers. */
export const DYNSEC_TOPIC = '$CONTROL/dynamic-security/v1';
export const DYNSEC_ANSWERS = `${DYNSEC_TOPIC}/response`;

/** Asks for all that it knows; nothing is changed by these commands. */
export const DYNSEC_QUESTION = JSON.stringify({
  commands: [
    { command: 'listClients', verbose: true },
    { command: 'listGroups', verbose: true },
    { command: 'listRoles', verbose: true },
    { command: 'getDefaultACLAccess' },
    { command: 'getAnonymousGroup' },
  ],
});

/** Reads what the plugin answers to that. The error is one clause. */
export function parseDynsecAnswer(text: string): Result<DynamicSecurity, string> {
  const answers = new Map<string, Fields>();
  for (const entry of listOf(parseJson(text)?.responses)) {
    if (typeof entry.error === 'string') return fail(`it answered: ${entry.error}`);
    if (typeof entry.command === 'string') answers.set(entry.command, fieldsOf(entry.data));
  }
  if (!answers.has('listRoles') || !answers.has('listClients')) return fail('what it answered cannot be read');
  const defaults = listOf(answers.get('getDefaultACLAccess')?.acls);
  const isDefault = (name: string): boolean =>
    defaults.some(({ acltype, allow }) => acltype === name && allow === true);
  return ok({
    ...readParts({
      clients: answers.get('listClients')?.clients,
      groups: answers.get('listGroups')?.groups,
      roles: answers.get('listRoles')?.roles,
    }),
    anonymousGroup: nameOf(fieldsOf(answers.get('getAnonymousGroup')?.group).groupname),
    defaults: {
      publishClientSend: isDefault('publishClientSend'),
      publishClientReceive: isDefault('publishClientReceive'),
      subscribe: isDefault('subscribe'),
    },
  });
}

/** Reads the file that the plugin keeps all of it in. The error is one clause, no secret in it. */
export function parseDynsecFile(text: string): Result<DynamicSecurity, string> {
  const file = parseJson(text);
  if (file === null || !Array.isArray(file.roles)) return fail('it is no file of that plugin');
  const defaults = fieldsOf(file.defaultACLAccess);
  return ok({
    ...readParts(file),
    anonymousGroup: nameOf(file.anonymousGroup),
    defaults: {
      publishClientSend: defaults.publishClientSend === true,
      publishClientReceive: defaults.publishClientReceive === true,
      subscribe: defaults.subscribe === true,
    },
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Who is in a group, file and answer say of each group. */
function readParts({ clients, groups, roles }: Fields): Pick<DynamicSecurity, 'clients' | 'groups' | 'roles'> {
  const members = listOf(groups).flatMap(({ groupname, clients: own }) =>
    listOf(own).map(({ username, priority }) => ({ username, groupname, priority })),
  );
  const readClient = (entry: Fields): DynsecClient => ({
    user: String(entry.username),
    isDisabled: entry.disabled === true,
    roles: ranksOf(entry.roles, 'rolename'),
    groups: ranksOf(
      members.filter(({ username }) => username === entry.username),
      'groupname',
    ),
  });
  return {
    clients: new Map(listOf(clients).map(entry => [String(entry.username), readClient(entry)])),
    groups: new Map(listOf(groups).map(entry => [String(entry.groupname), ranksOf(entry.roles, 'rolename')])),
    roles: new Map(listOf(roles).map(entry => [String(entry.rolename), rulesOf(entry.acls)])),
  };
}

/** Highest priority first, then by name, as the plugin keeps them. */
function ranksOf(value: unknown, field: 'rolename' | 'groupname'): readonly DynsecRank[] {
  const ranks = listOf(value).map(entry => ({ name: String(entry[field]), priority: numberOf(entry.priority) }));
  return ranks.sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1));
}

/** Highest priority first; of equal ones in the order in which they stand. */
function rulesOf(value: unknown): readonly DynsecRule[] {
  const rules = listOf(value).map(({ acltype, topic, allow, priority }) => ({
    access: String(acltype) as DynsecAccess,
    topic: String(topic),
    allow: allow === true,
    priority: numberOf(priority),
  }));
  return rules.sort((one, other) => other.priority - one.priority);
}

function parseJson(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const nameOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
