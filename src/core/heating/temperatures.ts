import { type Bound, besideText, heldText, standingOf } from '../alarms/bound.ts';
import { type AlarmDefinition, condition, type Judgement, lookAlways, lookAt } from '../alarms/condition.ts';
import { limitCondition } from '../alarms/conditions/limit.ts';
import { boundOf } from '../alarms/definitions.ts';
import { measure, say } from '../alarms/measured.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, notSo, stands } from './finding.ts';
import { type HeatingLimits, limitsOf, sourceOf } from './limits.ts';

/** By how much a temperature must come back before it is over, K. */
const HYSTERESIS = 1;

/** A flow that is too hot, in two steps. What the house file limits itself is watched by that, but for a floor. */
export function hotFlow(house: House, flow: string): readonly AlarmDefinition[] {
  const sensor = house.sensors.get(flow);
  const isFloor = house.config.heating?.underfloor === true;
  const hasOwn = sensor?.warning?.high !== undefined || sensor?.critical?.high !== undefined;
  if (hasOwn && !isFloor) return [];
  const { flowHigh, flowTooHigh } = limitsOf(house.config);
  const source = isFloor
    ? 'screed and the glue of floors last up to 55 °C (EN 1264)'
    : 'a rule of thumb: the safety limiter of a boiler trips at 100 to 110 °C';
  const cure = isFloor ? 'Look at the mixer and its limiter' : 'Look at the pump, and at the thermostat of the boiler';
  return steps(house, flow, {
    ...{ side: 'high', source, cure },
    of: [
      { name: 'hot', field: 'flowHigh', limit: flowHigh },
      { name: 'too-hot', field: 'flowTooHigh', limit: flowTooHigh },
    ],
  });
}

/** Water or a room that may freeze, in two steps. */
export function frost(house: House, id: string): readonly AlarmDefinition[] {
  const sensor = house.sensors.get(id);
  if (sensor?.warning?.low !== undefined || sensor?.critical?.low !== undefined) return [];
  const limits = limitsOf(house.config);
  return steps(house, id, {
    side: 'low',
    of: [
      { name: 'frost', field: 'frost', limit: limits.frost },
      { name: 'hard-frost', field: 'hardFrost', limit: limits.hardFrost },
    ],
    source: 'thermostats protect from frost at 6 °C, and insurers ask for 5 to 7 °C',
    cure: 'Heat, or let the water out of the pipes',
  });
}

/** One of two steps: how its alarm ends, and its threshold with the name of that in the house file. */
interface WarmthStep {
  readonly name: string;
  readonly field: keyof HeatingLimits;
  readonly limit: number;
}

interface Steps {
  readonly side: Bound['side'];
  readonly of: readonly [warning: WarmthStep, alarm: WarmthStep];
  readonly source: string;
  readonly cure: string;
}

function steps(house: House, item: string, { side, of, source, cure }: Steps): readonly AlarmDefinition[] {
  const how = side === 'high' ? 'above' : 'below';
  return of.map(({ name, field, limit }, place) => {
    const id = `${item}-${name}`;
    const graver = place === 0 ? { id: `${item}-${of[1].name}`, limit: of[1].limit } : null;
    return finding({
      ...{ id, cure },
      label: `${labelOf(house, item)} ${how} ${limit} °C`,
      priority: place === 0 ? 'warning' : 'alarm',
      about: [item],
      source: sourceOf(house.config, [field], source),
      condition: limitCondition(boundOf(house, item, { id, side, limit, graver }, HYSTERESIS), lookAt(house, [item])),
    });
  });
}

/** Below this temperature outside, °C, water is moved. */
const COLD: Bound = { side: 'low', limit: 1, hysteresis: HYSTERESIS };
const DEGREES = { unit: '°C' } as const;
const PUMP_OFF_MS = 30 * 60_000;

/** Frost outside, and no water moves. */
export function frostOutside(house: House, outside: string, pump: string, id: string): AlarmDefinition {
  const moved = labelOf(house, pump);
  return finding({
    id,
    label: `Frost outside, and ${moved} is off`,
    priority: 'note',
    about: [outside, pump],
    onDelayMs: PUMP_OFF_MS,
    cure: `Switch ${moved} on now and then, so that no pipe freezes`,
    source: 'the frost protection of heating controls starts the pump at 1 °C outside',
    condition: condition({
      looksAt: lookAlways(house, [outside, pump]),
      start: () => null,
      judge: (_, state, isRaised): Judgement => {
        if (stands(state, pump, 'on')) return notSo(null);
        const measured = measure(state, outside);
        if (measured.kind === 'unwatched') return measured;
        const { againAt } = measured;
        const standing = standingOf(COLD, measured.value, isRaised);
        if (standing === 'within') return notSo(measured.text, againAt);
        const said = say(state, pump);
        if (said.kind === 'unwatched') return said;
        const value = besideText(COLD, measured.value, standing, measured);
        const than = standing === 'beyond' ? `, below ${COLD.limit} °C` : '';
        const held = heldText(COLD, standing, DEGREES);
        return { kind: 'so', value, detail: `${value} outside${than}, and ${moved} says ${said.text}${held}`, againAt };
      },
    }),
  });
}
