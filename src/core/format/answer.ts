import { freshnessOfReading } from '../home/clients/select-freshness.ts';
import { freshnessOfSwitch, freshnessOfWord } from '../home/clients/select-spoken.ts';
import { derivedValue } from '../home/select.ts';
import type { HomeState } from '../home/state/state.ts';
import { getRow } from '../home/state/table.ts';
import { type CommandedConfig, keepsLast, labelOf, partsOf, type WordConfig } from '../house/house.ts';
import type { DerivedConfig } from '../house/schema.ts';
import { textOfWord } from '../house/values/words.ts';
import { jsonText } from '../json-text.ts';
import { isoTime } from './iso-time.ts';

/** One item of the house as `get` gives it: the first word that was heard of it. */
export interface Answer {
  readonly id: string;
  readonly label: string;
  readonly value: number | string | null;
  /** `null` for what is no number. */
  readonly unit: string | null;
  /** `waiting` where nothing was heard. */
  readonly freshness: 'live' | 'retained' | 'waiting';
  /** When it was received, ISO 8601; `null` for a retained one: its age is unknown. */
  readonly at: string | null;
  /** There where it was not said: its device did not say the other word for so long, which `at` is of. */
  readonly presumed?: true;
  /** Whether the broker refused to let us hear it. */
  readonly isDenied: boolean;
  /** Whether its device lets the broker keep its last message, so that a retained one is what was asked for. */
  readonly isKept: boolean;
  /** Why there is no value, or none that was heard live; `null` where there is. */
  readonly reason: string | null;
}

/** What was heard of an item since the session began. */
export function answerOf(state: HomeState, id: string): Answer {
  const { house } = state;
  const head = { id, label: labelOf(house, id), isKept: keepsLast(house, id) };
  const config = house.derived.get(id);
  if (config !== undefined) return { ...ofParts(state, id, config), id, label: head.label };
  const toggle = house.switches.get(id);
  if (toggle !== undefined) return { ...head, ...ofCommanded(state, id, toggle) };
  const said = house.words.get(id);
  if (said !== undefined) return { ...head, ...ofWord(state, id, said) };
  const reading = getRow(state.readings, id);
  const sensor = house.sensors.get(id);
  const { reason } = freshnessOfReading(state, id);
  const unit = sensor?.unit ?? '';
  return { ...head, unit, ...heard(state, sensor?.topic ?? '', reading?.value ?? null, reading, reason) };
}

type Said = Omit<Answer, 'id' | 'label' | 'isKept'>;

/** A derived value is as good as the worse of its parts. */
function ofParts(state: HomeState, id: string, config: DerivedConfig): Answer {
  const parts = partsOf(config).map(part => answerOf(state, part));
  const worst = parts.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  const { value, unit, reason } = derivedValue(state, id);
  return { ...worst, value, unit, reason: value === null ? (reason ?? 'it cannot be computed') : worst.reason };
}

function ofCommanded(state: HomeState, id: string, config: CommandedConfig): Said {
  const row = getRow(state.switches, id);
  const { reason } = freshnessOfSwitch(state, id);
  const isNumber = config.kind === 'number';
  const position = row?.position ?? null;
  const value = isNumber && position !== null ? Number(position) : position;
  const topic = config.feedback ?? config.command;
  return { unit: isNumber ? config.unit : null, ...heard(state, topic, value, row, reason) };
}

function ofWord(state: HomeState, id: string, config: WordConfig): Said {
  const row = getRow(state.words, id);
  const { reason } = freshnessOfWord(state, id);
  const value = row?.word == null ? null : config.kind === 'counter' ? row.count : textOfWord(row.word, config);
  const said = { unit: null, ...heard(state, config.topic, value, row, reason) };
  return row?.isPresumed === true ? { ...said, presumed: true, reason } : said;
}

/** In a session that began with the question, whatever was not retained is of now. */
function heard<Value>(
  state: HomeState,
  topic: string,
  value: Value | null,
  row: { readonly isRetained: boolean; readonly receivedAt: number | null } | undefined,
  reason: string | null,
): { value: Value | null } & Pick<Answer, 'freshness' | 'at' | 'isDenied' | 'reason'> {
  const isDenied = value === null && (state.unheardFilters.get(topic) ?? null) !== null;
  if (value === null || row === undefined || row.receivedAt === null) {
    return { value: null, freshness: 'waiting', at: null, isDenied, reason: reason ?? `never received on ${topic}` };
  }
  if (row.isRetained) return { value, freshness: 'retained', at: null, isDenied, reason };
  return { value, freshness: 'live', at: isoTime(row.receivedAt), isDenied, reason: null };
}

function rank({ freshness, isDenied }: Answer): number {
  return ['live', 'retained', 'waiting'].indexOf(freshness) + (isDenied ? 1 : 0);
}

/** The value alone, as a script wants it: a number in full, `on`, `off`; empty where there is none. */
export function answerText({ value }: Answer): string {
  return value === null ? '' : String(value);
}

/** The answer as one JSON object on a line; with `daemon`, the process of the daemon that has heard it. */
export function answerJson(answer: Answer, daemon: number | null): string {
  const { id, label, value, unit, freshness, at, presumed, reason } = answer;
  const note = presumed === undefined ? {} : { presumed };
  return `${jsonText({ type: 'value', id, label, value, ...note, unit, freshness, at, reason, daemon })}\n`;
}
