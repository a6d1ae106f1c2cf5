import type { KeptEvent } from '../../../core/history/replay/kept-event.ts';
import type { HomeEvent } from '../../../core/home/state/event.ts';
import type { HomeState } from '../../../core/home/state/state.ts';
import { getRow, rowsOf } from '../../../core/home/state/table.ts';
import type { Step } from '../../store.ts';

/** The values that a step brought: those that were said now, by who was listened to. */
export function valuesOf({ event, before, after }: Step): readonly (readonly [sensorId: string, value: number])[] {
  if (event.type !== 'message-received' || event.isRetained || after.listeningSince === null) return [];
  return (after.house.routes.get(event.topic) ?? []).flatMap(({ kind, id }) => {
    if (kind !== 'sensor') return [];
    const row = getRow(after.readings, id);
    const isNews = row !== undefined && row !== getRow(before.readings, id) && row.fault === null && row.held === null;
    return isNews && row.value !== null ? [[id, row.value] as const] : [];
  });
}

/** The sensors whose value in a message was not believed: it can be read, and is no value. */
export function doubtedIn({ event, before, after }: Step): readonly string[] {
  if (event.type !== 'message-received') return [];
  return (after.house.routes.get(event.topic) ?? []).flatMap(({ kind, id }) => {
    const row = kind === 'sensor' ? getRow(after.readings, id) : undefined;
    if (row === undefined || row === getRow(before.readings, id)) return [];
    return row.held !== null || row.fault?.doubted !== undefined ? [id] : [];
  });
}

/** Whether a message brought values and nothing else: then these are all that there is to keep of it. */
export function isPlainValue({ topic }: HomeEvent & { type: 'message-received' }, step: Step): boolean {
  const { before, after } = step;
  const routes = after.house.routes.get(topic) ?? [];
  return routes.length > 0 && before.nextId === after.nextId && valuesOf(step).length === routes.length;
}

/** The last plain value on each topic: its very moment counts when it turns out to be the last before a silence. */
export function createLastValues() {
  const last = new Map<string, KeptEvent>();
  return {
    note: (event: HomeEvent & { type: 'message-received' }, wallAt: number): void => {
      last.set(event.topic, { event: { ...event, at: wallAt }, commandId: null });
    },
    /** Those of the sensors that a step of time found silent, each once. */
    take: (step: Step): readonly KeptEvent[] =>
      sensorsSilenced(step).flatMap(topic => {
        const value = last.get(topic);
        last.delete(topic);
        return value ?? [];
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
