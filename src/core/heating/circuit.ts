import { type Bound, besideText, heldText, standingOf } from '../alarms/bound.ts';
import { type AlarmDefinition, condition, type Judgement, lookAlways } from '../alarms/condition.ts';
import { measure, say } from '../alarms/measured.ts';
import { formatValue } from '../home/readings/value-text.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import { earlier, finding, measureAll, notSo, stands } from './finding.ts';
import { limitsOf, sourceOf } from './limits.ts';
import { type Run, runMs, startRun, stepRun } from './run.ts';

const MINUTE_MS = 60_000;

/** What a boiler is made of, by the ids of its items; `null` for what the house does not have. */
export interface Circuit {
  readonly flow: string;
  readonly return: string;
  readonly burner: string;
  readonly pump: string | null;
}

/** A burner that heats standing water. Its pump runs on after it, so that only this way round is wrong. */
export function burnerWithoutPump(house: House, burner: string, pump: string, id: string): AlarmDefinition {
  const [hot, moved] = [labelOf(house, burner), labelOf(house, pump)];
  return finding({
    id,
    label: `${hot} is on without ${moved}`,
    priority: 'alarm',
    about: [burner, pump],
    cure: `Switch ${hot} off, or ${moved} on: standing water gets too hot`,
    source: 'a rule of hometui: a burner needs moving water from the first half minute on',
    condition: condition({
      looksAt: lookAlways(house, [burner, pump]),
      start: () => null,
      judge: (_, state): Judgement => {
        const [burns, moves] = [say(state, burner), say(state, pump)];
        // What is known to be off is enough, whatever the other one does.
        if (stands(state, burner, 'off') || stands(state, pump, 'on')) return notSo(null);
        if (burns.kind === 'unwatched') return burns;
        if (moves.kind === 'unwatched') return moves;
        const value = `${hot} ${burns.text}, ${moved} ${moves.text}`;
        return { kind: 'so', value, detail: `${hot} says ${burns.text} while ${moved} says ${moves.text}` };
      },
    }),
  });
}

/** A rule about the difference of flow and return while the burner runs. */
interface SpreadRule {
  readonly label: string;
  readonly priority: 'note' | 'warning';
  readonly cure: string;
  readonly source: string;
  /** How long the burner must have run, ms. */
  readonly afterMs: number;
  /** Beyond which a difference is wrong, K. */
  readonly bound: Bound;
  /** A smaller difference is another rule's, K. */
  readonly least?: number;
  /** The threshold, in words. */
  readonly than: string;
}

const KELVINS = { unit: 'K' } as const;
/** A flow that is colder than the return by more than this, K, goes the wrong way. */
const REVERSED = -1;

/** A return that is warmer than the flow: the sensors or the pipes are swapped, or the water runs backwards. */
export function returnAboveFlow(house: House, circuit: Circuit, id: string): AlarmDefinition {
  const [flow, back] = [labelOf(house, circuit.flow), labelOf(house, circuit.return)];
  return spreadFinding(house, circuit, id, {
    label: `${back} is warmer than ${flow}`,
    priority: 'warning',
    cure: 'Look whether the two sensors or pipes are swapped, or the pump is built in the wrong way round',
    source: 'a rule of hometui: a burner that runs heats the flow, so that the return cannot be warmer by 1 K',
    afterMs: 2 * MINUTE_MS,
    bound: { side: 'low', limit: REVERSED, hysteresis: 1 },
    than: 'the return may be no more than 1 K warmer while the burner runs',
  });
}

const USUAL_SPREAD = 'a rule of thumb: 5 to 20 K are usual while a burner runs';

/** Water that comes back nearly as warm as it went. */
export function spreadTooSmall(house: House, circuit: Circuit, id: string): AlarmDefinition {
  const { spreadLow } = limitsOf(house.config);
  const source = sourceOf(house.config, ['spreadLow'], USUAL_SPREAD);
  return spreadFinding(house, circuit, id, {
    label: `${labelOf(house, circuit.flow)} and ${labelOf(house, circuit.return)} are too close`,
    priority: 'note',
    cure: 'Slow the pump down, or look for a bypass that is open: much water is moved for little heat',
    source,
    afterMs: 10 * MINUTE_MS,
    bound: { side: 'low', limit: spreadLow, hysteresis: 1 },
    least: REVERSED,
    than: `at least ${spreadLow} K are usual once the burner has run for 10 min`,
  });
}

/** Water that comes back cold: too little of it moves. */
export function spreadTooLarge(house: House, circuit: Circuit, id: string): AlarmDefinition {
  const { spreadHigh } = limitsOf(house.config);
  const source = sourceOf(house.config, ['spreadHigh'], USUAL_SPREAD);
  return spreadFinding(house, circuit, id, {
    label: `${labelOf(house, circuit.flow)} and ${labelOf(house, circuit.return)} are too far apart`,
    priority: 'note',
    cure: 'Look for valves that are shut, a filter that is full, or air in the circuit: too little water moves',
    source,
    afterMs: 10 * MINUTE_MS,
    bound: { side: 'high', limit: spreadHigh, hysteresis: 1 },
    than: `no more than ${spreadHigh} K are usual once the burner has run for 10 min`,
  });
}

function spreadFinding(house: House, circuit: Circuit, id: string, rule: SpreadRule): AlarmDefinition {
  const { flow, return: back, burner, pump } = circuit;
  const { label, priority, cure, source } = rule;
  return finding({
    ...{ id, label, priority, cure, source },
    about: [flow, back],
    onDelayMs: 2 * MINUTE_MS,
    condition: condition<Run>({
      looksAt: lookAlways(house, [flow, back, burner, ...(pump === null ? [] : [pump])]),
      start: state => startRun(state, burner),
      step: (run, step) => stepRun(run, step, burner),
      judge: (run, state, isRaised) => judgeSpread(run, state, isRaised, circuit, rule),
    }),
  });
}

function judgeSpread(run: Run, state: HomeState, isRaised: boolean, circuit: Circuit, rule: SpreadRule): Judgement {
  const { flow, return: back, burner, pump } = circuit;
  const burns = say(state, burner);
  if (burns.kind === 'unwatched') return burns;
  const measured = measureAll(state, [flow, back]);
  if (measured.kind === 'unwatched') return measured;
  const [hot, cold] = measured.values;
  const spread = (hot?.value ?? 0) - (cold?.value ?? 0);
  const standing = standingOf(rule.bound, spread, isRaised);
  const value = besideText(rule.bound, spread, standing, KELVINS);
  const ranMs = runMs(run, state);
  // Where no water moves, the two sensors tell nothing of each other.
  if (ranMs === null || stands(state, pump, 'off')) return notSo(value);
  if (ranMs < rule.afterMs) return notSo(value, (run.sinceAt ?? 0) + rule.afterMs);
  const { againAt } = measured;
  if (standing === 'within' || spread < (rule.least ?? spread)) return notSo(value, againAt);
  const held = heldText(rule.bound, standing, KELVINS);
  return { kind: 'so', value, detail: `${value}, from ${hot?.text} to ${cold?.text}; ${rule.than}${held}`, againAt };
}

/** What is known of the flow since the burner began. */
interface Rise {
  readonly run: Run;
  /** The least that the flow was in this run, °C; `null` before the first value. */
  readonly least: number | null;
  readonly hasRisen: boolean;
}

/** By how much a flow must rise that a burner heats, K, and within which time. */
const RISE_BY = 2;
const RISE_MS = 10 * MINUTE_MS;
/** Water that comes back colder by so much, K, took heat with it. */
const HEAT_TAKEN = 3;

/** A burner that is on and heats nothing: it is locked out, or its tank is empty. */
export function flowDoesNotRise(house: House, circuit: Circuit, id: string): AlarmDefinition {
  const { flow, burner, return: back } = circuit;
  return finding({
    id,
    label: `${labelOf(house, burner)} is on and ${labelOf(house, flow)} does not rise`,
    priority: 'warning',
    about: [burner, flow],
    cure: 'Look whether the burner is locked out, and whether there is gas or oil',
    source: 'a rule of hometui: a burner heats its own water by 2 K within 10 minutes of its start',
    condition: condition<Rise>({
      looksAt: lookAlways(house, [flow, back, burner]),
      start: state => stepRise({ run: startRun(state, burner), least: null, hasRisen: false }, state, circuit),
      step: (rise, step) => {
        const run = stepRun(rise.run, step, burner);
        const isSame = run.sinceAt === rise.run.sinceAt;
        return stepRise(isSame ? { ...rise, run } : { run, least: null, hasRisen: false }, step.after, circuit);
      },
      judge: (rise, state) => judgeRise(rise, state, circuit),
    }),
  });
}

function stepRise(rise: Rise, state: HomeState, { flow }: Circuit): Rise {
  if (rise.run.sinceAt === null || rise.hasRisen) return rise;
  const measured = measure(state, flow);
  if (measured.kind === 'unwatched') return rise;
  const least = Math.min(rise.least ?? measured.value, measured.value);
  return { ...rise, least, hasRisen: measured.value >= least + RISE_BY };
}

function judgeRise(
  { run, least, hasRisen }: Rise,
  state: HomeState,
  { flow, return: back, burner }: Circuit,
): Judgement {
  const burns = say(state, burner);
  if (burns.kind === 'unwatched') return burns;
  const measured = measureAll(state, [flow, back]);
  if (measured.kind === 'unwatched') return measured;
  const [hot, cold] = measured.values;
  const value = hot?.text ?? '';
  const ranMs = runMs(run, state);
  const takesHeat = (hot?.value ?? 0) - (cold?.value ?? 0) >= HEAT_TAKEN;
  if (ranMs === null || !run.isSeen || hasRisen || least === null || takesHeat) return notSo(value, measured.againAt);
  if (ranMs < RISE_MS) return notSo(value, earlier((run.sinceAt ?? 0) + RISE_MS, measured.againAt));
  const detail = `${value}, less than ${RISE_BY} K above the ${formatValue(least, '°C')} that it was since the burner began, more than 10 min ago`;
  return { kind: 'so', value, detail, againAt: measured.againAt };
}
