import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { type House, labelOf, readTopics } from '../house/house.ts';
import type { Effect } from './state/effect.ts';
import { addToJournal } from './state/journal.ts';
import { createClient, createReading, createSwitch, createWord, type HomeState } from './state/state.ts';
import { type Step, stay } from './state/step.ts';
import type { SwitchState } from './state/switch.ts';
import { createTable, getRow, rowsOf } from './state/table.ts';

/**
 * The house is as its file says now. What is known of an item stays where it is heard in the same place and the same
 * words; all else of it, as label, limits and panel, may have changed. `file` is the name of the house file.
 */
export function takeHouse(state: HomeState, house: House, file: string): Step {
  if (isSame(state.house.config, house.config)) return stay(state);
  const before = state.house;
  const kept = <Item, Row>(
    [old, now]: readonly [ReadonlyMap<string, Item>, ReadonlyMap<string, Item>],
    source: (item: Item) => unknown,
    table: { readonly get: (id: string) => Row | undefined; readonly create: (id: string) => Row },
  ) =>
    createTable([...now.keys()], id => {
      const [was, is] = [old.get(id), now.get(id)];
      const isKept = was !== undefined && is !== undefined && isSame(source(was), source(is));
      return (isKept ? table.get(id) : undefined) ?? table.create(id);
    });
  const { readings, words, switches, clients } = state;
  const next: HomeState = {
    ...state,
    house,
    readings: kept([before.sensors, house.sensors], heardFrom, {
      get: id => getRow(readings, id),
      create: createReading,
    }),
    words: kept([before.words, house.words], heardFrom, { get: id => getRow(words, id), create: createWord }),
    switches: kept([before.switches, house.switches], heardFrom, {
      get: id => getRow(switches, id),
      create: createSwitch,
    }),
    clients: kept([before.clients, house.clients], ({ label, publishes, ...own }) => own, {
      get: id => getRow(clients, id),
      create: id => createClient(id, house),
    }),
    presences: new Map([...state.presences].filter(([id]) => isSame(presenceIn(before, id), presenceIn(house, id)))),
    laterTopics: laterTopics(state, house),
  };
  const lost = rowsOf(switches).filter(row => row.command !== null && getRow(next.switches, row.id) !== row);
  const told = lost.reduce((at, row) => giveUp(at, row, before), next);
  const text = `${cleanText(file, 80)} was changed and is in use: ${changeText(before, house)}`;
  return {
    state: addToJournal(told, { level: 'info', kind: 'issue', subject: null, text }),
    effects: [...lost.flatMap(withdrawn), { type: 'listen-to', house }],
  };
}

/** Where it is said of an item alone whether it is there. */
function presenceIn({ saidApart }: House, id: string): unknown {
  const { availability, availabilities } = saidApart.get(id) ?? {};
  return [availability, availabilities];
}

/** Where an item is heard, and how what is said there is read: all that its value depends on. */
function heardFrom(item: object): unknown {
  return Object.entries(item).filter(([field]) => !ABOUT.has(field));
}

/** Fields that say something of an item, and nothing of where and how it is heard. */
const ABOUT: ReadonlySet<string> = new Set([
  ...['label', 'key', 'ask', 'timeout', 'range', 'decimals', 'warning', 'critical', 'every', 'expireAfter'],
  ...['role', 'room', 'retained', 'words', 'levels', 'min', 'max', 'step', 'snapshot'],
  ...['availability', 'availabilities'],
]);

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What was not listened to so far is heard from now on. */
function laterTopics({ house: before, laterTopics: known, listeningSince, at }: HomeState, house: House) {
  if (listeningSince === null) return known;
  const heard = new Set(readTopics(before));
  return new Map(
    readTopics(house).flatMap(topic => {
      const since = heard.has(topic) ? known.get(topic) : at;
      return since === undefined ? [] : [[topic, since] as const];
    }),
  );
}

/** A command whose relay is not there any more, or is heard elsewhere: how it ended nobody will hear. */
function giveUp(state: HomeState, { id, command }: SwitchState, before: House): HomeState {
  const text = `${labelOf(before, id)} ${command?.target}: the house file was changed before it answered, what came of it is not known`;
  return addToJournal(state, { level: 'warning', kind: 'switch', subject: id, text });
}

function withdrawn({ command }: SwitchState): readonly Effect[] {
  return command?.phase === 'sent' ? [{ type: 'withdraw-command', commandId: command.id }] : [];
}

/** So many labels are named. */
const MOST_NAMED = 3;

function changeText(before: House, house: House): string {
  const idsOf = ({ sensors, derived, words, switches, clients }: House): readonly string[] =>
    [sensors, derived, words, switches, clients].flatMap(table => [...table.keys()]);
  const [old, now] = [idsOf(before), idsOf(house)];
  const named = (ids: readonly string[], of: House): string => {
    const labels = ids.slice(0, MOST_NAMED).map(id => labelOf(of, id));
    return ids.length > MOST_NAMED ? `${labels.join(', ')} and ${ids.length - MOST_NAMED} more` : labels.join(', ');
  };
  const added = now.filter(id => !old.includes(id));
  const gone = old.filter(id => !now.includes(id));
  const parts = [
    ...(added.length === 0 ? [] : [`${countText(added.length, 'new one', 'new ones')} (${named(added, house)})`]),
    ...(gone.length === 0 ? [] : [`${countText(gone.length, 'gone', 'gone')} (${named(gone, before)})`]),
    ...(before.config.name === house.config.name
      ? []
      : [`what is recorded goes on under its old name, ${before.config.name}, until the next start`]),
  ];
  return parts.length === 0 ? 'the same items' : parts.join(', ');
}
