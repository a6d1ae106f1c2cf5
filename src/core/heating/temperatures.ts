import { type AlarmDefinition, condition, type Judgement } from '../alarms/condition.ts';
import { limitCondition } from '../alarms/conditions/limit.ts';
import { measure, say } from '../alarms/measured.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, lookAlways, lookAt, notSo, stands } from './finding.ts';
import { limitsOf } from './limits.ts';

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
  return steps(house, flow, { side: 'high', of: [flowHigh, flowTooHigh], names: ['hot', 'too-hot'], source, cure });
}

/** Water or a room that may freeze, in two steps. */
export function frost(house: House, id: string): readonly AlarmDefinition[] {
  const sensor = house.sensors.get(id);
  if (sensor?.warning?.low !== undefined || sensor?.critical?.low !== undefined) return [];
  const limits = limitsOf(house.config);
  return steps(house, id, {
    ...{ side: 'low', of: [limits.frost, limits.hardFrost], names: ['frost', 'hard-frost'] },
    source: 'thermostats protect from frost at 6 °C, and insurers ask for 5 to 7 °C',
    cure: 'Heat, or let the water out of the pipes',
  });
}

interface Steps {
  readonly side: 'high' | 'low';
  readonly of: readonly [warning: number, alarm: number];
  readonly names: readonly [warning: string, alarm: string];
  readonly source: string;
  readonly cure: string;
}

function steps(house: House, id: string, { side, of, names, source, cure }: Steps): readonly AlarmDefinition[] {
  const how = side === 'high' ? 'above' : 'below';
  return of.map((limit, place) =>
    finding({
      id: `${id}-${names[place]}`,
      label: `${labelOf(house, id)} ${how} ${limit} °C`,
      priority: place === 0 ? 'warning' : 'alarm',
      about: [id],
      ...{ source, cure },
      condition: limitCondition(
        { of: id, side, limit, hysteresis: HYSTERESIS, graver: place === 0 ? of[1] : null },
        lookAt(house, [id]),
      ),
    }),
  );
}

/** Below this temperature outside, °C, water is moved. */
const COLD_OUTSIDE = 1;
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
        const { text: value, againAt } = measured;
        if (measured.value >= COLD_OUTSIDE + (isRaised ? HYSTERESIS : 0)) return notSo(value, againAt);
        const said = say(state, pump);
        if (said.kind === 'unwatched') return said;
        return {
          kind: 'so',
          value,
          detail: `${value} outside, below ${COLD_OUTSIDE} °C, and ${moved} says ${said.text}`,
          againAt,
        };
      },
    }),
  });
}
