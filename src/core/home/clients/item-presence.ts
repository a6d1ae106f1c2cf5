import { readAvailability } from '../../house/availability-word.ts';
import { availabilitiesOf, type House, labelOf } from '../../house/house.ts';
import type { ItemPresence, Saying } from '../state/client.ts';
import { addToJournal, type JournalEntry } from '../state/journal.ts';
import type { Message } from '../state/message.ts';
import { type HomeState, saidAt } from '../state/state.ts';
import { decidingOf } from './update-client.ts';

const NOTHING: ItemPresence = { sayings: [], offline: null, hasToldPuzzle: false };

/**
 * A message on a topic on which it is said of one item whether it is there. Retained ones count, as with a client; other
 * than there, nothing but these words decides: a gateway tells the last value of what is gone again and again.
 */
export function notePresence(state: HomeState, id: string, message: Message): HomeState {
  const said = state.house.saidApart.get(id);
  const config = said === undefined ? undefined : availabilitiesOf(said).find(it => it.topic === message.topic);
  const word = config === undefined ? null : readAvailability(message.payload, config);
  if (said === undefined || config === undefined || word === null) return state;
  const before = state.presences.get(id) ?? NOTHING;
  const saying: Saying = { ...word, topic: config.topic, isRetained: message.isRetained };
  if (word.meaning === null) return notePuzzle(state, id, before, saying);
  const sayings = [...before.sayings.filter(({ topic }) => topic !== saying.topic), saying];
  const decided = decidingOf(sayings, said.availabilities?.mode) ?? saying;
  const offline = decided.meaning === 'offline' ? { at: saidAt(state), reason: reasonOf(decided) } : null;
  return journalPresence(withPresence(state, id, { ...before, sayings, offline }), id, before, decided);
}

function reasonOf({ text, topic, isRetained }: Saying): string {
  return `"${text}" was said on ${topic}${isRetained ? ', retained: since when is unknown' : ''}`;
}

function journalPresence(state: HomeState, id: string, before: ItemPresence, decided: Saying): HomeState {
  const isGone = decided.meaning === 'offline';
  if (isGone === (before.offline !== null)) return state;
  const label = labelOf(state.house, id);
  const how = isGone ? 'is offline' : 'is there again';
  const about = { kind: kindOf(state.house, id), subject: id } as const;
  const text = `${label} ${how}: ${reasonOf(decided)}`;
  return isGone
    ? addToJournal(state, { ...about, level: 'critical', text, form: 'offline' })
    : addToJournal(state, { ...about, level: 'good', text });
}

/** An unknown word is told once, whatever comes after it. */
function notePuzzle(state: HomeState, id: string, before: ItemPresence, { text, topic }: Saying): HomeState {
  if (before.hasToldPuzzle) return state;
  const told = withPresence(state, id, { ...before, hasToldPuzzle: true });
  const words = `"${text}" was said on ${topic}, which is neither online nor offline`;
  const cure = `add it to online or offline of the availability of ${id} in the house file`;
  const entry = { kind: kindOf(state.house, id), subject: id, level: 'warning' } as const;
  return addToJournal(told, { ...entry, text: `${labelOf(state.house, id)}: ${words}: ${cure}` });
}

function kindOf({ sensors, words }: House, id: string): JournalEntry['kind'] {
  return sensors.has(id) ? 'sensor' : words.has(id) ? 'item' : 'switch';
}

function withPresence(state: HomeState, id: string, presence: ItemPresence): HomeState {
  return { ...state, presences: new Map(state.presences).set(id, presence) };
}

/** The items that are said to be gone apart from their clients, in the order of the house file. */
export function goneItems({ house, presences }: Pick<HomeState, 'house' | 'presences'>): readonly string[] {
  if (presences.size === 0) return [];
  return [...house.saidApart.keys()].filter(id => presences.get(id)?.offline != null);
}
