import type { Span } from '../spans.ts';

/** What a chart wants to know of the past of one sensor. Times are ms on the clock of the house's events. */
export interface PastQuestion {
  readonly sensorId: string;
  /** When its columns begin and the last one ends, rising, whole seconds. */
  readonly edges: readonly number[];
  /** The first column that is shown: those before are room of a page that stands still. */
  readonly first: number;
  /** The same for the hours that it is compared with, as many; `null` where it is not. */
  readonly comparedEdges: readonly number[] | null;
  /** As of when: a page that reaches up to now is asked for again and again. */
  readonly asOf: number;
  /** Whether all that is kept is asked for, so that it is to be found out from when on anything is. */
  readonly wantsAll?: boolean;
  /**
   * In a replay: what came after this moment, ms, is not told. Its times are those of the wall of then. Absent where the
   * living house is shown.
   */
  readonly endsAt?: number;
  /** The column whose events are to be told besides the newest ones, ms; absent where none is. */
  readonly told?: Span;
}

/** The column whose events are asked for, seconds of the time of day; `null` where none is. */
export function toldSpan({ told }: PastQuestion, aheadMs: number): Span | null {
  if (told === undefined) return null;
  return { from: (told.from - aheadMs) / 1_000, until: (told.until - aheadMs) / 1_000 };
}

/** Whether two questions have one answer. */
export function isSameQuestion(one: PastQuestion, other: PastQuestion | null): boolean {
  if (other === null || !isSamePage(one, other)) return false;
  return one.told?.from === other.told?.from && one.told?.until === other.told?.until;
}

/** Whether the answers of two questions differ by no more than the events of one column. */
export function isSamePage(one: PastQuestion, other: PastQuestion): boolean {
  if (one.sensorId !== other.sensorId || one.asOf !== other.asOf || one.endsAt !== other.endsAt) return false;
  return hasSameEdges(one.edges, other.edges) && hasSameEdges(one.comparedEdges ?? [], other.comparedEdges ?? []);
}

/** Whether two rows of columns are the same. */
export function hasSameEdges(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((edge, place) => edge === other[place]);
}
