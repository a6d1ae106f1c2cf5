import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { decideDynsec } from '../mosquitto/dynsec/decide.ts';
import type { DynamicSecurity } from '../mosquitto/dynsec/dynsec.ts';
import type { AccessNeed } from '../mosquitto/lint/input.ts';
import { shownWord } from '../to-copy.ts';
import { type Check, unexamined, warning, well } from './check.ts';

/** Dynamic security as it was read, and by which way: `as the broker told admin`. */
export interface DynsecRead {
  readonly security: DynamicSecurity;
  readonly source: string;
}

const SUBJECT = 'dynamic security';

/** Clients and roles of the plugin, against what the devices of the house need. */
export function examineDynsec({ security, source }: DynsecRead, needs: readonly AccessNeed[]): readonly Check[] {
  const { clients, roles, defaults } = security;
  const users = [...new Set(needs.map(({ user }) => user))];
  const absent = users.flatMap(user => absence(security, user));
  const denied = needs.flatMap(need => missing(security, need));
  const open = defaults.publishClientSend
    ? [warning('acl', SUBJECT, 'whoever is let in may publish everything that no role denies', CLOSE)]
    : [];
  const count = `${countText(clients.size, 'client')}, ${countText(roles.size, 'role')}`;
  return [
    well('acl', SUBJECT, `it decides who gets in and who may do what: ${count}, ${source}`),
    ...open,
    ...absent,
    ...denied,
  ];
}

const CLOSE = 'Close it: mosquitto_ctrl -u admin dynsec setDefaultACLAccess publishClientSend deny';

/** What the plugin knows was not to be had. */
export function unreadDynsec(why: string): Check {
  const evidence = `the plugin decides who gets in and who may do what, and what it knows was not read: ${why}`;
  return unexamined('acl', SUBJECT, evidence, 'Name a login that may ask it: --login admin=FILE');
}

/** A device of the house that cannot log in. */
function absence({ clients }: DynamicSecurity, user: string): readonly Check[] {
  const client = clients.get(user);
  const name = cleanText(user, 60);
  const word = shownWord(user);
  if (client === undefined) {
    const cure = `Make it: mosquitto_ctrl -u admin dynsec createClient ${word}`;
    return [
      warning('acl', SUBJECT, `"${name}" is no client of it, so that this device of the house cannot log in`, cure),
    ];
  }
  if (!client.isDisabled) return [];
  const cure = `Let it in: mosquitto_ctrl -u admin dynsec enableClient ${word}`;
  return [warning('acl', SUBJECT, `"${name}" is disabled, so that this device of the house cannot log in`, cure)];
}

function missing(security: DynamicSecurity, { user, access, topic, purpose }: AccessNeed): readonly Check[] {
  const client = security.clients.get(user);
  if (client === undefined || client.isDisabled) return [];
  const name = cleanText(user, 60);
  const { allowed, role } = decideDynsec(security, user, access, topic);
  if (allowed) return [];
  const verb = access === 'write' ? 'publish' : 'read';
  const why = role === null ? 'no role of it grants it' : `its role "${cleanText(role, 60)}" denies it`;
  const types = access === 'write' ? ['publishClientSend'] : ['subscribeLiteral', 'publishClientReceive'];
  const [first] = client.roles;
  // Without a role there is none to add it to: it gets one of its own name, which may be there already.
  const own = first?.name ?? user;
  const hasRole = first !== undefined || security.roles.has(own);
  const lines = [
    ...(hasRole ? [] : [`createRole ${shownWord(own)}`]),
    ...types.map(type => `addRoleACL ${shownWord(own)} ${type} ${shownWord(topic)} allow 5`),
    ...(first === undefined ? [`addClientRole ${shownWord(user)} ${shownWord(own)}`] : []),
  ].map(command => `mosquitto_ctrl -u admin dynsec ${command}`);
  const cure =
    role === null
      ? `Grant it: ${lines.join('; ')}`
      : 'Take that rule away, or give the one that allows it a higher priority.';
  return [warning('acl', SUBJECT, `"${name}" may not ${verb} ${cleanText(topic)} (${purpose}): ${why}`, cure)];
}
