import { freshnessNow } from './clients/select-freshness.ts';
import { freshnessOfSwitch, freshnessOfWord } from './clients/select-spoken.ts';
import { derivedValue, lockOf } from './select.ts';
import { faultWord } from './state/reading.ts';
import type { HomeState } from './state/state.ts';
import { getRow } from './state/table.ts';

/** The words for the state of an item that can be looked for. */
export const STATE_WORDS: readonly string[] = [
  ...['live', 'late', 'stale', 'offline', 'waiting', 'retained', 'unreadable', 'implausible'],
  ...['warning', 'critical', 'on', 'off', 'unknown', 'locked', 'presumed'],
];

/** The words for how an item is: its freshness, its level, where a relay stands, what was said. */
export function stateWordsOf(state: HomeState, id: string): readonly string[] {
  const { house } = state;
  const reading = getRow(state.readings, id);
  const sensor = house.sensors.get(id);
  if (reading !== undefined && sensor !== undefined) {
    const level = reading.value === null || reading.level === 'ok' ? [] : [reading.level];
    return [
      freshnessNow(state, reading, sensor),
      ...level,
      ...(reading.fault === null ? [] : [faultWord(reading.fault)]),
    ];
  }
  const row = getRow(state.switches, id);
  if (row !== undefined) {
    const lock = lockOf(state, id) === null ? [] : ['locked'];
    return [row.position ?? 'unknown', freshnessOfSwitch(state, id).freshness, ...lock];
  }
  const said = getRow(state.words, id);
  if (said !== undefined) {
    const words = [
      ...[said.word, said.isPresumed ? 'presumed' : null],
      ...[said.level === 'ok' ? null : said.level, said.fault === null ? null : 'unreadable'],
    ];
    return [freshnessOfWord(state, id).freshness, ...words.filter(word => word !== null)];
  }
  return house.derived.has(id) ? [derivedValue(state, id).freshness] : [];
}
