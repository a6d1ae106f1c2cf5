import { type AlarmDefinition, condition, type HouseStep, type Judgement, lookAlways } from '../alarms/condition.ts';
import { measure, say } from '../alarms/measured.ts';
import { formatDuration } from '../duration.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import type { Circuit } from './circuit.ts';
import { finding, notSo } from './finding.ts';
import { limitsOf, sourceOf } from './limits.ts';
import { type Run, runMs, startRun, stepRun } from './run.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** A return is cold in the first minutes of each run, and says nothing yet. */
const SETTLED_MS = 5 * 60_000;
/** The burner time, ms, from which a share of it means something. */
const ENOUGH_MS = HOUR_MS;
/** It is so from this share of the burner time on, and until it is less than the other. */
const FROM_SHARE = 0.5;
const UNTIL_SHARE = 0.4;

/** Burner time in one hour, ms. */
interface BurnerHour {
  readonly hour: number;
  readonly ranMs: number;
  /** Of that with a return above the limit. */
  readonly hotMs: number;
}

interface BurnerTime {
  readonly run: Run;
  /** Within the last day, the oldest first. */
  readonly hours: readonly BurnerHour[];
  /** How it was at the last look: `null` while the burner does not run, or that is not known. */
  readonly wasHot: boolean | null;
  readonly lookedAt: number;
}

/** A condensing boiler whose return is too warm for its flue gas to condense: it burns about a tenth more. */
export function noCondensing(house: House, { return: back, burner }: Circuit, id: string): AlarmDefinition {
  const { condensing } = limitsOf(house.config);
  const fuel = house.config.heating?.fuel ?? 'gas';
  const isHot = (state: HomeState): boolean | null => {
    const measured = measure(state, back);
    return measured.kind === 'unwatched' ? null : measured.value > condensing;
  };
  return finding({
    id,
    label: `${labelOf(house, back)} is too warm for the boiler to condense`,
    priority: 'note',
    about: [back],
    onDelayMs: 0,
    cure: 'Lower the heating curve or the temperature of the flow, or move less water, as far as the rooms stay warm',
    source: sourceOf(
      house.config,
      ['condensing'],
      `the dew point of the flue gas: about 55 °C of gas, 47 °C of oil; the house file says ${fuel}`,
    ),
    condition: condition<BurnerTime>({
      looksAt: lookAlways(house, [back, burner]),
      start: state => ({ run: startRun(state, burner), hours: [], wasHot: null, lookedAt: state.at }),
      step: (time, step) => look(time, step, burner, isHot(step.after)),
      judge: (time, state, isRaised): Judgement => {
        const burns = say(state, burner);
        const measured = measure(state, back);
        if (burns.kind === 'unwatched') return burns;
        if (measured.kind === 'unwatched') return measured;
        const { ranMs, hotMs } = sumOf(time.hours, state.at);
        if (ranMs < ENOUGH_MS) {
          return { kind: 'unwatched', why: 'the burner was not seen to run for an hour in the last day' };
        }
        const share = hotMs / ranMs;
        const value = `${Math.floor(share * 100)} %`;
        if (share < (isRaised ? UNTIL_SHARE : FROM_SHARE)) return notSo(value);
        const detail = `above ${condensing} °C in ${value} of the ${formatDuration(ranMs)} that the burner ran in the last 24 h; now ${measured.text}`;
        return { kind: 'so', value, detail };
      },
    }),
  });
}

function look(time: BurnerTime, step: HouseStep, burner: string, isHot: boolean | null): BurnerTime {
  const { after } = step;
  const run = stepRun(time.run, step, burner);
  const ranMs = runMs(run, after);
  const isSettled = ranMs !== null && ranMs >= SETTLED_MS;
  const next = { run, wasHot: isSettled ? isHot : null, lookedAt: after.at };
  const hasGap =
    step.event.type === 'time-skipped' || (after.listeningSince ?? Number.POSITIVE_INFINITY) > time.lookedAt;
  if (time.wasHot === null || hasGap) return { ...next, hours: time.hours };
  return { ...next, hours: added(time.hours, after.at, after.at - time.lookedAt, time.wasHot) };
}

function added(hours: readonly BurnerHour[], at: number, ms: number, isHot: boolean): readonly BurnerHour[] {
  const hour = Math.floor(at / HOUR_MS);
  const last = hours.at(-1);
  const isSame = last?.hour === hour;
  const { ranMs, hotMs } = isSame ? last : { ranMs: 0, hotMs: 0 };
  const now = { hour, ranMs: ranMs + ms, hotMs: hotMs + (isHot ? ms : 0) };
  return [...(isSame ? hours.slice(0, -1) : hours.slice(-HOURS)), now];
}

function sumOf(hours: readonly BurnerHour[], at: number) {
  const first = Math.floor(at / HOUR_MS) - HOURS;
  const recent = hours.filter(({ hour }) => hour > first);
  const sum = (of: 'ranMs' | 'hotMs'): number => recent.reduce((all, one) => all + one[of], 0);
  return { ranMs: sum('ranMs'), hotMs: sum('hotMs') };
}
