import { BLOCK_S } from '../../core/history/block.ts';
import { DAY_S, dayOf } from '../../core/history/calendar.ts';
import type { Listening } from '../../core/history/listening.ts';
import type { KeptMoment } from '../../core/history/replay/kept-steps.ts';
import { orderPast, type PastStep, type PastValue } from '../../core/history/replay/past-steps.ts';
import { unscaleValue } from '../../core/history/series.ts';
import type { Span } from '../../core/history/spans.ts';
import { appendValue, emptySeries, type Series } from '../../core/home/readings/series.ts';
import type { House } from '../../core/house/house.ts';
import type { HistoryReader } from '../../io/history-store/reader.ts';
import { damageOfSteps, momentBefore, readSteps } from '../../io/history-store/replay/read-steps.ts';

/** What was recorded of a house, read as far as it is asked for. Each call throws what the system says. */
export interface Past {
  /** From when to when there is anything, ms; `null` where there is nothing. Looked up anew each time. */
  readonly range: () => { readonly from: number; readonly until: number } | null;
  /** The steps of two hours, as blocks count them, in their order. */
  readonly part: (part: number) => readonly PastStep[];
  readonly momentBefore: (at: number) => KeptMoment | null;
  /** What the sensors said in the day before a moment, ms: what their charts show. */
  readonly seriesBefore: (at: number) => ReadonlyMap<string, Series>;
  /** The stretch around a moment, ms, in which somebody listened throughout, or nobody did. */
  readonly stretchAt: (at: number) => Stretch;
  /** Whether some of what happened on the day of a moment, ms, cannot be read any more. */
  readonly isDamagedOn: (at: number) => boolean;
  /** Forgets what was read of the time that may still be written. */
  readonly refresh: () => void;
}

/** A stretch of one kind, ms; without an end where nothing comes behind it. */
export interface Stretch {
  readonly kind: 'heard' | 'not-listening' | 'damaged';
  readonly from: number;
  readonly until: number;
}

/** How long a part is, ms. */
export const PART_MS = BLOCK_S * 1_000;
/** What was known longer ago than so many days is not gone on from. */
const MOST_DAYS = 7;
/** As far back as the charts reach, seconds. */
const CHART_S = DAY_S;
/** Parts in memory: the one that is played, and its neighbours. */
const MOST_PARTS = 4;

/** Opens what a reader reads, for a house as it is now. */
export function openPast(reader: HistoryReader, house: House): Past {
  const parts = new Map<number, readonly PastStep[]>();
  const days = new Map<number, Listening>();
  const listeningOn = (day: number): Listening => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const read = reader.read(new Set(), { from: day * DAY_S, until: (day + 1) * DAY_S }, null, NOBODY);
    days.set(day, read);
    return read;
  };
  return {
    range: () => rangeOf(reader, listeningOn),
    part: part => {
      const known = parts.get(part);
      if (known !== undefined) return known;
      const span = { from: part * BLOCK_S, until: (part + 1) * BLOCK_S };
      const read = orderPast(readSteps(reader.folder, span), valuesIn(reader, span), house);
      const [oldest] = parts.keys();
      if (parts.size >= MOST_PARTS && oldest !== undefined) parts.delete(oldest);
      parts.set(part, read);
      return read;
    },
    momentBefore: at => momentBefore(reader.folder, at, MOST_DAYS),
    seriesBefore: at => seriesOf(valuesBefore(at, reader, house)),
    stretchAt: at => stretchAt(at, reader, listeningOn),
    isDamagedOn: at => damageOfSteps(reader.folder, dayOf(at / 1_000)) > 0,
    refresh: () => {
      parts.clear();
      days.clear();
    },
  };
}

const NOBODY = { reading: () => {}, rollUp: () => {} };

/** What each sensor said in a stretch, in the order of time, whatever digits and unit it had. */
function valuesIn(reader: HistoryReader, span: Span): ReadonlyMap<string, readonly PastValue[]> {
  const known = new Map(reader.series.map(series => [series.n, series]));
  const values = new Map<string, PastValue[]>();
  reader.read(new Set(known.keys()), span, null, {
    rollUp: () => {},
    reading: (n, second, scaled) => {
      const series = known.get(n);
      if (series === undefined) return;
      const list = values.get(series.id) ?? [];
      list.push({ second, value: unscaleValue(scaled, series.scale) });
      values.set(series.id, list);
    },
  });
  for (const list of values.values()) list.sort((one, other) => one.second - other.second);
  return values;
}

/** In the second of the moment itself, those that came before it. */
function valuesBefore(at: number, reader: HistoryReader, house: House): ReadonlyMap<string, readonly PastValue[]> {
  const second = Math.floor(at / 1_000);
  const before = new Map([...valuesIn(reader, { from: second - CHART_S, until: second })]);
  const last = { from: second, until: second + 1 };
  for (const step of orderPast(readSteps(reader.folder, last), valuesIn(reader, last), house)) {
    if (step.kind !== 'event' || step.event.type !== 'value-recalled' || step.at > at) continue;
    const { sensorId, value } = step.event;
    before.set(sensorId, [...(before.get(sensorId) ?? []), { second, value }]);
  }
  return before;
}

function seriesOf(values: ReadonlyMap<string, readonly PastValue[]>): ReadonlyMap<string, Series> {
  const made = [...values].map(([id, list]) => {
    const series = list.reduce((one, { second, value }) => appendValue(one, second * 1_000, value), emptySeries);
    return [id, series] as const;
  });
  return new Map(made);
}

type ListeningOn = (day: number) => Listening;

function rangeOf(reader: HistoryReader, listeningOn: ListeningOn): { from: number; until: number } | null {
  const days = reader.range();
  if (days === null) return null;
  const { heard: first } = listeningOn(days.first);
  const { heard: last } = listeningOn(days.last);
  const from = first[0]?.from ?? days.first * DAY_S;
  const until = last.at(-1)?.until ?? (days.last + 1) * DAY_S;
  return { from: from * 1_000, until: until * 1_000 };
}

function stretchAt(at: number, reader: HistoryReader, listeningOn: ListeningOn): Stretch {
  const second = Math.floor(at / 1_000);
  const day = dayOf(second);
  const covers = ({ from, until }: Span): boolean => from <= second && second < until;
  const { heard, lost } = listeningOn(day);
  const found = heard.find(covers);
  if (found !== undefined) return { kind: 'heard', from: found.from * 1_000, until: found.until * 1_000 };
  const damaged = lost.find(covers);
  if (damaged !== undefined) return { kind: 'damaged', from: damaged.from * 1_000, until: damaged.until * 1_000 };
  const range = reader.range();
  const spansOn = (one: number): readonly Span[] => [...listeningOn(one).heard, ...listeningOn(one).lost];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let one = day; range !== null && one >= range.first && from === Number.NEGATIVE_INFINITY; one--) {
    from = Math.max(from, ...spansOn(one).map(span => (span.until <= second ? span.until : from)));
  }
  for (let one = day; range !== null && one <= range.last && until === Number.POSITIVE_INFINITY; one++) {
    until = Math.min(until, ...spansOn(one).map(span => (span.from > second ? span.from : until)));
  }
  return { kind: 'not-listening', from: from * 1_000, until: until * 1_000 };
}
