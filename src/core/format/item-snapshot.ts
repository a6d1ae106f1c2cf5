import type { FreshnessReport } from '../home/clients/select-freshness.ts';
import type { Level } from '../home/readings/level.ts';
import { freshnessOfSwitch, freshnessOfWord, mayWrite } from '../home/select.ts';
import type { Freshness } from '../home/state/client.ts';
import type { HomeState } from '../home/state/state.ts';
import { getRow } from '../home/state/table.ts';
import type { CommandedConfig, WordConfig } from '../house/house.ts';
import { isLasting, levelOfWord, textOfWord } from '../house/values/words.ts';
import { isoTime } from './iso-time.ts';

/** Anything of a house that is neither sensor, nor computed, nor a switch. */
export interface ItemSnapshot {
  readonly kind: WordConfig['kind'] | Exclude<CommandedConfig['kind'], 'switch'>;
  readonly label: string;
  /** A set-point's number, a count, or a word as the house file shows it; `null` where none was ever received. */
  readonly value: number | string | null;
  /** The word itself: `on` or `off` of a binary, else as the device says it; `null` of numbers. */
  readonly word: string | null;
  /** There where the word was not said: the device did not say the other one for so long. */
  readonly presumed?: true;
  readonly unit: string | null;
  /** When it was received; `null` where it never was, or came from a retained message: its age is unknown. */
  readonly at: string | null;
  readonly ageMs: number | null;
  readonly freshness: Freshness;
  readonly level: Level;
  /** `null` for what cannot be commanded, and where it is not known whether our user may. */
  readonly mayWrite: boolean | null;
  /** Of events and counters since when they are counted; `null` of all else. */
  readonly since: string | null;
  readonly reason: string | null;
}

/** All items of the house that `isNamed` lets in, in the order of the house file; none where it has none. */
export function itemSnapshots(
  state: HomeState,
  isNamed: (id: string) => boolean,
): Readonly<Record<string, ItemSnapshot>> {
  const ids = [...state.words.ids, ...state.switches.ids].filter(isNamed);
  return Object.fromEntries(
    ids.flatMap(id => {
      const item = itemSnapshot(state, id);
      return item === null ? [] : [[id, item] as const];
    }),
  );
}

/** One item; `null` for a switch, and for what is none. */
export function itemSnapshot(state: HomeState, id: string): ItemSnapshot | null {
  const word = state.house.words.get(id);
  if (word !== undefined) return wordSnapshot(state, id, word);
  const commanded = state.house.switches.get(id);
  return commanded === undefined || commanded.kind === 'switch' ? null : commandedSnapshot(state, id, commanded);
}

function wordSnapshot(state: HomeState, id: string, config: WordConfig): ItemSnapshot {
  const row = getRow(state.words, id);
  const word = row?.word ?? null;
  const isCounter = config.kind === 'counter';
  const text = word === null ? null : textOfWord(word, config);
  return {
    kind: config.kind,
    label: config.label,
    value: isCounter ? (row?.count ?? 0) : text,
    word,
    ...(row?.isPresumed === true ? { presumed: true } : {}),
    unit: null,
    ...when(row, freshnessOfWord(state, id)),
    level: word === null ? 'ok' : levelOfWord(word, config),
    mayWrite: null,
    since: isLasting(config) || row?.countedSince == null ? null : isoTime(row.countedSince),
  };
}

function commandedSnapshot(
  state: HomeState,
  id: string,
  config: Exclude<CommandedConfig, { kind: 'switch' }>,
): ItemSnapshot {
  const row = getRow(state.switches, id);
  const position = row?.position ?? null;
  const isNumber = config.kind === 'number';
  return {
    kind: config.kind,
    label: config.label,
    value: isNumber && position !== null ? Number(position) : position,
    word: isNumber ? null : position,
    unit: isNumber ? config.unit : null,
    ...when(row, freshnessOfSwitch(state, id)),
    level: 'ok',
    mayWrite: mayWrite(state, id),
    since: null,
  };
}

function when(
  row: { readonly receivedAt: number | null; readonly isRetained: boolean } | undefined,
  { freshness, ageMs, reason }: FreshnessReport,
): Pick<ItemSnapshot, 'at' | 'ageMs' | 'freshness' | 'reason'> {
  const receivedAt = row === undefined || row.isRetained ? null : row.receivedAt;
  return { at: receivedAt === null ? null : isoTime(receivedAt), ageMs, freshness, reason };
}
