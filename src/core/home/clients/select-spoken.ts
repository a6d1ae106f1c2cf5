import { formatAge } from '../../duration.ts';
import type { WordConfig } from '../../house/house.ts';
import { presumption } from '../../house/values/words.ts';
import { underSeal } from '../sealed/seal-freshness.ts';
import type { HomeState } from '../state/state.ts';
import { getRow } from '../state/table.ts';
import type { WordReading } from '../state/word.ts';
import {
  type AgeWords,
  type FreshnessReport,
  freshnessOfClient,
  goneReason,
  offlineReason,
  whyDeaf,
  whyDeafYet,
  whyUnheard,
} from './select-freshness.ts';

/** The freshness of what speaks when it has something to say, and has no cadence: positions and words. */

/** Something that was said at some time. */
interface Spoken {
  readonly id: string;
  readonly receivedAt: number | null;
  readonly isRetained: boolean;
  /** Why the last of it cannot be read, as a clause; `null` where it can. */
  readonly fault: string | null;
}

/** What it is called in reasons: its feedback and its state, its payload and its word. */
interface SpokenWords {
  readonly said: string;
  readonly kept: string;
  readonly meanwhile: string;
}

const RETAINED = 'only a retained message was received, its age is unknown';

/**
 * How fresh the position of a switch is, or of what else is commanded: it speaks only when it is asked, so its client's
 * freshness counts, but what it said before the link came says nothing about now.
 */
export function freshnessOfSwitch(state: HomeState, switchId: string, ageWords: AgeWords = formatAge): FreshnessReport {
  const feedback = state.house.switches.get(switchId)?.feedback ?? null;
  return underSeal(state, state.house.servedBy.get(switchId), feedback, freshnessOfPosition(state, switchId, ageWords));
}

function freshnessOfPosition(state: HomeState, switchId: string, ageWords: AgeWords): FreshnessReport {
  const row = getRow(state.switches, switchId);
  const config = state.house.switches.get(switchId);
  if (row === undefined || config === undefined)
    return { freshness: 'waiting', reason: `${switchId} is no switch of this house`, ageMs: null };
  const fault = row.fault?.reason ?? null;
  if (row.position === null) {
    const unknown =
      config.kind === 'button'
        ? 'a button does something once, and stands nowhere'
        : config.feedback === undefined
          ? 'it gives no feedback: where it stands cannot be known'
          : 'unknown until it answers a command or reports by itself';
    const gone = goneReason(state, switchId);
    return {
      freshness: 'waiting',
      reason: gone ?? (fault === null ? unknown : `its feedback cannot be read: ${fault}`),
      ageMs: null,
    };
  }
  const words = { said: 'feedback', kept: 'state', meanwhile: config.kind === 'switch' ? 'switched' : 'changed' };
  return freshnessOfSpoken(state, { ...row, fault }, words, ageWords);
}

/** How fresh the word of a state, a binary, an event or a counter is. */
export function freshnessOfWord(state: HomeState, wordId: string, ageWords: AgeWords = formatAge): FreshnessReport {
  const row = getRow(state.words, wordId);
  const config = state.house.words.get(wordId);
  if (row === undefined || config === undefined)
    return { freshness: 'waiting', reason: `${wordId} is no item of this house`, ageMs: null };
  const report = freshnessOfSaid(state, row, config, ageWords);
  return underSeal(state, state.house.servedBy.get(wordId), config.topic, report);
}

/** Of what happens now and then. */
const NO_PACE: { readonly expireAfter?: number; readonly every?: number } = {};

function freshnessOfSaid(state: HomeState, row: WordReading, config: WordConfig, ageWords: AgeWords): FreshnessReport {
  const fault = row.fault?.reason ?? null;
  if (row.word === null) {
    const reason = fault === null ? neverSaid(state, row.id, config.topic) : `no readable word yet: ${fault}`;
    return { freshness: 'waiting', reason, ageMs: null };
  }
  const words = { said: 'payload', kept: 'word', meanwhile: 'changed' };
  const report = freshnessOfSpoken(state, { ...row, fault }, words, ageWords);
  const { expireAfter, every } = config.kind === 'state' || config.kind === 'binary' ? config : NO_PACE;
  const limit = expireAfter ?? (every === undefined ? null : 3 * every);
  const isPresumed = row.isPresumed && config.kind === 'binary' && report.freshness === 'live';
  if (isPresumed) return { ...report, reason: presumption(config) };
  if (report.freshness !== 'live' || limit === null || (report.ageMs ?? 0) < limit * 1_000) return report;
  return {
    ...report,
    freshness: 'stale',
    reason: `silent for ${ageWords(report.ageMs ?? 0)}, and it may be for ${limit} s`,
  };
}

function freshnessOfSpoken(
  state: HomeState,
  { id, receivedAt, isRetained, fault }: Spoken,
  words: SpokenWords,
  ageWords: AgeWords,
): FreshnessReport {
  const gone = goneReason(state, id);
  const ageMs = receivedAt === null || isRetained ? null : Math.max(0, state.at - receivedAt);
  if (gone !== null) return { freshness: 'offline', reason: gone, ageMs };
  if (isRetained) return { freshness: 'retained', reason: RETAINED, ageMs };
  const clientId = state.house.servedBy.get(id);
  const client = clientId === undefined ? null : freshnessOfClient(state, clientId, ageWords);
  if (client !== null && client.freshness !== 'live') return { ...client, ageMs };
  if (fault !== null) {
    const reason = `its last ${words.said} cannot be read: ${fault}; the last known ${words.kept} stays`;
    return { freshness: 'stale', reason, ageMs };
  }
  const isHeard = state.listeningSince !== null && (receivedAt ?? 0) >= state.listeningSince;
  if (isHeard) return { freshness: 'live', reason: null, ageMs };
  const reason =
    state.listeningSince === null
      ? whyDeaf(state)
      : `not heard since the link came: it may have been ${words.meanwhile} meanwhile`;
  return { freshness: 'waiting', reason, ageMs };
}

function neverSaid(state: HomeState, id: string, topic: string): string {
  if (state.listeningSince === null) return `never received: ${whyDeafYet(state)}`;
  const why = offlineReason(state, id) ?? whyUnheard(state, topic);
  return why === null ? `never received yet on ${topic}` : `never received: ${why}`;
}
