import { describe, expect, test } from 'vitest';
import {
  cadenceOf,
  clientFreshnessNow,
  freshnessOfClient,
  freshnessOfReading,
  liveUntil,
} from '../../../../src/core/home/clients/select-freshness.ts';
import type { ClientState } from '../../../../src/core/home/state/client.ts';
import { noSeal } from '../../../../src/core/home/state/seal.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { getRow, setRow } from '../../../../src/core/home/state/table.ts';
import type { HouseConfig, SensorConfig } from '../../../../src/core/house/schema.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { articleHouse, type HouseRun, NOON, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

/** The article's house with some fields of its flow sensor changed, and a link. */
function runWithFlow(change: Partial<SensorConfig>, house: Partial<HouseConfig> = {}): HouseRun {
  const article = articleHouse();
  const flow = { ...article.sensors.flow, ...change } as SensorConfig;
  const run = runHouse({ ...article, sensors: { ...article.sensors, flow }, ...house });
  run.connect();
  return run;
}

function flowIn({ state }: HouseRun): { cadenceMs: number; until: number | null } {
  const reading = getRow(state.readings, 'flow');
  const sensor = state.house.sensors.get('flow');
  if (reading === undefined || sensor === undefined) throw new Error('the house has no flow');
  return { cadenceMs: cadenceOf(state, reading, sensor), until: liveUntil(state, reading, sensor) };
}

const flow = (run: HouseRun) => freshnessOfReading(run.state, 'flow');

/** A map that counts how often it is asked. */
class CountingMap<Value> extends Map<string, Value> {
  asked = 0;
  override get(key: string): Value | undefined {
    this.asked += 1;
    return super.get(key);
  }
}

test('what is said of a silent client of thousands of sensors asks for their topics once', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `s${index}`);
  const sensors = ids.map(id => [id, { label: id, topic: `many/${id}`, unit: '°C' }] as const);
  const run = runHouse({
    ...articleHouse(),
    sensors: Object.fromEntries(sensors),
    derived: {},
    clients: { many: { label: 'Many', publishes: ids } },
    panels: [],
  });
  run.connect();
  run.pass(60_000);
  const counted = new CountingMap(run.state.house.sensors);
  const state = { ...run.state, house: { ...run.state.house, sensors: counted } };
  const said = freshnessOfClient(state, 'many');
  expect(said.reason).toMatch(/^never heard on many\/s0, many\/s1, many\/s2 and 4997 more in 60 s: /);
  expect(counted.asked).toBe(5_000);
  for (let frame = 0; frame < 10; frame += 1) expect(freshnessOfClient(state, 'many')).toEqual(said);
  expect(counted.asked).toBe(5_000);
});

test('what is not of this house is waiting, and says so', () => {
  const { state } = runConnected();
  const none = { freshness: 'waiting', ageMs: null };
  expect(freshnessOfClient(state, 'x')).toEqual({ ...none, reason: 'x is no client of this house' });
  expect(freshnessOfReading(state, 'x')).toEqual({ ...none, reason: 'x is no sensor of this house' });
});

describe('the cadence that a sensor is measured by', () => {
  test('is the house file of it, then its own, then its client, then the house, then 5 s', () => {
    const { cadence: _, ...bare } = articleHouse();
    expect(flowIn(runWithFlow({ every: 60 })).cadenceMs).toBe(60_000);
    expect(flowIn(runWithFlow({}, { cadence: 7 })).cadenceMs).toBe(7_000);
    expect(flowIn(runWithFlow({}, { cadence: 7, clients: {} })).cadenceMs).toBe(7_000);
    const bareRun = runHouse({ ...bare, clients: {} });
    expect(flowIn(bareRun).cadenceMs).toBe(5_000);

    const run = runWithFlow({});
    for (let round = 0; round < 4; round += 1) {
      run.receive('heating/return', '40');
      run.pass(3_000);
    }
    expect(flowIn(run).cadenceMs).toBe(3_000);
    for (let round = 0; round < 4; round += 1) {
      run.receive('heating/flow', '50');
      run.pass(8_000);
    }
    expect(flowIn(run).cadenceMs).toBe(8_000);
  });

  test('is called assumed only where nobody told and nobody taught it', () => {
    const reasonOf = (run: HouseRun): string | null => {
      run.receive('heating/flow', '50');
      run.pass(600_000);
      return flow(run).reason;
    };
    expect(reasonOf(runWithFlow({}))).toBe('silent for 10 min, a cadence of 5.0 s is assumed');
    expect(reasonOf(runWithFlow({}, { clients: {} }))).toBe('silent for 10 min, a cadence of 5.0 s is assumed');
    expect(reasonOf(runWithFlow({ every: 60 }))).toBe('silent for 10 min, its cadence is 60.0 s');
    expect(reasonOf(runWithFlow({ every: 60 }, { clients: {} }))).toBe('silent for 10 min, its cadence is 60.0 s');
    const alone = runWithFlow({}, { clients: {} });
    for (let round = 0; round < 4; round += 1) {
      alone.receive('heating/flow', '50');
      alone.pass(4_000);
    }
    expect(reasonOf(alone)).toBe('silent for 10 min, its cadence is 4.0 s');
    const learned = runWithFlow({});
    for (let round = 0; round < 4; round += 1) {
      learned.receive('heating/return', '40');
      learned.pass(3_000);
    }
    expect(reasonOf(learned)).toBe('silent for 10 min, its cadence is 3.0 s');
  });
});

test('a value is live until two cadences after it was heard, and not a moment longer', () => {
  const run = runWithFlow({ every: 6 });
  const { at } = run.state;
  expect(flowIn(run).until).toBeNull();
  run.receive('heating/flow', '50');
  expect(flowIn(run).until).toBe(at + 12_000);
  run.pass(11_999);
  expect(flowIn(run).until).toBe(at + 12_000);
  expect(flow(run).freshness).toBe('live');
  run.pass(1);
  expect(flowIn(run).until).toBeNull();
  expect(flow(run).freshness).toBe('late');
});

describe('an age', () => {
  test('is that of the value, and none is told of a retained one', () => {
    const run = runWithFlow({});
    run.receive('heating/flow', '50', { retained: true });
    run.pass(3_000);
    expect(flow(run).ageMs).toBeNull();
    run.receive('heating/flow', '51');
    run.pass(3_000);
    expect(flow(run).ageMs).toBe(3_000);
    expect(freshnessOfClient(run.state, 'heating').ageMs).toBe(3_000);
    expect(freshnessOfClient(run.state, 'dhtclient').ageMs).toBeNull();
  });

  test('is told of what was heard before the link came, with how long the link is there', () => {
    const run = runWithFlow({});
    run.receive('heating/flow', '50');
    run.pass(60_000);
    run.disconnect();
    expect(flow(run)).toEqual({
      freshness: 'waiting',
      reason: 'no link to the broker; last heard 60 s ago',
      ageMs: 60_000,
    });
    run.pass(40_000);
    run.connect();
    run.pass(10_000);
    expect(flow(run).reason).toBe('not heard since the link came 10 s ago; last heard 110 s ago');
    expect(freshnessOfReading(run.state, 'flow', () => 'a few seconds').reason).toBe(
      'not heard since the link came a few seconds ago; last heard a few seconds ago',
    );
  });
});

describe('a value that was replaced by one that cannot be read', () => {
  const unreadable = 'the last payload cannot be read: "err" is not a number';

  test('is stale where it was heard, retained where it was retained, and waiting after a lost link', () => {
    const run = runWithFlow({});
    run.receive('heating/flow', '50');
    run.receive('heating/flow', 'err');
    run.pass(2_000);
    const heard = { freshness: 'stale', reason: `${unreadable}; the last good value stays`, ageMs: 2_000 };
    expect(flow(run)).toEqual(heard);
    run.reconnect();
    expect(flow(run)).toEqual({
      freshness: 'waiting',
      reason: `not heard since the link came 0 s ago; last heard 2 s ago; ${unreadable}`,
      ageMs: 2_000,
    });
    const retained = runWithFlow({});
    retained.receive('heating/flow', '50', { retained: true });
    retained.receive('heating/flow', 'err', { retained: true });
    expect(flow(retained)).toEqual({
      freshness: 'retained',
      reason: `the value is a retained one of unknown age; ${unreadable}`,
      ageMs: null,
    });
  });
});

describe('a client that was never heard', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  test.each([
    [1, 'on t/a in 9 s'],
    [3, 'on t/a, t/b, t/c in 9 s'],
    [4, 'on t/a, t/b, t/c and 1 more in 9 s'],
    [5, 'on t/a, t/b, t/c and 2 more in 9 s'],
  ])('with %i topics: %s', (count, where) => {
    const sensors = Object.fromEntries(ids.map(id => [id, { label: id, topic: `t/${id}`, unit: '' }]));
    const clients = { device: { publishes: ids.slice(0, count) } };
    const run = runHouse({ ...articleHouse(), sensors, derived: {}, switches: {}, clients, panels: [] });
    expect(freshnessOfClient(run.state, 'device').reason).toBe('never heard: no link to the broker yet');
    run.connect();
    run.pass(9_000);
    expect(freshnessOfClient(run.state, 'device').reason).toContain(`never heard ${where}: `);
  });

  test.each([
    ['topic read #', /: it may be off or publish elsewhere; the ACL would let monitor hear it \(acl:2\)$/],
    ['topic read cellar/#', /: the ACL does not let monitor read it \(acl, no line grants it\)$/],
    ['topic read heating/return', /; the ACL would let monitor hear it \(acl:2\)$/],
  ])('by an ACL file with %j', (line, reason) => {
    const run = runConnected();
    run.dispatch({ type: 'acl-read', at: run.state.at, acl: parseAclFile(`user monitor\n${line}\n`, 'acl') });
    run.pass(9_000);
    expect(freshnessOfClient(run.state, 'heating').reason).toMatch(reason);
  });
});

test('a client that serves switches only, or tells of itself, and was never heard', () => {
  const heating = { publishes: ['pump'], availability: { topic: 'heating/status' } };
  const run = runHouse({ ...articleHouse(), clients: { heating } });
  run.connect();
  run.pass(9_000);
  expect(freshnessOfClient(run.state, 'heating').reason).toBe(
    'never heard in 9 s: it may be off or publish elsewhere, or monitor may not read it',
  );
});

describe('a value that never came', () => {
  test('is not held against anybody without a link, or where its client is silent or unknown', () => {
    const unlinked = runHouse();
    expect(flow(unlinked).reason).toBe('never received: no link to the broker yet');
    const run = runConnected();
    run.receive('heating/return', '40');
    run.pass(60_000);
    expect(flow(run).reason).toBe('never received yet on heating/flow');
    const alone = runWithFlow({}, { clients: {} });
    alone.pass(60_000);
    expect(flow(alone).reason).toBe('never received yet on heating/flow');
  });

  test('is suspected only once its client spoke for three cadences of it', () => {
    const run = runConnected();
    const reason = () => freshnessOfReading(run.state, 'return').reason;
    for (let passedMs = 0; passedMs < 15_000; passedMs += 5_000) {
      run.receive('heating/flow', '50');
      expect(reason()).toBe('never received yet on heating/return');
      run.pass(passedMs === 10_000 ? 4_999 : 5_000);
    }
    run.receive('heating/flow', '50');
    expect(reason()).toBe('never received yet on heating/return');
    run.pass(1);
    expect(reason()).toBe('never received: monitor may not read heating/return, or heating does not send it');
  });

  test('says what the broker and the ACL file say of its topic', () => {
    const run = runConnected();
    const { at } = run.state;
    run.dispatch({ type: 'filter-answered', at, filter: 'heating/flow', code: 135 });
    expect(flow(run).reason).toBe('never received: the broker refused the subscription to heating/flow');
    run.dispatch({ type: 'filter-left-out', at, filter: 'heating/return' });
    expect(freshnessOfReading(run.state, 'return').reason).toBe(
      'never received: heating/return is left out, since two connections were closed while it was asked for',
    );
    const acl = parseAclFile('user monitor\ntopic read cellar/humidity\n', 'acl');
    run.dispatch({ type: 'acl-read', at, acl });
    expect(freshnessOfReading(run.state, 'temperature').reason).toBe(
      'never received: the ACL does not let monitor read cellar/temperature (acl, no line grants it)',
    );
    run.pass(15_000);
    run.receive('cellar/fan/done', 'on');
    expect(freshnessOfReading(run.state, 'humidity').reason).toBe(
      'never received: dhtclient does not send cellar/humidity, or the broker denies it; the ACL would let monitor read it (acl:2)',
    );
  });
});

test('how fresh a client is, is the same with its reason and without', () => {
  const run = runHouse();
  const seen = new Set<string>();
  const compare = (state: HomeState): void => {
    for (const id of [...state.clients.ids, 'x']) {
      const { freshness } = freshnessOfClient(state, id);
      seen.add(freshness);
      expect(clientFreshnessNow(state, id)).toBe(freshness);
    }
  };
  const changed = (change: Partial<ClientState>): HomeState => {
    const client = getRow(run.state.clients, 'heating');
    if (client === undefined) throw new Error('the house has no heating');
    return { ...run.state, clients: setRow(run.state.clients, 'heating', { ...client, ...change }) };
  };
  compare(run.state);
  run.connect();
  for (let second = 0; second < 20; second += 5) {
    run.receive('heating/flow', '50');
    compare(run.state);
    run.pass(5_000);
  }
  for (const ms of [5_000, 5_000, 20_000]) {
    run.pass(ms);
    compare(run.state);
  }
  compare(changed({ offline: { at: NOON, reason: 'it said so' } }));
  const refused = new Map([['heating/flow', { at: run.state.at, word: 'forged', reason: 'it is forged' }]]);
  compare(changed({ seal: { ...noSeal, refused } as unknown as ClientState['seal'] }));
  run.disconnect();
  compare(run.state);
  expect([...seen].sort()).toEqual(['forged', 'late', 'live', 'offline', 'stale', 'waiting']);
});
