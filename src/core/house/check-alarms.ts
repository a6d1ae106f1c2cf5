import { assertNever } from '../assert-never.ts';
import type { Issue } from '../issue.ts';
import { nearestWord } from '../nearest-word.ts';
import { isSameUnit } from '../unit.ts';
import { error, type Locate } from './check-items.ts';
import { builtInAlarmIds } from './items/alarm-ids.ts';
import type { AlarmConfig, HouseConfig } from './schema.ts';

/** So many ids are named of what there is. */
const MOST_NAMED = 12;

/** What a schema cannot say of the alarms of a house: what they are about, and which there are. Nothing found is an empty list. */
export function checkAlarms(house: HouseConfig, locate: Locate): readonly Issue[] {
  const entries = Object.entries(house.alarms ?? {});
  if (entries.length === 0) return [];
  const known = builtInAlarmIds(house);
  return entries.flatMap(([id, alarm]) => {
    const say = (field: string | null, message: string, cure: string): Issue[] => {
      const path = ['alarms', id, ...(field === null ? [] : [field])];
      return [error(locate(path), `${path.join('.')} ${message}`, cure)];
    };
    const isBuiltIn = known.includes(id);
    if (!isOwn(alarm)) return isBuiltIn ? [] : say(null, ...unknownAlarm(id, known));
    if (isBuiltIn)
      return say('kind', 'is of an alarm that hometui has by itself', 'Leave kind out, or give it another id');
    return checkOwn(alarm, house, say);
  });
}

function unknownAlarm(id: string, known: readonly string[]): readonly [message: string, cure: string] {
  const nearest = nearestWord(id, known);
  const kinds = 'or give it a kind: limit, lasting, often, rate, compare, denial, login';
  return [
    'names no alarm of this house, and has no kind',
    nearest === null
      ? `Name one that there is, ${kinds}`
      : `Did you mean ${nearest}? Else name one that there is, ${kinds}`,
  ];
}

type Own = Exclude<AlarmConfig, { readonly kind?: 'built-in' }>;

function isOwn(alarm: AlarmConfig): alarm is Own {
  return alarm.kind !== undefined && alarm.kind !== 'built-in';
}

type Say = (field: string | null, message: string, cure: string) => Issue[];

function checkOwn(alarm: Own, house: HouseConfig, say: Say): readonly Issue[] {
  switch (alarm.kind) {
    case 'limit':
      return [...needValue('of', alarm.of, house, say), ...needOne(alarm.above, alarm.below, 'above or below', say)];
    case 'rate':
      return [
        ...needValue('of', alarm.of, house, say),
        ...(alarm.rises === undefined && alarm.falls === undefined
          ? say(null, 'has neither rises nor falls', 'Say by how much the value may change')
          : []),
      ];
    case 'compare':
      return checkCompare(alarm, house, say);
    case 'lasting':
      return checkWords(alarm.of, alarm.is, lastingItems(house), say);
    case 'often':
      return checkWords(alarm.of, alarm.is, { ...lastingItems(house), ...happenings(house) }, say);
    case 'denial':
    case 'login':
      return [];
    default:
      return assertNever(alarm);
  }
}

function needOne(one: unknown, other: unknown, names: string, say: Say): Issue[] {
  if ((one === undefined) !== (other === undefined)) return [];
  return say(null, `needs ${names}, and ${one === undefined ? 'has neither' : 'has both'}`, 'Give it one of the two');
}

/** What has a number: by its unit. */
function units(house: HouseConfig): Readonly<Record<string, string>> {
  const { sensors, derived = {}, numbers = {} } = house;
  const ofDerived = Object.entries(derived).map(
    ([id, config]) => [id, config.kind === 'dew-point' ? '°C' : config.unit] as const,
  );
  const others = Object.entries({ ...sensors, ...numbers }).map(([id, { unit }]) => [id, unit] as const);
  return Object.fromEntries([...others, ...ofDerived]);
}

function needValue(field: string, id: string, house: HouseConfig, say: Say): Issue[] {
  const known = units(house);
  if (Object.hasOwn(known, id)) return [];
  return say(field, `names "${id}", which is no value of this house`, `Known are: ${names(Object.keys(known))}`);
}

function checkCompare(alarm: Own & { kind: 'compare' }, house: HouseConfig, say: Say): readonly Issue[] {
  const { above, below } = alarm;
  const [field, other] = above === undefined ? (['below', below] as const) : (['above', above] as const);
  const known = units(house);
  const faults = [
    ...needValue('of', alarm.of, house, say),
    ...needOne(above, below, 'above or below', say),
    ...(other === undefined ? [] : needValue(field, other, house, say)),
  ];
  const [unit, otherUnit] = [known[alarm.of], known[other ?? '']];
  if (faults.length > 0 || unit === undefined || otherUnit === undefined || isSameUnit(unit, otherUnit)) return faults;
  const text = `compares ${unit || 'a number'} with ${otherUnit || 'a number'}`;
  return say(field, text, 'Name two values with one unit');
}

/** What they may be, by item; `null` where that may be anything. */
type Words = Readonly<Record<string, readonly string[] | null>>;

function lastingItems({ switches, selects = {}, numbers = {}, binaries = {}, states = {} }: HouseConfig): Words {
  return Object.fromEntries([
    ...[...Object.keys(switches), ...Object.keys(binaries)].map(id => [id, ['on', 'off']] as const),
    ...Object.entries(selects).map(([id, { options }]) => [id, options] as const),
    ...Object.keys(numbers).map(id => [id, null] as const),
    ...Object.entries(states).map(([id, { words }]) => [id, words === undefined ? null : Object.keys(words)] as const),
  ]);
}

function happenings({ events = {}, counters = {} }: HouseConfig): Words {
  return Object.fromEntries(
    Object.entries({ ...events, ...counters }).map(([id, { only }]) => [id, only ?? null] as const),
  );
}

function checkWords(id: string, is: string | undefined, items: Words, say: Say): Issue[] {
  if (!Object.hasOwn(items, id)) {
    const cure = `Known are: ${names(Object.keys(items))}`;
    return say('of', `names "${id}", which is nothing that stands somewhere or says something`, cure);
  }
  const words = items[id] ?? null;
  if (is === undefined || words === null || words.includes(is)) return [];
  return say('is', `is "${is}", which ${id} never is`, `It is one of: ${names(words)}`);
}

function names(all: readonly string[]): string {
  return all.slice(0, MOST_NAMED).join(', ');
}
