import type { KeptEvent } from '../../../core/history/replay/kept-event.ts';
import type { HomeEvent } from '../../../core/home/state/event.ts';
import type { HomeState } from '../../../core/home/state/state.ts';
import { getRow, rowsOf } from '../../../core/home/state/table.ts';
import type { Step } from '../../store.ts';

/** The values that a step brought: those that were said now, by who was listened to. */
export function valuesOf({ event, before, after }: Step): readonly SaidValue[] {
  if (event.type !== 'message-received' || event.isRetained || after.listeningSince === null) return NO_VALUES;
  const values: SaidValue[] = [];
  for (const { kind, id } of after.house.routes.get(event.topic) ?? []) {
    const row = kind === 'sensor' ? getRow(after.readings, id) : undefined;
    if (row === undefined || row.value === null || row.fault !== null || row.held !== null) continue;
    if (row !== getRow(before.readings, id)) values.push({ id, value: row.value });
  }
  return values;
}

/** What a sensor said. */
export interface SaidValue {
  readonly id: string;
  readonly value: number;
}

const NO_VALUES: readonly SaidValue[] = [];

/** The sensors whose value in a message was not believed: it can be read, and is no value. */
export function doubtedIn({ event, before, after }: Step): readonly string[] {
  if (event.type !== 'message-received') return [];
  return (after.house.routes.get(event.topic) ?? []).flatMap(({ kind, id }) => {
    const row = kind === 'sensor' ? getRow(after.readings, id) : undefined;
    if (row === undefined || row === getRow(before.readings, id)) return [];
    return row.held !== null || row.fault?.doubted !== undefined ? [id] : [];
  });
}

/** Whether a step brought these values and nothing else: then they are all that there is to keep of its message. */
export function isPlainValue({ event, before, after }: Step, values: readonly SaidValue[]): boolean {
  if (values.length === 0 || event.type !== 'message-received' || before.nextId !== after.nextId) return false;
  return values.length === after.house.routes.get(event.topic)?.length;
}

type Received = HomeEvent & { readonly type: 'message-received' };

/** The last plain value on each topic: its very moment counts when it turns out to be the last before a silence. */
export function createLastValues() {
  const last = new Map<string, { event: Received; wallAt: number }>();
  return {
    note: (event: Received, wallAt: number): void => {
      const known = last.get(event.topic);
      if (known === undefined) last.set(event.topic, { event, wallAt });
      else [known.event, known.wallAt] = [event, wallAt];
    },
    /** Those of the sensors that a step of time found silent, each once. */
    take: (step: Step): readonly KeptEvent[] =>
      sensorsSilenced(step).flatMap(topic => {
        const value = last.get(topic);
        last.delete(topic);
        return value === undefined ? [] : [{ event: { ...value.event, at: value.wallAt }, commandId: null }];
      }),
  };
}

/** The topics of the sensors that a step of time found silent, by themselves or with their client. */
function sensorsSilenced({ before, after }: Step): readonly string[] {
  if (before.readings === after.readings && before.clients === after.clients) return [];
  const clients = rowsOf(after.clients).filter(
    ({ id, freshness }) => freshness !== getRow(before.clients, id)?.freshness,
  );
  const sensors = rowsOf(after.readings).filter(row => row.freshness !== getRow(before.readings, row.id)?.freshness);
  const ids = [...sensors.map(({ id }) => id), ...clients.flatMap(({ id }) => publishedBy(after, id))];
  return [...new Set(ids)].flatMap(id => after.house.sensors.get(id)?.topic ?? []);
}

function publishedBy({ house }: HomeState, clientId: string): readonly string[] {
  return house.clients.get(clientId)?.publishes ?? [];
}
