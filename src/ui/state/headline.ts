import { bannerOf, freshnessOfClient } from '../../core/home/select.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import { LISTENING_MS, summaryOf } from '../../core/home/summary.ts';
import { standingAlarms, yieldsToTrouble } from './standing-alarms.ts';

/** What a sentence of the console speaks of, and one can go to. */
export type Target =
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'client'; readonly id: string }
  | { readonly kind: 'screen'; readonly screen: 'alarms' | 'denials' | 'log' };

/** What the headline speaks of: the rows below the header; `null` where that is nothing that has a place of its own. */
export function headlineTarget(home: HomeState): Target | null {
  const banner = bannerOf(home);
  const retained = rowsOf(home.switches).find(row => row.retainedCommand !== null);
  if (banner?.level === 'warning' && retained !== undefined) return { kind: 'item', id: retained.id };
  if (banner !== null || home.link.phase !== 'connected') return { kind: 'screen', screen: 'log' };
  const isEarly = home.at - (home.listeningSince ?? home.at) < LISTENING_MS;
  const silent = home.clients.ids.filter(id => freshnessOfClient(home, id).freshness !== 'live');
  const { trouble } = summaryOf(home);
  const isWaiting = (id: string): boolean => freshnessOfClient(home, id).freshness === 'waiting';
  const isListening = isEarly && silent.every(isWaiting) && (trouble === null || trouble.level === 'ok');
  const isWell = isListening || (silent.length === 0 && trouble === null);
  const isCritical = trouble?.level === 'critical';
  if (standingAlarms(home.alarms).length > 0) {
    if (isWell || !yieldsToTrouble(home.alarms, isCritical)) return { kind: 'screen', screen: 'alarms' };
    if (trouble !== null && isCritical) return { kind: 'item', id: trouble.id };
  }
  if (isListening) return null;
  const [client] = silent;
  if (client !== undefined) return { kind: 'client', id: client };
  if (trouble !== null) return { kind: 'item', id: trouble.id };
  return home.denials.length > 0 ? { kind: 'screen', screen: 'denials' } : null;
}

/** What an entry of the journal speaks of; `null` where that is no part of the house. */
export function entryTarget({ kind, subject }: JournalEntry, { house }: HomeState): Target | null {
  if (kind === 'denial') return { kind: 'screen', screen: 'denials' };
  if (kind === 'alarm') return { kind: 'screen', screen: 'alarms' };
  if (subject === null) return null;
  return { kind: house.clients.has(subject) && kind === 'client' ? 'client' : 'item', id: subject };
}
