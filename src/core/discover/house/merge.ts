import { type Node, parseTree } from 'jsonc-parser';
import { cleanText } from '../../clean-text.ts';
import { DEFAULT_CADENCE_S } from '../../house/house.ts';
import { parseHouse } from '../../house/parse.ts';
import type { Issue } from '../../issue.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Discovery } from '../discover.ts';
import type { Seen } from '../observer.ts';
import { identityAt, identityOf, type Proposal, stateTopicOf } from '../proposal.ts';
import { draftClient, draftItem, type Member } from './draft.ts';
import { type HouseFacts, readFacts } from './facts.ts';
import {
  applyInsertions,
  type Insertion,
  insertElements,
  insertMembers,
  mannerOf,
  type NewMember,
} from './json-insert.ts';
import { createIds, createKeys } from './names.ts';

/** A house file to which what was discovered is added. */
export interface MergeInput {
  /** Its text; `null`: a new one is made. */
  readonly text: string | null;
  /** Its name, for messages. */
  readonly file: string;
  /** What is taken of what was discovered. */
  readonly taken: readonly Proposal[];
  /** All of it: of whom the items are that are there already. */
  readonly discovery: Discovery;
  readonly seen: Seen;
}

/** The house file with what was added. */
export interface Merged {
  readonly text: string;
  /** The ids of the items that are new. */
  readonly added: readonly string[];
}

/** The groups of a new file in their order. */
const GROUPS = [
  'sensors',
  'states',
  'binaries',
  'events',
  'switches',
  'numbers',
  'selects',
  'buttons',
  'clients',
] as const;

/** What a person has in the house already, so that it is not proposed again. Fails for a file that is broken. */
export function factsOfHouse(text: string | null, file: string): Result<HouseFacts, readonly Issue[]> {
  if (text === null) return ok(readFacts(null));
  const house = parseHouse(text, file);
  return house.ok ? ok(readFacts(house.value)) : house;
}

/** What of a discovery is not in the house yet: neither by itself nor by the topic that it answers on. */
export function newProposals({ proposals }: Discovery, { known }: HouseFacts): readonly Proposal[] {
  return proposals.filter(({ found }) => {
    const topic = stateTopicOf(found);
    const answer = topic === null ? null : identityAt(topic, 'path' in found ? found.path : undefined);
    return !known.has(identityOf(found)) && (answer === null || !known.has(answer));
  });
}

/**
 * Adds items with their clients and panels to a house file, or makes one of them. It only puts text in: whatever a person
 * wrote stays as it is, letter by letter, comments and order too. Fails where the result would be no right house file.
 */
export function mergeHouse(input: MergeInput): Result<Merged, readonly Issue[]> {
  const { text, file } = input;
  const facts = factsOfHouse(text, file);
  if (!facts.ok) return facts;
  const drafts = draftAll(input, facts.value);
  const base = text ?? emptyHouse(drafts);
  const source = base.replace(/^\uFEFF/, ' ');
  const tree = parseTree(source);
  if (tree === undefined) return fail([{ severity: 'error', message: `${file} cannot be read as JSON` }]);
  const merged = applyInsertions(base, insertionsOf(source, tree, drafts));
  const checked = parseHouse(merged, file);
  if (!checked.ok) return checked;
  return ok({ text: merged, added: drafts.items.map(({ id }) => id) });
}

/** Items that are served by one client and stand on one panel. */
interface Batch {
  /** A new one, or the id of one that is there; `null` for items of nobody. */
  readonly client: Member | string | null;
  /** The label of a new one, or the place of one that is there. */
  readonly panel: string | number;
  readonly items: readonly string[];
}

interface Drafts {
  readonly items: readonly Member[];
  readonly batches: readonly Batch[];
}

function draftAll({ taken, discovery, seen }: MergeInput, facts: HouseFacts): Drafts {
  const { devices, proposals } = discovery;
  const idFor = createIds(facts.itemIds);
  const clientIdFor = createIds(facts.clientIds);
  const names = new Map(devices.map(({ key, label }) => [key, label]));
  const nameOf = (device: string | null): string | null => names.get(device ?? '') ?? null;
  const drafting = {
    ...{ seen, cadenceS: facts.cadenceS ?? DEFAULT_CADENCE_S, idFor, keyFor: createKeys(facts.keys), nameOf },
    labelOf: labeller(taken, facts, nameOf),
  };
  const keys = [...new Set(taken.map(({ device }) => device))];
  const items: Member[] = [];
  const batches = keys.map((key): Batch => {
    const own = taken.filter(({ device }) => device === key).map(proposal => draftItem(proposal, drafting));
    items.push(...own);
    const ids = own.map(({ id }) => id);
    const device = devices.find(one => one.key === key);
    if (device === undefined) return { client: null, panel: OTHERS, items: ids };
    const identities = proposals.flatMap(({ device: of, found }) => (of === key ? [identityOf(found)] : []));
    const known = facts.clientOf(device, identities);
    const client = known ?? draftClient(device, ids, { idFor: clientIdFor });
    const panel = known === null ? null : facts.panelOf(known);
    return { client, panel: panel ?? device.label, items: ids };
  });
  return { items, batches };
}

/** The panel of what no device is known of. */
const OTHERS = 'Other';

/** A label alone where no other item has it; else behind the name of its device. */
function labeller(
  taken: readonly Proposal[],
  facts: HouseFacts,
  nameOf: (device: string | null) => string | null,
): (proposal: Proposal) => string {
  const counts = new Map([...facts.labels].map(label => [label, 1]));
  for (const { label } of taken) counts.set(label, (counts.get(label) ?? 0) + 1);
  return ({ label, device }) => {
    const name = nameOf(device);
    const isAlone = (counts.get(label) ?? 0) <= 1;
    const whole =
      isAlone || name === null || label.startsWith(name)
        ? label
        : `${name} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    return cleanText(whole || 'Item', 40);
  };
}

/** A house with nothing in it, which is no right one yet: it has no panel. */
function emptyHouse({ items, batches }: Drafts): string {
  const used = new Set([...items.map(({ group }) => group), 'sensors']);
  const hasClients = batches.some(({ client }) => client !== null);
  const groups = GROUPS.filter(group => used.has(group) || (group === 'clients' && hasClients));
  return [
    '{',
    '  // Made by hometui discover. Above each item stands what speaks for it: look it through, it is yours.',
    '  "name": "Home",',
    ...groups.map(group => `  "${group}": {},`),
    '  "panels": []',
    '}',
    '',
  ].join('\n');
}

function insertionsOf(text: string, root: Node, { items, batches }: Drafts): readonly Insertion[] {
  const manner = mannerOf(text);
  const clients = batches.flatMap(({ client }) => (client === null || typeof client === 'string' ? [] : [client]));
  const groups = new Map<string, NewMember[]>();
  for (const { group, id, value, note } of [...items, ...clients]) {
    const member = { key: id, value, note: cleanText(note, LONGEST_NOTE) };
    groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  const newGroups: NewMember[] = [];
  const insertions: Insertion[] = [];
  for (const [group, members] of groups) {
    const node = memberOf(root, group);
    if (node !== undefined) insertions.push(...insertMembers(text, node, members, manner));
    else
      newGroups.push({
        key: group,
        value: Object.fromEntries(members.map(({ key, value }) => [key, value])),
        note: '',
      });
  }
  insertions.push(...insertMembers(text, root, newGroups, manner));
  return [...insertions, ...insertionsOfBatches(text, root, batches)];
}

/** A comment is read on one line of a wide window. */
const LONGEST_NOTE = 240;

function insertionsOfBatches(text: string, root: Node, batches: readonly Batch[]): readonly Insertion[] {
  const manner = mannerOf(text);
  const panels = memberOf(root, 'panels');
  const insertions: Insertion[] = [];
  for (const [client, items] of gather(batches, ({ client }) => client)) {
    if (typeof client !== 'string') continue;
    const served = memberOf(memberOf(memberOf(root, 'clients'), client), 'publishes');
    if (served !== undefined) insertions.push(...insertElements(text, served, items, manner));
  }
  const fresh: unknown[] = [];
  for (const [panel, items] of gather(batches, ({ panel }) => panel)) {
    const shown = typeof panel === 'number' ? memberOf(panels?.children?.[panel], 'items') : undefined;
    if (shown !== undefined) insertions.push(...insertElements(text, shown, items, manner));
    else fresh.push({ label: String(panel), items });
  }
  if (panels !== undefined && fresh.length > 0) insertions.push(...insertElements(text, panels, fresh, manner));
  return insertions;
}

/** The items of all batches that have something in common. */
function gather<Key>(batches: readonly Batch[], keyOf: (batch: Batch) => Key): ReadonlyMap<Key, readonly string[]> {
  const gathered = new Map<Key, readonly string[]>();
  for (const batch of batches) {
    const key = keyOf(batch);
    gathered.set(key, [...(gathered.get(key) ?? []), ...batch.items]);
  }
  return gathered;
}

/** The value of a member of an object. */
function memberOf(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find(property => property.children?.[0]?.value === name)?.children?.[1];
}
