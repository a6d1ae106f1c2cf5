import type { InferOutput } from 'valibot';
import type { limits } from './read.ts';

type Bounded = { readonly [Level in 'warning' | 'critical']?: InferOutput<typeof limits> };
interface Placed {
  readonly role?: string;
}
type Group<Item = Placed> = Readonly<Record<string, Item>>;

/** What of a house file makes alarms. */
interface AlarmedHouse {
  readonly sensors: Group<Placed & Bounded>;
  readonly switches: Group;
  readonly clients: Group<unknown>;
  readonly states?: Group;
  readonly binaries?: Group;
  readonly numbers?: Group;
  readonly selects?: Group;
  readonly buttons?: Group;
}

/** One bound of a sensor as an alarm. */
export interface LimitAlarm {
  readonly id: string;
  readonly side: 'high' | 'low';
  readonly limit: number;
  readonly priority: 'warning' | 'alarm';
  /** The bound of the graver alarm of the same side, and its id. */
  readonly graver: { readonly id: string; readonly limit: number } | null;
}

/** The alarms of the limits of a sensor, by its id. */
export function limitAlarms(id: string, { warning, critical }: Bounded): readonly LimitAlarm[] {
  return (['high', 'low'] as const).flatMap(side => {
    const [mild, grave] = [warning?.[side], critical?.[side]];
    const graver = grave === undefined ? null : { id: `${id}-too-${side}`, limit: grave };
    return [
      ...(mild === undefined ? [] : [{ id: `${id}-${side}`, side, limit: mild, priority: 'warning' as const, graver }]),
      ...(graver === null ? [] : [{ ...graver, side, priority: 'alarm' as const, graver: null }]),
    ];
  });
}

/** The alarm of a client that is silent. */
export const silentId = (client: string): string => `${client}-silent`;
/** The alarm of a value that is silent or unreadable while its client speaks. */
export const staleId = (item: string): string => `${item}-stale`;
/** The alarm of what is commanded and stands elsewhere. */
export const elsewhereId = (item: string): string => `${item}-elsewhere`;

/** Those of the broker, which each house has. */
const BROKER_ALARMS = ['broker', 'acl', 'denial', 'login'] as const;

/** What is known to go wrong with heatings and cellars, by the name of the rule, or of the item and the rule. */
const FINDINGS = {
  rules: [
    ...['no-pump', 'short-cycling', 'reversed', 'spread-small', 'spread-large', 'no-rise', 'no-condensing'],
    ...['pump-idle', 'frost-outside'],
  ],
  items: [
    ...['stuck', 'mould', 'damp', 'condensation', 'airing', 'airing-wets', 'hot', 'too-hot', 'frost', 'hard-frost'],
  ],
} as const;

/** The ids of all alarms that a house may have without having them in its file. */
export function builtInAlarmIds(config: AlarmedHouse): readonly string[] {
  const { sensors, clients, switches, numbers = {}, selects = {}, buttons = {} } = config;
  const { states = {}, binaries = {} } = config;
  const commanded = Object.entries({ ...switches, ...numbers, ...selects, ...buttons });
  return [
    ...BROKER_ALARMS,
    ...Object.keys(clients).map(silentId),
    ...Object.entries(sensors).flatMap(([id, sensor]) => [...limitAlarms(id, sensor).map(one => one.id), staleId(id)]),
    ...Object.keys({ ...states, ...binaries }).map(staleId),
    ...commanded.map(([id]) => elsewhereId(id)),
    ...findingIds(config),
  ];
}

/** The first burner or pump of a house has the plain name of a rule. */
function findingIds({ sensors, switches, binaries = {}, states = {} }: AlarmedHouse): readonly string[] {
  const placed = Object.entries({ ...sensors, ...switches, ...binaries, ...states }).filter(
    ([, { role }]) => role !== undefined,
  );
  if (placed.length === 0) return [];
  const ofRules = FINDINGS.rules.flatMap(rule => [`heat-${rule}`, ...placed.map(([id]) => `heat-${rule}-${id}`)]);
  return [...ofRules, ...placed.flatMap(([id]) => FINDINGS.items.map(rule => `${id}-${rule}`))];
}
