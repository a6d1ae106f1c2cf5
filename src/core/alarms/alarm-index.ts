import type { House } from '../house/house.ts';
import type { AlarmDefinition, HouseStep } from './condition.ts';

/** Which alarms look at what, by their places in the list of definitions: so that a message costs one look-up. */
export interface AlarmIndex {
  readonly house: House;
  readonly byItem: ReadonlyMap<string, readonly number[]>;
  readonly byClient: ReadonlyMap<string, readonly number[]>;
  /** Those that look at nothing of a client but whether it speaks. */
  readonly bySpeaker: ReadonlyMap<string, readonly number[]>;
  readonly ofBroker: readonly number[];
  readonly ofTicks: readonly number[];
  readonly all: readonly number[];
  /** Of what is commanded: a verdict comes without a message too. */
  readonly ofSwitches: readonly number[];
}

/** The places of those that are to be told of a step, and of those that are to be judged for it. */
export interface Touched {
  readonly step: readonly number[];
  readonly judge: readonly number[];
}

const NOTHING: Touched = { step: [], judge: [] };

/** Makes the index. */
export function indexAlarms(definitions: readonly AlarmDefinition[], house: House): AlarmIndex {
  const byItem = new Map<string, number[]>();
  const byClient = new Map<string, number[]>();
  const bySpeaker = new Map<string, number[]>();
  const [ofBroker, ofTicks, ofSwitches]: [number[], number[], number[]] = [[], [], []];
  const put = (map: Map<string, number[]>, key: string, place: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [place]);
    else known.push(place);
  };
  for (const [place, { condition }] of definitions.entries()) {
    const { items = [], clients = [], broker = false, ticks = false } = condition.looksAt;
    for (const id of items) put(byItem, id, place);
    for (const id of clients) put(byClient, id, place);
    if (items.length === 0) for (const id of clients) put(bySpeaker, id, place);
    if (broker) ofBroker.push(place);
    if (ticks) ofTicks.push(place);
    if (items.some(id => house.switches.has(id))) ofSwitches.push(place);
  }
  return { house, byItem, byClient, bySpeaker, ofBroker, ofTicks, ofSwitches, all: [...definitions.keys()] };
}

/**
 * What a step touches. A message of a client says nothing new of one that is known to speak: `isCalm` is whether an alarm was
 * judged not to be so.
 */
export function touchedBy(step: HouseStep, index: AlarmIndex, isCalm: (place: number) => boolean): Touched {
  const { event } = step;
  switch (event.type) {
    case 'alarms-changed':
    case 'issue-found':
    case 'issue-settled':
    case 'history-read':
    case 'seals-recalled':
    case 'version-read':
    case 'acl-read':
      return NOTHING;
    case 'message-received':
      return withOthers(ofMessage(event.topic, index, isCalm), step, index);
    case 'value-recalled': {
      const places = index.byItem.get(event.sensorId) ?? [];
      return withOthers({ step: places, judge: places }, step, index);
    }
    case 'ticked':
      return withOthers({ step: index.ofTicks, judge: index.ofTicks }, step, index);
    case 'switch-requested':
    case 'verdict-noted':
    case 'command-acknowledged':
    case 'command-not-sent':
    case 'command-lost':
    case 'filter-answered':
    case 'filter-left-out':
      return withOthers(NOTHING, step, index);
    case 'log-line-read':
      return withOthers({ step: [], judge: clientsOf(step, index) }, step, index);
    case 'time-skipped':
    case 'backlog-began':
    case 'backlog-ended':
    case 'login-changed':
    case 'past-heard':
    case 'link-changed':
    case 'house-changed':
      return { step: index.all, judge: index.all };
  }
}

function ofMessage(
  topic: string,
  { house, byItem, byClient, bySpeaker }: AlarmIndex,
  isCalm: (place: number) => boolean,
): Touched {
  const routes = house.routes.get(topic);
  if (routes === undefined) return NOTHING;
  const places: number[] = [];
  const judged: number[] = [];
  for (const { kind, id } of routes) {
    if (kind === 'availability') {
      judged.push(...(byClient.get(id) ?? []));
      continue;
    }
    places.push(...(byItem.get(id) ?? []));
    const client = house.servedBy.get(id);
    const ofClient = client === undefined ? undefined : bySpeaker.get(client);
    if (ofClient !== undefined) for (const place of ofClient) if (!isCalm(place)) judged.push(place);
  }
  return { step: places, judge: judged.length === 0 ? places : [...new Set([...places, ...judged])] };
}

/** What an event may have changed besides what it is about. */
function withOthers(touched: Touched, { before, after }: HouseStep, { ofBroker, ofSwitches }: AlarmIndex): Touched {
  const isBroker =
    before.denials !== after.denials || before.aclBroken !== after.aclBroken || before.broker !== after.broker;
  const isSwitched = before.switches !== after.switches;
  if (!isBroker && !isSwitched) return touched;
  const others = [...(isBroker ? ofBroker : []), ...(isSwitched ? ofSwitches : [])];
  return { step: touched.step, judge: [...new Set([...touched.judge, ...others])] };
}

/** The broker's log told that one of them came or is gone. */
function clientsOf({ before, after }: HouseStep, { byClient }: AlarmIndex): readonly number[] {
  if (before.clients === after.clients) return [];
  return [...new Set([...byClient.values()].flat())];
}
