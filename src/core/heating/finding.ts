import { type AlarmDefinition, type Judgement, type LooksAt, OFF_DELAY_MS, ON_DELAY_MS } from '../alarms/condition.ts';
import { type Measured, measure, say, type Unknown } from '../alarms/measured.ts';
import type { HomeState } from '../home/state/state.ts';
import type { House } from '../house/house.ts';

/** What a rule of the heating says of itself; its delays are those of an alarm where it has none. */
export type FindingOf = Pick<AlarmDefinition, 'id' | 'label' | 'priority' | 'condition' | 'about' | 'source'> &
  Partial<Pick<AlarmDefinition, 'cure' | 'onDelayMs' | 'offDelayMs'>>;

/** A rule of the heating as an alarm. */
export function finding(of: FindingOf): AlarmDefinition {
  return { onDelayMs: ON_DELAY_MS, offDelayMs: OFF_DELAY_MS, cure: null, tell: null, isLatched: false, ...of };
}

/** The same where it also counts time, or goes by where something stands: what falls silent does so without a message. */
export function lookAlways(house: House, items: readonly string[]): LooksAt {
  return { ...lookAt(house, items), ticks: true };
}

/** What a rule about these items is judged by. */
export function lookAt({ servedBy }: House, items: readonly string[]): LooksAt {
  return { items, clients: [...new Set(items.flatMap(id => servedBy.get(id) ?? []))] };
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
