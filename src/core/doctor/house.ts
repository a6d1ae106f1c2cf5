import { cleanText } from '../clean-text.ts';
import { describeAclAlarm } from '../home/broker-log/acl-alarm.ts';
import { brokerEndOf } from '../home/broker-log/broker-life.ts';
import { freshnessOfClient } from '../home/select.ts';
import type { HomeState } from '../home/state/state.ts';
import { rowsOf } from '../home/state/table.ts';
import { clientLabelOf, commandTopics, labelOf } from '../house/house.ts';
import { checkAccess } from '../mosquitto/acl-check.ts';
import type { AclFile } from '../mosquitto/acl-file.ts';
import { removalCommand } from '../to-copy.ts';
import { type Check, checkOfIssue, fault, unexamined, warning, well } from './check.ts';
import { type DenialsInput, examineDenials } from './denials.ts';

/** What else is known of the house; `acl`: the rights by which we listened. */
export type HouseInput = DenialsInput;

/** What a while of listening showed of the house: its devices, what lies on its command topics, and what the log told. */
export function examineHouse(state: HomeState, input: HouseInput): readonly Check[] {
  return [
    ...versionOf(state),
    ...brokerWords(state),
    ...devices(state),
    ...retainedCommands(state, input.acl),
    ...examineDenials(state.denials, input),
  ];
}

function versionOf({ broker }: HomeState): readonly Check[] {
  if (broker.version !== null) return [well('version', 'broker', `mosquitto ${cleanText(broker.version, 20)}`)];
  const why = 'neither its log nor $SYS/broker/version told which version it is';
  return [unexamined('version', 'broker', why, 'Name a login that may read $SYS/#, or its log with --broker-log.')];
}

/** What the log says against the broker's own files, and all that stands among the issues. */
function brokerWords(state: HomeState): readonly Check[] {
  const end = brokerEndOf(state);
  const alarm = state.aclBroken === null ? null : describeAclAlarm(state, state.aclBroken);
  return [
    ...(end === null ? [] : [fault('broker', 'broker', end.text, end.cure)]),
    ...(alarm === null ? [] : [fault('in-force', 'rights', alarm.text, alarm.cure)]),
    ...state.issues.filter(({ severity }) => severity !== 'info').map(issue => checkOfIssue('broker', 'log', issue)),
  ];
}

function devices(state: HomeState): readonly Check[] {
  return state.clients.ids.map(id => {
    const { freshness, reason } = freshnessOfClient(state, id);
    const label = cleanText(clientLabelOf(state.house, id), 40);
    if (freshness === 'live') return well('device', label, 'its values come');
    // Without a pace its last word is all that there is to know of it, here as in the house.
    if (freshness === 'retained' && state.house.unpaced.has(id))
      return well('device', label, `${reason ?? freshness}; it speaks when it has something to say`);
    const evidence = `${freshness}${reason === null ? '' : `: ${reason}`}`;
    const cure = 'Look at its power and network, and at its login and rights above.';
    return freshness === 'offline' ? fault('device', label, evidence, cure) : warning('device', label, evidence, cure);
  });
}

/** What is retained on a command topic is carried out again at each reconnect of the device. */
function retainedCommands(state: HomeState, acl: AclFile | null): readonly Check[] {
  const rows = rowsOf(state.switches).filter(({ retainedCommand }) => retainedCommand !== null);
  if (rows.length > 0) {
    return rows.map(({ id, retainedCommand }) => {
      const topic = state.house.switches.get(id)?.command ?? id;
      const label = cleanText(labelOf(state.house, id), 40);
      const evidence = `a retained "${retainedCommand?.payload ?? ''}" lies on ${cleanText(topic)}: it switches ${label} again at each reconnect of its device`;
      return fault('retained-command', label, evidence, `Remove it: ${removalCommand(topic)}`);
    });
  }
  if (state.switches.ids.length === 0) return [];
  const { user, clientId } = state.session;
  const mayRead = (topic: string): boolean =>
    acl !== null && checkAccess(acl, { user, clientId, access: 'read', topic }).allowed;
  const subject = 'command topics';
  if (commandTopics(state.house).every(mayRead))
    return [well('retained-command', subject, 'nothing is retained on them')];
  const evidence = 'whether something is retained on them is seen only by a user who may read them';
  return [unexamined('retained-command', subject, evidence, 'Log in as such a user, with --user or --login.')];
}
