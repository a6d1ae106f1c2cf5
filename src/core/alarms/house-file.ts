import { assertNever } from '../assert-never.ts';
import { type House, partsOf } from '../house/house.ts';
import type { AlarmConfig } from '../house/schema.ts';
import { type AlarmDefinition, type Condition, lookAlways, lookAt } from './condition.ts';
import { denied } from './conditions/broker.ts';
import { compared } from './conditions/compare.ts';
import { lasting } from './conditions/lasting.ts';
import { limitCondition } from './conditions/limit.ts';
import { often } from './conditions/often.ts';
import { rate } from './conditions/rate.ts';
import { AT_ONCE, builtInAlarms, PLAIN, usualHysteresis } from './definitions.ts';

/** A span that the house file does not name, s. */
const HOUR_S = 3_600;

/**
 * All alarms of a house: what each house has, what is found of its heating (`findings`), both as its file changes them, and
 * its own.
 */
export function allAlarms(house: House, findings: readonly AlarmDefinition[]): readonly AlarmDefinition[] {
  const { alarms = {} } = house.config;
  const given = [...builtInAlarms(house), ...findings];
  const known = new Set(given.map(({ id }) => id));
  const own = Object.entries(alarms).flatMap(([id, alarm]) => (known.has(id) ? [] : ownAlarm(house, id, alarm)));
  return [...given, ...own].flatMap(definition => {
    const told = alarms[definition.id];
    return told === undefined ? [definition] : told.off === true ? [] : [adjust(definition, told)];
  });
}

/** The alarm as the house file has it. */
function adjust(definition: AlarmDefinition, told: AlarmConfig): AlarmDefinition {
  const { label, priority, onDelay, offDelay, cure, tell, latched } = told;
  return {
    ...definition,
    label: label ?? definition.label,
    priority: priority ?? definition.priority,
    onDelayMs: onDelay === undefined ? definition.onDelayMs : onDelay * 1_000,
    offDelayMs: offDelay === undefined ? definition.offDelayMs : offDelay * 1_000,
    cure: cure ?? definition.cure,
    condition: cure === undefined ? definition.condition : withCure(definition.condition, cure),
    tell: tell ?? definition.tell,
    isLatched: latched ?? definition.isLatched,
  };
}

/** The same, whose cure is always this one. */
function withCure(of: Condition, cure: string): Condition {
  return {
    ...of,
    judge: (memory, state, isRaised) => {
      const judgement = of.judge(memory, state, isRaised);
      return judgement.kind === 'so' ? { ...judgement, cure } : judgement;
    },
  };
}

/** What takes a time anyway waits no longer. */
const TIMED = { ...PLAIN, onDelayMs: 0, offDelayMs: 0 } as const;
const USUAL = {
  ...{ limit: PLAIN, compare: PLAIN, rate: TIMED, lasting: TIMED, often: TIMED },
  ...{ denial: AT_ONCE, login: AT_ONCE },
} as const;

type Own = Exclude<AlarmConfig, { readonly kind?: 'built-in' }>;

function isOwn(alarm: AlarmConfig): alarm is Own {
  return alarm.kind !== undefined && alarm.kind !== 'built-in';
}

function ownAlarm(house: House, id: string, alarm: AlarmConfig): readonly AlarmDefinition[] {
  if (!isOwn(alarm)) return [];
  const about = 'of' in alarm ? [alarm.of] : [];
  const rest = { id, label: alarm.label, priority: 'warning', condition: conditionOf(house, alarm), about } as const;
  return [{ ...USUAL[alarm.kind], ...rest }];
}

function conditionOf(house: House, alarm: Own): Condition {
  switch (alarm.kind) {
    case 'limit': {
      const side = alarm.above === undefined ? 'low' : 'high';
      const limit = alarm.above ?? alarm.below ?? 0;
      const hysteresis = alarm.hysteresis ?? usualHysteresis(scaleOf(house, alarm.of), limit);
      return limitCondition({ of: alarm.of, side, limit, hysteresis, graver: null }, look(house, [alarm.of]));
    }
    case 'compare': {
      const other = alarm.above ?? alarm.below ?? '';
      const side = alarm.above === undefined ? 'below' : 'above';
      const hysteresis = alarm.hysteresis ?? usualHysteresis(scaleOf(house, alarm.of), alarm.by ?? 0);
      return compared({ of: alarm.of, side, other, by: alarm.by ?? 0, hysteresis }, look(house, [alarm.of, other]));
    }
    case 'lasting':
      return lasting({ of: alarm.of, is: alarm.is, forMs: alarm.for * 1_000 }, lookAlways(house, [alarm.of]));
    case 'often': {
      const withinMs = (alarm.within ?? HOUR_S) * 1_000;
      return often({ of: alarm.of, is: alarm.is ?? null, times: alarm.times, withinMs }, look(house, [alarm.of]));
    }
    case 'rate': {
      const [rises, falls] = [alarm.rises ?? null, alarm.falls ?? null];
      return rate({ of: alarm.of, rises, falls, withinMs: alarm.within * 1_000 }, look(house, [alarm.of]));
    }
    case 'denial':
      return denied({ access: 'topic', user: alarm.user, topic: alarm.topic });
    case 'login':
      return denied({ access: 'login', user: alarm.user });
    default:
      return assertNever(alarm);
  }
}

/** A derived value changes with each of its parts. */
function look(house: House, ids: readonly string[]) {
  return lookAt(house, [...new Set(ids.flatMap(id => partsOrItself(house, id)))]);
}

function partsOrItself({ derived }: House, id: string): readonly string[] {
  const config = derived.get(id);
  return config === undefined ? [id] : partsOf(config);
}

function scaleOf({ sensors, derived, switches }: House, id: string) {
  const sensor = sensors.get(id);
  if (sensor !== undefined) return sensor;
  const config = derived.get(id);
  if (config !== undefined) return { unit: config.kind === 'dew-point' ? '°C' : config.unit };
  const commanded = switches.get(id);
  return { unit: commanded?.kind === 'number' ? commanded.unit : '' };
}
