import { goneItems } from '../../core/home/clients/item-presence.ts';
import type { FreshnessReport } from '../../core/home/clients/select-freshness.ts';
import {
  type Banner,
  bannerOf,
  freshnessOfClient,
  freshnessOfReading,
  freshnessOfWord,
} from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import type { Reading } from '../../core/home/state/reading.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import type { WordReading } from '../../core/home/state/word.ts';
import { LISTENING_MS, summaryOf } from '../../core/home/summary.ts';
import type { WordConfig } from '../../core/house/house.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import { calmAge } from '../text/age-text.ts';
import { freshnessStyle } from '../text/state-style.ts';
import { standingAlarms, yieldsToTrouble } from './standing-alarms.ts';

/** What a sentence of the console speaks of, and one can go to. */
export type Target =
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'client'; readonly id: string }
  | { readonly kind: 'screen'; readonly screen: 'alarms' | 'denials' | 'log' };

/** Of a value, of whatever sensor. */
interface OfValue {
  readonly reading: Reading;
  readonly sensor: SensorConfig;
}

/** Something that is not well: a client that is not live, an item that is gone, the worst of the values, the worst of the words. */
export type Trouble = {
  /** Of the item or client. */
  readonly id: string;
  readonly isCritical: boolean;
  /** Nothing is wrong but that it was not heard yet. */
  readonly isWaiting: boolean;
  /** How old it is, and why. */
  readonly age: FreshnessReport;
} & (
  | { readonly kind: 'client' }
  /** An item that is said to be gone apart from its client. */
  | { readonly kind: 'gone' }
  /** A value beyond a limit, one that cannot be taken for one, or one that is silent. */
  | ({ readonly kind: 'limit' } & OfValue)
  | ({ readonly kind: 'fault' } & OfValue)
  | ({ readonly kind: 'silence' } & OfValue)
  | { readonly kind: 'word'; readonly row: WordReading; readonly config: WordConfig }
);

/** The one thing to know first, of which the row below the header tells, and to which Enter leads from there. */
export type Headline =
  | { readonly kind: 'banner'; readonly banner: Banner }
  | { readonly kind: 'link' | 'alarm' | 'listening' | 'well' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly others: number };

/** What is to be known first of a house. */
export function headlineOf(home: HomeState): Headline {
  const banner = bannerOf(home);
  if (banner !== null) return { kind: 'banner', banner };
  if (home.link.phase !== 'connected') return { kind: 'link' };
  const troubles = [...clientTroubles(home), ...goneTroubles(home), ...sensorTroubles(home), ...wordTroubles(home)];
  const [first] = troubles;
  const hasAlarm = standingAlarms(home.alarms).length > 0;
  const isEarly = isListening(home, troubles);
  if (first === undefined || isEarly) return { kind: hasAlarm ? 'alarm' : isEarly ? 'listening' : 'well' };
  const worst = (hasAlarm ? troubles.find(({ isCritical }) => isCritical) : undefined) ?? first;
  if (hasAlarm && !yieldsToTrouble(home.alarms, worst.isCritical)) return { kind: 'alarm' };
  return { kind: 'trouble', trouble: worst, others: troubles.length - 1 };
}

/** Where Enter leads from it; `null` where that speaks of nothing that has a place of its own. */
export function headlineTarget(home: HomeState): Target | null {
  const headline = headlineOf(home);
  switch (headline.kind) {
    case 'banner': {
      const retained = rowsOf(home.switches).find(row => row.retainedCommand !== null);
      const isAboutIt = headline.banner.level === 'warning' && retained !== undefined;
      return isAboutIt ? { kind: 'item', id: retained.id } : { kind: 'screen', screen: 'log' };
    }
    case 'link':
      return { kind: 'screen', screen: 'log' };
    case 'alarm':
      return { kind: 'screen', screen: 'alarms' };
    case 'listening':
      return null;
    case 'trouble': {
      const { kind, id } = headline.trouble;
      return { kind: kind === 'client' ? 'client' : 'item', id };
    }
    case 'well':
      return home.denials.length > 0 ? { kind: 'screen', screen: 'denials' } : null;
  }
}

/** What an entry of the journal speaks of; `null` where that is no part of the house. */
export function entryTarget({ kind, subject }: JournalEntry, { house }: HomeState): Target | null {
  if (kind === 'denial') return { kind: 'screen', screen: 'denials' };
  if (kind === 'alarm') return { kind: 'screen', screen: 'alarms' };
  if (subject === null) return null;
  return { kind: house.clients.has(subject) && kind === 'client' ? 'client' : 'item', id: subject };
}

/** The first seconds after a connect, in which nothing is wrong and not all is heard. */
function isListening(home: HomeState, troubles: readonly Trouble[]): boolean {
  const { heard, total } = summaryOf(home);
  if (heard === total && troubles.length === 0) return false;
  const isEarly = home.at - (home.listeningSince ?? home.at) < LISTENING_MS;
  return troubles.length === 0 || (isEarly && troubles.every(({ isWaiting }) => isWaiting));
}

const isRefused = (freshness: Freshness): boolean => freshnessStyle[freshness] === 'critical';

function clientTroubles(home: HomeState): readonly Trouble[] {
  return home.clients.ids.flatMap((id): readonly Trouble[] => {
    const age = freshnessOfClient(home, id, calmAge);
    const { freshness } = age;
    // Without a cadence its last word is all that there is to know of it.
    if (freshness === 'live' || (freshness === 'retained' && home.house.unpaced.has(id))) return [];
    return [{ kind: 'client', id, isCritical: isRefused(freshness), isWaiting: freshness === 'waiting', age }];
  });
}

function goneTroubles(home: HomeState): readonly Trouble[] {
  return goneItems(home).map(id => {
    const reason = home.presences.get(id)?.offline?.reason ?? null;
    return { kind: 'gone', id, isCritical: true, isWaiting: false, age: { freshness: 'offline', reason, ageMs: null } };
  });
}

/** The worst of the values; the rows say the rest. */
function sensorTroubles(home: HomeState): readonly Trouble[] {
  const reading = summaryOf(home).trouble;
  const sensor = reading === null ? undefined : home.house.sensors.get(reading.id);
  if (reading === null || sensor === undefined) return [];
  const { id } = reading;
  const age = freshnessOfReading(home, id, calmAge);
  const isWaiting = age.freshness === 'waiting';
  const about = { id, reading, sensor, age };
  if (reading.level !== 'ok') return [{ ...about, kind: 'limit', isCritical: reading.level === 'critical', isWaiting }];
  if (reading.fault !== null && age.freshness !== 'offline')
    return [{ ...about, kind: 'fault', isCritical: false, isWaiting: false }];
  const clientId = home.house.servedBy.get(id);
  // A silent client has said it for all its values.
  if (clientId !== undefined && freshnessOfClient(home, clientId).freshness !== 'live') return [];
  return [{ ...about, kind: 'silence', isCritical: isRefused(age.freshness), isWaiting }];
}

/** The worst of the words that have a level, or cannot be read. */
function wordTroubles(home: HomeState): readonly Trouble[] {
  const rows = rowsOf(home.words).filter(({ level, fault }) => level !== 'ok' || fault !== null);
  const row = rows.find(({ level }) => level === 'critical') ?? rows[0];
  const config = row === undefined ? undefined : home.house.words.get(row.id);
  if (row === undefined || config === undefined) return [];
  const isCritical = row.fault === null && row.level === 'critical';
  const age = freshnessOfWord(home, row.id, calmAge);
  return [{ kind: 'word', id: row.id, isCritical, isWaiting: false, age, row, config }];
}
