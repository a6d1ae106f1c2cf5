import type { Priority } from '../home/alarms/alarm.ts';
import { formatBound } from '../home/readings/value-text.ts';
import { type House, isUnpaced, labelOf } from '../house/house.ts';
import { elsewhereId, type LimitAlarm, limitAlarms, silentId, staleId } from '../house/items/alarm-ids.ts';
import type { SensorConfig } from '../house/schema.ts';
import { isSameUnit } from '../unit.ts';
import { type AlarmDefinition, type Condition, lookAt, OFF_DELAY_MS, ON_DELAY_MS } from './condition.ts';
import { aclNotInForce, brokerGone, denied } from './conditions/broker.ts';
import { elsewhere } from './conditions/elsewhere.ts';
import { type Limit, limitCondition } from './conditions/limit.ts';
import { clientSilence, valueSilence } from './conditions/silence.ts';

/** What is said of an alarm where nothing else is. */
export const PLAIN = {
  onDelayMs: ON_DELAY_MS,
  offDelayMs: OFF_DELAY_MS,
  cure: null,
  tell: null,
  source: null,
  about: [],
  isLatched: false,
} as const;
/**
 * What happens at a moment waits for nothing. After a restart it is not over before the log had the time to be read that
 * tells of it: what was acknowledged stays so.
 */
export const AT_ONCE = { ...PLAIN, onDelayMs: 0 } as const;

/** The alarms that each house has: limits of its sensors, silence of its clients and values, its switches, its broker. */
export function builtInAlarms(house: House): readonly AlarmDefinition[] {
  return [
    ...brokerAlarms(),
    ...[...house.clients.keys()].map(id => silentClient(house, id)),
    ...[...house.sensors].flatMap(([id, sensor]) => sensorAlarms(house, id, sensor)),
    ...[...house.words].filter(([, word]) => hasPace(word)).map(([id]) => silentValue(house, id)),
    ...[...house.switches]
      .filter(([, toggle]) => toggle.feedback !== undefined)
      .map(([id]) => elsewhereAlarm(house, id)),
  ];
}

function brokerAlarms(): readonly AlarmDefinition[] {
  const condition = (
    id: string,
    label: string,
    priority: Priority,
    of: Condition,
    rest: typeof PLAIN | typeof AT_ONCE,
  ) => ({
    ...rest,
    ...{ id, label, priority, condition: of },
  });
  return [
    condition('broker', 'No link to the broker', 'alarm', brokerGone(), PLAIN),
    condition('acl', 'The broker does not use its access control list', 'alarm', aclNotInForce(), AT_ONCE),
    condition('denial', 'The broker denied somebody something', 'warning', denied({ access: 'topic' }), AT_ONCE),
    condition('login', 'A login was refused', 'warning', denied({ access: 'login' }), AT_ONCE),
  ];
}

function silentClient(house: House, id: string): AlarmDefinition {
  return {
    ...PLAIN,
    id: silentId(id),
    label: `${labelOf(house, id)} is silent`,
    priority: 'warning',
    condition: clientSilence(id),
    cure: 'Look at its power and its network',
    about: [id],
  };
}

function silentValue(house: House, id: string): AlarmDefinition {
  return {
    ...PLAIN,
    id: staleId(id),
    label: `${labelOf(house, id)} is silent or unreadable`,
    priority: 'warning',
    condition: valueSilence(id, house.servedBy.get(id)),
    cure: 'Look at the sensor and its wires',
    about: [id],
  };
}

function elsewhereAlarm(house: House, id: string): AlarmDefinition {
  return {
    ...PLAIN,
    id: elsewhereId(id),
    label: `${labelOf(house, id)} is not where it was told to be`,
    priority: 'warning',
    condition: elsewhere(id),
    cure: 'Look at the device: it got the command and says otherwise',
    about: [id],
  };
}

function sensorAlarms(house: House, id: string, sensor: SensorConfig): readonly AlarmDefinition[] {
  const limits = limitAlarms(id, sensor).map(alarm => limitDefinition(house, id, sensor, alarm));
  return isUnpaced(sensor) && !house.servedBy.has(id) ? limits : [...limits, silentValue(house, id)];
}

function limitDefinition(house: House, of: string, sensor: SensorConfig, alarm: LimitAlarm): AlarmDefinition {
  const { id, side, limit, priority } = alarm;
  const how = side === 'high' ? 'above' : 'below';
  return {
    ...PLAIN,
    ...{ id, priority, about: [of] },
    label: `${sensor.label} ${how} ${formatBound(limit, sensor.unit, sensor.decimals)}`,
    condition: limitCondition(boundOf(house, of, alarm, usualHysteresis(sensor, limit)), lookAt(house, [of])),
  };
}

/** The bound of an alarm as the house file has it: that may tell another hysteresis, and turn the graver alarm off. */
export function boundOf(
  { config: { alarms = {} } }: House,
  of: string,
  { id, side, limit, graver }: Omit<LimitAlarm, 'priority'>,
  usual: number,
): Limit {
  const told = alarms[id];
  const hysteresis = told !== undefined && 'hysteresis' in told ? told.hysteresis : undefined;
  const isAlone = graver === null || alarms[graver.id]?.off === true;
  return { of, side, limit, hysteresis: hysteresis ?? usual, graver: isAlone ? null : graver.limit };
}

const HYSTERESES: readonly (readonly [unit: string, by: number])[] = [
  ['°C', 1],
  ['K', 1],
  ['°F', 2],
  ['%', 2],
];
/** The part of a scale that is taken where the unit says nothing. */
const SHARE = 0.01;

/** By how much a value comes back before its limit is left: 1 K, 2 %, else a hundredth of its scale or of the limit. */
export function usualHysteresis({ unit, range }: Pick<SensorConfig, 'unit' | 'range'>, limit: number): number {
  const usual = HYSTERESES.find(([name]) => isSameUnit(name, unit));
  if (usual !== undefined) return usual[1];
  return (range === undefined ? Math.abs(limit) : range.max - range.min) * SHARE;
}

function hasPace(word: object): boolean {
  return ('every' in word && word.every !== undefined) || ('expireAfter' in word && word.expireAfter !== undefined);
}
