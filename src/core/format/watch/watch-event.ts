import { subjectsOfDenial } from '../../home/access/denial-subjects.ts';
import { formatValue } from '../../home/readings/value-text.ts';
import { bannerOf } from '../../home/select.ts';
import type { HomeEvent } from '../../home/state/event.ts';
import type { JournalEntry } from '../../home/state/journal.ts';
import { type HomeState, pastNote, saidAt } from '../../home/state/state.ts';
import type { SwitchState } from '../../home/state/switch.ts';
import { getRow } from '../../home/state/table.ts';
import type { WordReading } from '../../home/state/word.ts';
import { verdictText } from '../../home/switches/verdict-text.ts';
import { levelOfChange } from '../../home/update-alarms.ts';
import { snapshotOfLast, snapshotText } from '../../home/update-snapshot.ts';
import { clientLabelOf, type House, labelOf, withDerivedParts } from '../../house/house.ts';
import { valueText } from '../../house/values/commanded.ts';
import { textOfWord } from '../../house/values/words.ts';
import { jsonText } from '../../json-text.ts';
import { isoTime } from '../iso-time.ts';
import { itemSnapshot } from '../item-snapshot.ts';
import {
  brokerSnapshot,
  clientSnapshot,
  denialSnapshot,
  type SwitchSnapshot,
  sensorSnapshot,
  switchSnapshot,
} from '../status-snapshot.ts';

/** One line of `watch`. */
export interface WatchEvent {
  readonly type:
    | 'link'
    | 'sensor'
    | 'item'
    | 'switch'
    | 'command'
    | 'verdict'
    | 'client'
    | 'denial'
    | 'broker'
    | 'issue'
    | 'alarm';
  /** ms since 1970. */
  readonly at: number;
  /** The sensor, switch or client it is about. */
  readonly id: string | null;
  /** The ids that it is about, of a denial too; what is about none of them is about the whole house. */
  readonly about: readonly string[];
  /** One sentence without a full stop, clean of control characters. */
  readonly text: string;
  readonly level: JournalEntry['level'];
  /** What the JSON line holds besides: the same fields as in `status --format json`. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What one event brought, as lines of `watch`: nothing where it brought nothing new. */
export function watchEvents(event: HomeEvent, before: HomeState, after: HomeState): readonly WatchEvent[] {
  // What was heard before is no news, nor what another process of ours tells by itself.
  if (before === after || event.type === 'past-heard' || event.type === 'verdict-noted') return [];
  const sensors = event.type === 'message-received' ? sensorEvents(event.topic, before, after) : [];
  const switches = before.switches === after.switches ? [] : switchEvents(before, after);
  const denials = denialEvents(before, after);
  const words = event.type === 'message-received' ? wordEvents(event.topic, before, after) : [];
  const snapshots = event.type === 'message-received' ? snapshotEvents(event.topic, before, after) : [];
  const alarms = event.type === 'alarms-changed' ? alarmEvents(event) : [];
  const told = [...sensors, ...words, ...snapshots, ...switches, ...denials, ...alarms];
  const entries = after.journal.filter(entry => entry.id >= before.nextId);
  return [...told, ...entries.filter(entry => !isTold(entry, told)).map(entry => journalEvent(entry, after))];
}

/** Whether an event was already told with more detail than its line in the journal has. */
function isTold(entry: JournalEntry, told: readonly WatchEvent[]): boolean {
  if (entry.kind === 'denial') return told.some(event => event.type === 'denial');
  return told.some(event => event.text === entry.text);
}

function sensorEvents(topic: string, before: HomeState, after: HomeState): WatchEvent[] {
  const ids = (after.house.routes.get(topic) ?? []).filter(route => route.kind === 'sensor').map(route => route.id);
  return ids.flatMap(id => {
    const reading = getRow(after.readings, id);
    const isNews =
      reading !== undefined && reading !== getRow(before.readings, id) && reading.receivedAt === saidAt(after);
    if (!isNews || reading.value === null || reading.fault !== null) return [];
    const snapshot = sensorSnapshot(after, id);
    const value = formatValue(reading.value, snapshot.unit, after.house.sensors.get(id)?.decimals);
    const note = snapshot.level === 'ok' ? '' : `, ${snapshot.level}`;
    const level = snapshot.level === 'ok' ? 'info' : snapshot.level;
    const age = reading.isRetained ? UNKNOWN_AGE : pastNote(after);
    return [make('sensor', after.at, id, `${snapshot.label} ${value}${age}${note}`, level, { ...snapshot })];
  });
}

/** What was said in words, in the sentence that the journal has for it where it has one. */
function wordEvents(topic: string, before: HomeState, after: HomeState): WatchEvent[] {
  const ids = (after.house.routes.get(topic) ?? []).filter(route => route.kind === 'word').map(route => route.id);
  return ids.flatMap(id => {
    const [was, is] = [getRow(before.words, id), getRow(after.words, id)];
    const config = after.house.words.get(id);
    const snapshot = itemSnapshot(after, id);
    if (config === undefined || snapshot === null || is === undefined || is === was) return [];
    if (is.word === null || is.fault !== null || is.receivedAt !== saidAt(after)) return [];
    const age = is.isRetained ? UNKNOWN_AGE : pastNote(after);
    const text = `${config.label}: ${textOfWord(is.word, config)}${age}`;
    const level = snapshot.level === 'ok' ? 'info' : snapshot.level;
    return [make('item', after.at, id, text, level, { ...snapshot, ...pictureOf(is) })];
  });
}

/** A picture of what happened, in the sentence of the journal. */
function snapshotEvents(topic: string, before: HomeState, after: HomeState): WatchEvent[] {
  if (before.nextId === after.nextId) return [];
  const routes = (after.house.routes.get(topic) ?? []).filter(route => route.kind === 'snapshot');
  return routes.flatMap(({ id }) => {
    const [was, is] = [getRow(before.words, id), getRow(after.words, id)];
    if (is?.snapshot == null || is.snapshot === was?.snapshot) return [];
    const text = snapshotText(after, id, is.snapshot);
    const detail = { ...itemSnapshot(after, id), ...pictureOf(is), isSnapshot: true };
    return [make('item', after.at, id, text, 'info', detail)];
  });
}

function pictureOf(row: WordReading): { readonly snapshotBytes?: number } {
  const snapshot = snapshotOfLast(row);
  return snapshot === null ? {} : { snapshotBytes: snapshot.bytes };
}

function switchEvents(before: HomeState, after: HomeState): WatchEvent[] {
  return after.switches.ids.flatMap(id => {
    const was = getRow(before.switches, id);
    const is = getRow(after.switches, id);
    return was === undefined || is === undefined || was === is
      ? []
      : oneSwitch(was, is, after, saidOf(id, before, after));
  });
}

/** What the journal says of a position that nobody asked for; `null` where it says nothing of the kind. */
function saidOf(id: string, { nextId }: HomeState, { journal }: HomeState): string | null {
  const entry = journal.findLast(one => one.id >= nextId && one.kind === 'switch' && one.subject === id);
  return entry?.level === 'info' ? entry.text : null;
}

/** `said` is what the journal says of its position: one thing is told in one way. */
function oneSwitch(was: SwitchState, is: SwitchState, state: HomeState, said: string | null): WatchEvent[] {
  const label = labelOf(state.house, is.id);
  const config = state.house.switches.get(is.id);
  const events: WatchEvent[] = [];
  if (is.command !== null && is.command.id !== was.command?.id) {
    const { target } = is.command;
    const topic = config?.command ?? '';
    const text = `${label} ${valueText(target, config)}: sent to ${topic}`;
    events.push(make('command', state.at, is.id, text, 'info', { label, target, topic }));
  }
  if (is.position !== null && (is.receivedAt !== was.receivedAt || is.position !== was.position)) {
    const position = valueText(is.position, config);
    const plain = is.isRetained ? `was ${position}${UNKNOWN_AGE}` : reported(position, state);
    const snapshot = commandedSnapshot(state, is.id);
    events.push(make('switch', state.at, is.id, said ?? `${label} ${plain}`, 'info', { ...snapshot }));
  }
  // One command has one verdict: what is learned of it later is told in other words.
  if (
    is.verdict !== null &&
    (was.command !== null || is.verdict.at !== was.verdict?.at) &&
    is.verdict !== was.verdict
  ) {
    const { kind, target, elapsedMs, evidence, detail, cure } = is.verdict;
    const level = kind === 'confirmed' ? 'good' : kind === 'denied' ? 'critical' : 'warning';
    const fields = { label, verdict: kind, target, elapsedMs, evidence, detail, cure };
    events.push(
      make('verdict', state.at, is.id, `${label} ${verdictText(is.verdict, valueText(target, config))}`, level, fields),
    );
  }
  return events;
}

const UNKNOWN_AGE = ' (retained: its age is unknown)';

/** What was said while we stood still is not of now. */
function reported(position: string, { backlogSince }: HomeState): string {
  return backlogSince === null ? `is ${position}` : `reported ${position} while hometui stood still`;
}

function denialEvents(before: HomeState, after: HomeState): WatchEvent[] {
  if (before.denials === after.denials) return [];
  const known = new Set(before.denials);
  return after.denials
    .filter(denial => !known.has(denial))
    .map(denial => ({
      ...make('denial', denial.at, null, denial.detail, 'critical', { ...denialSnapshot(denial) }),
      about: subjectsOfDenial(after, denial),
    }));
}

/** What became of alarms, but what is not to be announced. */
function alarmEvents({ book, changes }: HomeEvent & { readonly type: 'alarms-changed' }): WatchEvent[] {
  return changes
    .filter(({ isQuiet }) => !isQuiet)
    .map(change => {
      const { id, kind, at, by, priority, text } = change;
      const { label = null, value = null, about = [], cure = null } = book.alarms.get(id) ?? {};
      const detail = { alarm: id, label, change: kind, priority, value, by, cure };
      return { ...make('alarm', at, null, text, levelOfChange(change), detail), about };
    });
}

function journalEvent(entry: JournalEntry, state: HomeState): WatchEvent {
  const { at, text, level, subject } = entry;
  return make(entry.kind, at, subject, text, level, journalDetail(entry, state));
}

function journalDetail({ kind, level, subject }: JournalEntry, state: HomeState): Record<string, unknown> {
  if (kind === 'link') return { ...brokerSnapshot(state) };
  if (kind === 'broker' && level === 'critical') return { remedy: bannerOf(state)?.cure ?? null };
  if (subject === null) return {};
  if (kind === 'client') return { label: clientLabelOf(state.house, subject), ...clientSnapshot(state, subject) };
  if (kind === 'sensor') return { ...sensorSnapshot(state, subject) };
  if (kind === 'item') return { ...itemSnapshot(state, subject) };
  return kind === 'switch' ? { ...commandedSnapshot(state, subject) } : {};
}

/** Of a set-point, a selection or a button what a switch has, and besides that what it is. */
function commandedSnapshot(state: HomeState, id: string): SwitchSnapshot {
  return { ...switchSnapshot(state, id), ...itemSnapshot(state, id) };
}

function make(
  type: WatchEvent['type'],
  at: number,
  id: string | null,
  text: string,
  level: WatchEvent['level'],
  detail: Readonly<Record<string, unknown>>,
): WatchEvent {
  return { type, at, id, about: id === null ? [] : [id], text, level, detail };
}

/**
 * Whether a line is shown where only some ids are asked for: what is about them, and what is about all: the link, which
 * explains a silence, what stands in the way of seeing, and a broker that loses its access control list or has it again.
 */
export function isShown({ type, level, about }: WatchEvent, house: House, only: ReadonlySet<string>): boolean {
  // An alarm about no item is about the broker.
  if (type === 'link' || type === 'issue' || (type === 'alarm' && about.length === 0)) return true;
  if (type === 'broker') return level === 'critical' || level === 'good';
  const named = withDerivedParts(house, only);
  return about.some(id => named.has(id));
}

/** The line as one JSON object: `type`, `at`, then what it is about. */
export function watchJson(event: WatchEvent): string {
  const { type, at, id, text, level, detail } = event;
  // `at` of a sensor in `detail` may be null (retained); the line's own is always a time.
  return `${jsonText({ type, at: isoTime(at), ...(id === null ? {} : { id }), severity: level, text, ...omitAt(detail) })}\n`;
}

function omitAt(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([key]) => key !== 'at'));
}
