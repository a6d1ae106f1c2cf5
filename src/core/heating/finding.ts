import type { AlarmDefinition, Judgement } from '../alarms/condition.ts';
import { PLAIN } from '../alarms/definitions.ts';
import { type Measured, measure, say, type Unknown } from '../alarms/measured.ts';
import type { HomeState } from '../home/state/state.ts';

/** What a rule of the heating says of itself; its delays are those of an alarm where it has none. */
export type FindingOf = Pick<AlarmDefinition, 'id' | 'label' | 'priority' | 'condition' | 'about' | 'source'> &
  Partial<Pick<AlarmDefinition, 'cure' | 'onDelayMs' | 'offDelayMs'>>;

/** A rule of the heating as an alarm. */
export function finding(of: FindingOf): AlarmDefinition {
  return { ...PLAIN, ...of };
}

/** Several values of now. */
export interface AllMeasured {
  readonly kind: 'known';
  /** In the order in which they were asked for. */
  readonly values: readonly Measured[];
  /** When one of them is not of now any more, ms; `null` for never. */
  readonly againAt: number | null;
}

/** All of these values, or why one of them is not of now. */
export function measureAll(state: HomeState, ids: readonly string[]): AllMeasured | Unknown {
  const values: Measured[] = [];
  for (const id of ids) {
    const measured = measure(state, id);
    if (measured.kind === 'unwatched') return measured;
    values.push(measured);
  }
  const times = values.flatMap(({ againAt }) => againAt ?? []);
  return { kind: 'known', values, againAt: times.length === 0 ? null : Math.min(...times) };
}

/** Whether a pump, a burner or a fan is known to stand there now. */
export function stands(state: HomeState, id: string | null, position: 'on' | 'off'): boolean {
  if (id === null) return false;
  const said = say(state, id);
  return said.kind === 'known' && said.word === position;
}

/** The earlier of two moments at which a judgement may be another, ms. */
export function earlier(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}

/** A rule that is not so, with what was looked at. */
export function notSo(value: string | null, againAt: number | null = null): Judgement {
  return { kind: 'not-so', value, againAt };
}
