import { cleanText } from '../../clean-text.ts';
import { commandTopics, type House, labelOf, readTopics } from '../../house/house.ts';
import { fail, ok, type Result } from '../../result.ts';
import { needsOfDevices } from '../lint/house-needs.ts';
import { nameFault, topicFault } from './acl-edit.ts';
import { ACCESSES } from './acl-effect.ts';
import type { EditFault } from './password-edit.ts';

/** Who may do what in a house beside its devices. A user may be in several. */
export interface Roles {
  /** See every value, feedback and availability. */
  readonly viewers: readonly string[];
  /** See that, and give commands. */
  readonly operators: readonly string[];
  /** May do everything, and see what the broker says of itself. */
  readonly masters: readonly string[];
}

/** The accesses of one user on each topic, in the order in which they are written. */
type Rights = Map<string, Set<'read' | 'write'>>;

/**
 * The ACL file of a house with the least rights that do: each device reads its commands and writes its values, feedback and
 * availability (and with that its will). Fails with all that the file's language, or the broker, has no way for.
 */
export function houseAcl(house: House, roles: Roles): Result<string, readonly EditFault[]> {
  const users = new Map<string, Rights>();
  const grant = (user: string, access: 'read' | 'write', topic: string): void => {
    const rights = users.get(user) ?? new Map<string, Set<'read' | 'write'>>();
    users.set(user, rights.set(topic, (rights.get(topic) ?? new Set()).add(access)));
  };
  const commands = commandTopics(house);
  for (const user of roles.masters) {
    for (const topic of ['#', ...[...house.routes.keys()].filter(name => /^\$(?!SYS)/.test(name))]) {
      for (const access of ACCESSES) grant(user, access, topic);
    }
    grant(user, 'read', '$SYS/#');
  }
  for (const user of [...roles.operators, ...roles.viewers]) {
    for (const topic of readTopics(house)) grant(user, 'read', topic);
  }
  for (const user of roles.operators) for (const topic of commands) grant(user, 'write', topic);
  for (const { user, access, topic } of needsOfDevices(house)) grant(user, access, topic);
  const faults = faultsOf(users);
  if (faults.length > 0) return fail(faults);
  const sections = [...users].map(([user, rights]) => sectionText(user, rights, roles));
  return ok(
    [`# Who may do what in "${cleanText(house.config.name, 60)}": what no line grants is denied.`, ...sections].join(
      '\n\n',
    ),
  );
}

/** What no device of the house publishes, by its label: none is let write it. */
export function unservedOf(house: House): readonly string[] {
  const ids = [...house.sensors.keys(), ...house.words.keys(), ...house.switches.keys()];
  return ids.filter(id => !house.servedBy.has(id)).map(id => labelOf(house, id));
}

function sectionText(user: string, rights: Rights, { viewers, operators, masters }: Roles): string {
  const isMaster = masters.includes(user);
  const role = isMaster
    ? 'everything, and what the broker says of itself'
    : operators.includes(user)
      ? 'sees everything in the house and switches'
      : viewers.includes(user)
        ? 'sees everything in the house'
        : 'a device: its values, its answers and its commands';
  const needed = [...rights].filter(([topic]) => !isMaster || /^[#$]/.test(topic));
  const lines = needed.map(([topic, accesses]) => `topic ${accessWord(accesses)} ${topic}`);
  return [`# ${role}`, `user ${user}`, ...lines].join('\n');
}

function accessWord(accesses: ReadonlySet<'read' | 'write'>): string {
  return ACCESSES.filter(access => accesses.has(access)).join('');
}

function faultsOf(users: ReadonlyMap<string, Rights>): readonly EditFault[] {
  const topics = new Set([...users.values()].flatMap(rights => [...rights.keys()]));
  const written = [...users.values()].flatMap(rights =>
    [...rights]
      .filter(([topic, accesses]) => accesses.has('write') && topic.startsWith('$SYS'))
      .map(([topic]) => topic),
  );
  return [
    ...[...users.keys()].map(nameFault),
    ...[...topics].map(topicFault),
    ...[...new Set(written)].map(topic => ({
      message: `a device or operator of the house writes ${topic}, and mosquitto lets nobody write below $SYS`,
      cure: 'Give it another topic in the house file.',
    })),
  ].filter(fault => fault !== null);
}
