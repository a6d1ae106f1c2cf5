import { cleanText } from '../../clean-text.ts';
import { freeId, freeKey } from '../../house/free-name.ts';
import { DEFAULT_CADENCE_S } from '../../house/house.ts';
import type { HouseAdditions } from '../../house/merge.ts';
import type { PanelConfig } from '../../house/schema.ts';
import type { Discovery } from '../discover.ts';
import type { Seen } from '../observer.ts';
import { identityAt, identityOf, type Proposal, type ProposedDevice, stateTopicOf } from '../proposal.ts';
import { draftClient, draftItem, type Member } from './draft.ts';
import type { HouseFacts } from './facts.ts';

/** What of a discovery is taken into a house. */
export interface Taking {
  readonly taken: readonly Proposal[];
  /** All of it: of whom the items are that are there already. */
  readonly discovery: Discovery;
  readonly seen: Seen;
}

/** What of a discovery is not in the house yet: neither by itself nor by the topic that it answers on. */
export function newProposals({ proposals }: Discovery, { known }: HouseFacts): readonly Proposal[] {
  return proposals.filter(({ found }) => {
    const topic = stateTopicOf(found);
    const answer = topic === null ? null : identityAt(topic, 'path' in found ? found.path : undefined);
    return !known.has(identityOf(found)) && (answer === null || !known.has(answer));
  });
}

/** What is taken, as it comes into a house file: items with their evidence, clients and panels. */
export function additionsOf({ taken, discovery, seen }: Taking, facts: HouseFacts): HouseAdditions {
  const { devices, proposals } = discovery;
  const clientIds = new Set(facts.clientIds);
  const drafting = {
    ...{ seen, cadenceS: facts.cadenceS ?? DEFAULT_CADENCE_S, labelOf: labeller(taken, facts, devices) },
    ...{ idFor: freeIds(new Set(facts.itemIds)), keyFor: freeKeys(new Set(facts.keys)) },
  };
  const members: Member[] = [];
  const panels: PanelConfig[] = [];
  const served: Record<string, string[]> = {};
  for (const key of new Set(taken.map(({ device }) => device))) {
    const own = taken.filter(({ device }) => device === key).map(proposal => draftItem(proposal, drafting));
    const ids = own.map(({ id }) => id);
    members.push(...own);
    const device = devices.find(one => one.key === key);
    const identities = proposals.flatMap(({ device: of, found }) => (of === key ? [identityOf(found)] : []));
    const client = device === undefined ? null : facts.clientOf(device, identities);
    if (client !== null) served[client] = [...(served[client] ?? []), ...ids];
    else if (device !== undefined) members.push(draftClient(device, ids, freeIds(clientIds)));
    const label = (client === null ? null : facts.panelOf(client)) ?? device?.label ?? OTHERS;
    panels.push({ label, items: ids });
  }
  return { ...groupsOf(members), panels, tabs: [], served };
}

/** The panel of what no device is known of. */
const OTHERS = 'Other';
/** The groups of a house file in the order in which a new one has them. */
const GROUPS = [
  ...['sensors', 'states', 'binaries', 'events', 'switches', 'numbers', 'selects', 'buttons', 'clients'],
] as const;
/** A comment is read on one line of a wide window. */
const LONGEST_NOTE = 240;

function groupsOf(
  members: readonly Member[],
): Pick<HouseAdditions, 'groups'> & Required<Pick<HouseAdditions, 'notes'>> {
  const of = <Value>(group: string, pick: (member: Member) => Value): Record<string, Value> =>
    Object.fromEntries(members.filter(one => one.group === group).map(one => [one.id, pick(one)]));
  const used = GROUPS.filter(group => members.some(one => one.group === group));
  return {
    groups: Object.fromEntries(used.map(group => [group, of(group, ({ value }) => value)])),
    notes: Object.fromEntries(used.map(group => [group, of(group, ({ note }) => cleanText(note, LONGEST_NOTE))])),
  };
}

function freeIds(taken: Set<string>): (label: string) => string {
  return label => {
    const id = freeId([label], taken);
    taken.add(id);
    return id;
  };
}

function freeKeys(taken: Set<string>): (label: string) => string | null {
  return label => {
    const key = freeKey(label, taken);
    if (key !== null) taken.add(key);
    return key;
  };
}

/** A label alone where no other item has it; else behind the name of its device. */
function labeller(
  taken: readonly Proposal[],
  facts: HouseFacts,
  devices: readonly ProposedDevice[],
): (proposal: Proposal) => string {
  const counts = new Map([...facts.labels].map(label => [label, 1]));
  for (const { label } of taken) counts.set(label, (counts.get(label) ?? 0) + 1);
  return ({ label, device }) => {
    const name = devices.find(({ key }) => key === device)?.label ?? null;
    const isAlone = (counts.get(label) ?? 0) <= 1 || name === null || label.startsWith(name);
    const whole = isAlone ? label : `${name} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    return cleanText(whole || 'Item', 40);
  };
}
