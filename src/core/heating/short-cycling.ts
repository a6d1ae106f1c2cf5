import { type AlarmDefinition, condition, type HouseStep, type Judgement, lookAlways } from '../alarms/condition.ts';
import { say } from '../alarms/measured.ts';
import { countText } from '../count-text.ts';
import { formatDuration } from '../duration.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import { momentText } from '../moment-text.ts';
import { finding } from './finding.ts';
import { type HeatingLimits, limitsOf, sourceOf } from './limits.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** More starts in a day than a burner lives through; older ones are forgotten. */
const MOST_RUNS = 2_000;

/** One run of a burner that was seen to begin; moments are ms. */
interface BurnerRun {
  readonly onAt: number;
  /** `null` while it goes on, or where its end was not seen. */
  readonly offAt: number | null;
}

/** What was seen of a burner. */
export interface BurnerRuns {
  /** Within the last day, the oldest first. */
  readonly runs: readonly BurnerRun[];
  /** Since when it is known without a gap where it stands, ms; `null` while it is not. */
  readonly watchedSince: number | null;
}

/** Whether a burner starts again and again for runs that are too short: it wears out and burns badly. */
export function shortCycling(house: House, burner: string, id: string): AlarmDefinition {
  const limits = limitsOf(house.config);
  return finding({
    id,
    label: `${labelOf(house, burner)} starts too often`,
    priority: 'warning',
    about: [burner],
    // Each start was seen: nothing is gained by waiting.
    onDelayMs: 0,
    cure: 'Let it run longer: a wider hysteresis, a lower output, a boiler that is not too large, air out of the circuit',
    source: sourceOf(
      house.config,
      ['shortRunMinutes', 'shortCycleMinutes', 'shortRunsPerHour'],
      'makers and installers ask for runs of 5 minutes and more, better 15, and for 10 minutes from start to start',
    ),
    condition: condition<BurnerRuns>({
      looksAt: lookAlways(house, [burner]),
      start: state => watch({ runs: [], watchedSince: null }, null, state, burner),
      step: (known, { before, after }: HouseStep) => watch(known, before, after, burner),
      judge: (known, state) => judge(known, state, limits, burner),
    }),
  });
}

function watch(known: BurnerRuns, before: HomeState | null, after: HomeState, burner: string): BurnerRuns {
  const said = say(after, burner);
  if (said.kind === 'unwatched') return known.watchedSince === null ? known : { ...known, watchedSince: null };
  const watchedSince = known.watchedSince ?? after.at;
  const at = said.changedAt ?? after.at;
  const last = known.runs.at(-1);
  if (said.word === 'on') {
    const was = before === null ? null : say(before, burner);
    // After a silence nobody knows how long it has run by now.
    const isStart = known.watchedSince !== null && was?.kind === 'known' && was.word === 'off';
    return isStart
      ? { runs: [...recent(known.runs, at), { onAt: at, offAt: null }], watchedSince }
      : { ...known, watchedSince };
  }
  const hasEnded = last?.offAt === null && known.watchedSince !== null && known.watchedSince <= last.onAt;
  const runs = hasEnded ? [...known.runs.slice(0, -1), { ...last, offAt: at }] : known.runs;
  return { runs, watchedSince };
}

function recent(runs: readonly BurnerRun[], at: number): readonly BurnerRun[] {
  return runs.filter(({ onAt }) => onAt > at - DAY_MS).slice(-MOST_RUNS);
}

function judge({ runs, watchedSince }: BurnerRuns, state: HomeState, limits: HeatingLimits, burner: string): Judgement {
  const { at } = state;
  const said = say(state, burner);
  if (said.kind === 'unwatched') return said;
  const inHour = runs.filter(({ onAt }) => onAt > at - HOUR_MS);
  const shorts = runs.map((_, place) => isShort(runs, place, limits));
  const shortInHour = runs.filter(({ onAt }, place) => onAt > at - HOUR_MS && shorts[place] === true);
  const starts = `${countText(inHour.length, 'start')} in the last hour, ${shortInHour.length} too short`;
  if (shortInHour.length < limits.shortRunsPerHour) {
    const hourAt = (watchedSince ?? at) + HOUR_MS;
    if (at < hourAt) return { kind: 'unwatched', why: 'the burner was not watched for an hour yet', againAt: hourAt };
    return { kind: 'not-so', value: starts };
  }
  const inDay = recent(runs, at);
  const detail = [
    starts,
    `${inDay.length} in the last 24 h`,
    ...meanText(inDay, limits),
    `so since ${momentText(sinceOf(runs, shorts))}`,
  ].join('; ');
  return { kind: 'so', value: starts, detail, againAt: (shortInHour[0]?.onAt ?? at) + HOUR_MS };
}

/** A run that ended soon, or that the next one followed soon. */
function isShort(runs: readonly BurnerRun[], place: number, limits: HeatingLimits): boolean {
  const run = runs[place];
  const next = runs[place + 1];
  if (run === undefined) return false;
  const hasEndedSoon = run.offAt !== null && run.offAt - run.onAt < limits.shortRunMinutes * MINUTE_MS;
  return hasEndedSoon || (next !== undefined && next.onAt - run.onAt < limits.shortCycleMinutes * MINUTE_MS);
}

/** When the first of the short runs began that none of sound length came after; one that goes on breaks nothing. */
function sinceOf(runs: readonly BurnerRun[], shorts: readonly boolean[]): number {
  let since = runs.at(-1)?.onAt ?? 0;
  for (let place = runs.length - 1; place >= 0; place--) {
    const run = runs[place];
    const isSound = shorts[place] !== true && run?.offAt !== null;
    const isFar = since - (run?.onAt ?? 0) > HOUR_MS;
    if (run === undefined || isSound || isFar) break;
    since = run.onAt;
  }
  return since;
}

function meanText(runs: readonly BurnerRun[], { shortRunMinutes }: HeatingLimits): readonly string[] {
  const lengths = runs.flatMap(({ onAt, offAt }) => (offAt === null ? [] : [offAt - onAt]));
  if (lengths.length === 0) return [];
  const meanMs = lengths.reduce((sum, ms) => sum + ms, 0) / lengths.length;
  return [`a run takes ${formatDuration(meanMs)} on average, ${shortRunMinutes} min are the least`];
}
