import { describe, expect, test } from 'vitest';
import { freshnessOfClient, freshnessOfReading } from '../../../../src/core/home/select.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import type { ClientConfig, SensorConfig } from '../../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from '../../../helpers/house/house-run.ts';

type Availability = NonNullable<ClientConfig['availability']>;

/** The article's house whose heating tells whether it is there on `heating/status`, or as it is told. */
function runWithAvailability(availability: Availability = { topic: 'heating/status' }): HouseRun {
  const house = articleHouse();
  const heating = { publishes: ['flow', 'return', 'pump', 'burner'], availability };
  return runHouse({ ...house, clients: { ...house.clients, heating } });
}

/** The article's house with some fields of its flow sensor changed. */
function runWithFlow(change: Partial<SensorConfig>): HouseRun {
  const house = articleHouse();
  const flow = { ...house.sensors.flow, ...change } as SensorConfig;
  return runHouse({ ...house, sensors: { ...house.sensors, flow } });
}

describe('availability', () => {
  test.each(['offline', 'Offline', 'lost', 'disconnected', '{"state":"offline"}'])('%s says offline', word => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('offline');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('offline');
    expect(run.texts().at(-1)).toMatch(/^heating is offline: it said "\w+" on heating\/status$/);
  });

  test.each(['online', 'Online', 'ready', '{"state":"online"}'])('%s makes nothing live before a value comes', word => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(60_000);
    run.receive('heating/status', 'offline', { retained: true });
    expect(freshnessOfClient(run.state, 'heating').reason).toContain('since when is unknown');
    run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('stale');
    run.receive('heating/flow', '50');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
  });

  test.each([
    ...['stopped', 'down', 'lost', 'connection lost', 'Not_Connected', 'unreachable', 'inactive', 'DeepSleep'],
    ...['not_available', '"offline"', "'Lost'", '{"status":"offline"}', '{"online":false}', '{"alive":false}'],
    ...['{"connected":0}', '{"state":"disconnected","online":true}'],
  ])('%s says offline without a word in the house file', word => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('offline');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('offline');
    run.receive('heating/status', '{"online":true}');
    expect(freshnessOfClient(run.state, 'heating').freshness).not.toBe('offline');
  });

  test('a word that nobody knows is told once, with its cure, and makes nothing live', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'offline');
    for (const word of ['Pausiert', '17', '18', '{"uptime":3}', 'Pausiert']) run.receive('heating/status', word);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('offline');
    expect(run.texts().filter(text => text.includes('said'))).toEqual([
      'heating is offline: it said "offline" on heating/status',
      'heating said "Pausiert" on heating/status, which is neither online nor offline: add it to online or offline of clients.heating.availability in the house file',
    ]);
    run.receive('heating/status', 'online');
    run.receive('heating/status', 'Pausiert');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('waiting');
    expect(freshnessOfClient(run.state, 'heating').reason).toMatch(
      /it last said "Pausiert" on heating\/status, which is neither online nor offline by the house file$/,
    );
  });

  test('the removal of a retained word is no word', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', '');
    expect(run.texts().filter(text => text.includes('heating/status'))).toEqual([]);
  });

  test('a client that speaks is not offline, whatever was said of it', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'offline');
    run.receive('heating/return', '41');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    expect(run.texts().at(-1)).toBe('heating is live again');
  });

  test('what was told as offline is told as back, also where it said "online" first', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/status', 'offline');
    run.pass(2_000);
    run.receive('heating/status', 'online');
    run.pass(1_000);
    run.receive('heating/flow', '50');
    expect(run.texts().slice(-2)).toEqual([
      'heating is offline: it said "offline" on heating/status',
      'heating is live again after 3 s',
    ]);
    run.receive('heating/status', 'offline');
    run.receive('heating/status', 'online');
    run.pass(60_000);
    expect(run.texts().at(-1)).toMatch(/^heating is stale: /);
  });

  test('what is neither changes nothing', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'perhaps');
    run.receive('heating/status', new Uint8Array([0xff]));
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('waiting');
  });
});

describe('conventions of availability', () => {
  type Convention = readonly [name: string, availability: Availability, online: string, offline: string];
  const conventions: readonly Convention[] = [
    ['a plain will', { topic: 'heating/status' }, 'online', 'offline'],
    ['Tasmota', { topic: 'tele/heating/LWT' }, 'Online', 'Offline'],
    ['ESPHome', { topic: 'heating/status' }, 'online', 'offline'],
    ['Zigbee2MQTT, plain', { topic: 'zigbee2mqtt/heating/availability' }, 'online', 'offline'],
    ['Zigbee2MQTT', { topic: 'zigbee2mqtt/heating/availability' }, '{"state":"online"}', '{"state":"offline"}'],
    ['Shelly', { topic: 'shellies/heating/online' }, 'true', 'false'],
    ['numbers', { topic: 'heating/connected' }, '1', '0'],
    ['Home Assistant, own words', { topic: 'h/a', online: ['up'], offline: ['down'] }, 'up', 'down'],
    ['Home Assistant, one own word', { topic: 'h/a', online: ['off'] }, 'off', 'offline'],
    ['Home Assistant, words turned round', { topic: 'h/a', online: ['0'], offline: ['1'] }, '0', '1'],
    [
      'Home Assistant, JSON',
      { topic: 'h/a', path: 'wifi.state' },
      '{"wifi":{"state":"on"}}',
      '{"wifi":{"state":"off"}}',
    ],
    ['Homie, init', { topic: 'homie/heating/$state' }, 'init', 'lost'],
    ['Homie, ready', { topic: 'homie/heating/$state' }, 'ready', 'disconnected'],
    ['Homie, sleeping', { topic: 'homie/heating/$state' }, 'sleeping', 'lost'],
    ['Homie, alert', { topic: 'homie/heating/$state' }, 'alert', 'lost'],
  ];

  test.each(conventions)('%s', (_, availability, online, offline) => {
    for (const retained of [false, true]) {
      const run = runWithAvailability(availability);
      run.connect();
      run.receive('heating/flow', '50');
      run.receive(availability.topic, online, { retained });
      expect(freshnessOfClient(run.state, 'heating')).toMatchObject({ freshness: 'live', reason: null });
      run.receive(availability.topic, offline, { retained });
      const gone = freshnessOfClient(run.state, 'heating');
      expect(gone.freshness).toBe('offline');
      expect(gone.reason?.includes('since when is unknown')).toBe(retained);
      run.receive(availability.topic, online, { retained });
      expect(freshnessOfClient(run.state, 'heating').freshness).not.toBe('offline');
      run.receive('heating/flow', '50');
      expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    }
  });

  test('Homie in need of help is told once, and sleep is part of the reason for a silence', () => {
    const run = runWithAvailability({ topic: 'homie/heating/$state' });
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('homie/heating/$state', 'alert');
    run.receive('homie/heating/$state', 'alert');
    const told = run.texts().filter(text => text.includes('asks for attention'));
    expect(told).toEqual(['heating said "alert" on homie/heating/$state: it is there, and asks for attention']);
    run.receive('homie/heating/$state', 'sleeping');
    run.pass(60_000);
    expect(freshnessOfClient(run.state, 'heating').reason).toBe(
      'silent for 60 s, a cadence of 5.0 s is assumed; it last said "sleeping" on homie/heating/$state',
    );
  });

  test('a client that was never heard, and says where it is', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/status', 'offline', { retained: true });
    expect(freshnessOfReading(run.state, 'flow').reason).toBe(
      'never received: heating is offline: it said "offline" on heating/status, retained: since when is unknown',
    );
    run.receive('heating/status', 'online');
    run.pass(30_000);
    expect(freshnessOfClient(run.state, 'heating').reason).toMatch(/; it last said "online" on heating\/status$/);
  });
});

describe('what the house file says of silence', () => {
  test('a sensor that speaks when it likes makes neither itself nor its client late or stale', () => {
    const run = runWithFlow({ expireAfter: 3_600 });
    run.connect();
    run.receive('heating/flow', '50');
    for (let second = 0; second < 3_590; second += 10) {
      run.pass(10_000);
      expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
      expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    }
    run.pass(20_000);
    for (const { freshness, reason } of [
      freshnessOfReading(run.state, 'flow'),
      freshnessOfClient(run.state, 'heating'),
    ]) {
      expect(freshness).toBe('stale');
      expect(reason).toBe('silent for 60 min, the house file lets it be silent for 60 min');
    }
  });

  test('a burst of it teaches no cadence that would count', () => {
    const run = runWithFlow({ expireAfter: 600 });
    run.connect();
    for (let round = 0; round < 12; round += 1) {
      run.receive('heating/flow', '50');
      run.pass(1_000);
    }
    run.pass(500_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
  });

  test('another sensor of the same client that speaks often is still noticed', () => {
    const run = runWithFlow({ expireAfter: 3_600 });
    run.connect();
    for (let round = 0; round < 6; round += 1) {
      run.receive('heating/flow', '50');
      run.receive('heating/return', '40');
      run.pass(5_000);
    }
    run.pass(20_000);
    expect(freshnessOfClient(run.state, 'heating')).toMatchObject({ freshness: 'stale' });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(freshnessOfReading(run.state, 'return').freshness).toBe('stale');
  });

  test('a short patience beats a slow cadence', () => {
    const run = runWithFlow({ expireAfter: 7, every: 60 });
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(6_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    run.pass(1_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('stale');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('stale');
  });
});

describe('time that hometui did not live through', () => {
  test.each([
    ['a suspend of a night', 8 * 3_600_000, 'stood still for 8 h, or the clock of this machine was put forward'],
    ['a clock that was put forward by a year', 31_536_000_000, 'or the clock of this machine was put forward'],
    ['a clock that was set back', 0, 'the clock of this machine was set back'],
  ])('%s makes nobody stale, and nothing live before it speaks', (_, skippedMs, words) => {
    const run = runHouse();
    run.connect();
    for (const topic of ['heating/flow', 'heating/return']) run.receive(topic, '50');
    run.pass(1_000);
    const at = run.state.at + skippedMs;
    run.dispatch({ type: 'time-skipped', at, skippedMs });
    expect(run.texts().at(-1)).toContain(words);
    expect(freshnessOfClient(run.state, 'heating')).toMatchObject({ freshness: 'waiting' });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    run.dispatch({ type: 'ticked', at: at + 5_000 });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    const payload = new TextEncoder().encode('50');
    run.dispatch({ type: 'message-received', at: at + 6_000, topic: 'heating/flow', payload, isRetained: false });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(run.texts().filter(text => text.includes('is stale'))).toEqual([]);
    // Nor did the gap teach a cadence.
    expect(getRow(run.state.readings, 'flow')?.cadence.intervals).toEqual([]);
  });
});

describe('a client that was told to be offline', () => {
  test('is told so once, and not as silent afterwards', () => {
    const run = runWithAvailability();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/status', 'offline');
    run.receive('heating/status', 'lost');
    run.pass(60_000);
    expect(run.texts().filter(text => text.startsWith('heating is'))).toEqual([
      'heating is offline: it said "offline" on heating/status',
    ]);
    expect(freshnessOfClient(run.state, 'heating').reason).toBe('it said "lost" on heating/status');
  });

  test('is noted as late and stale while it is silent, and as live since it spoke again', () => {
    const run = runHouse();
    run.connect();
    const heating = () => getRow(run.state.clients, 'heating');
    run.receive('heating/flow', '50');
    const { at } = run.state;
    expect(heating()).toMatchObject({ freshness: 'live', liveSince: at });
    run.pass(9_999);
    run.receive('heating/flow', '50');
    expect(heating()).toMatchObject({ freshness: 'live', liveSince: at });
    run.pass(10_000);
    expect(heating()?.freshness).toBe('late');
    run.receive('heating/flow', '50');
    expect(heating()).toMatchObject({ freshness: 'live', liveSince: run.state.at });
  });
});

describe('cadence of a client', () => {
  /** A device of three sensors with cadences of the house file, in seconds. */
  function runWithCadences(every: Readonly<Record<string, number>>): HouseRun {
    const ids = Object.keys(every);
    const sensors = Object.fromEntries(
      Object.entries(every).map(([id, seconds]) => [id, { label: id, topic: id, unit: '', every: seconds }]),
    );
    const clients = { device: { publishes: ids } };
    const run = runHouse({ ...articleHouse(), sensors, derived: {}, switches: {}, clients, panels: [] });
    run.connect();
    return run;
  }

  test.each([['abc'], ['cba'], ['bac'], ['bca']])('is the shortest of the house file, heard in the order %s', order => {
    const run = runWithCadences({ a: 60, b: 10, c: 20 });
    for (const id of order) run.receive(id, '1');
    const cadence = { ms: 10_000, source: 'configured', pace: 'b', expireAfterMs: null };
    expect(getRow(run.state.clients, 'device')?.cadence).toEqual(cadence);
  });

  test('stays with the sensor that set it first, where another one is as fast', () => {
    const run = runWithCadences({ a: 10, b: 10 });
    for (const id of 'aba') run.receive(id, '1');
    expect(getRow(run.state.clients, 'device')?.cadence.pace).toBe('a');
  });

  test('is that of the next faster one, when the fastest slows down', () => {
    const run = runHouse({
      ...articleHouse(),
      sensors: Object.fromEntries([...'abc'].map(id => [id, { label: id, topic: id, unit: '' }])),
      derived: {},
      switches: {},
      clients: { device: { publishes: ['c', 'a', 'b'] } },
      panels: [],
    });
    run.connect();
    const live = (seconds: number, every: Readonly<Record<string, number>>): void => {
      for (let second = 0; second < seconds; second += 1) {
        for (const [id, cadence] of Object.entries(every)) if (second % cadence === 0) run.receive(id, '1');
        run.pass(1_000);
      }
    };
    live(60, { a: 2, b: 6, c: 10 });
    expect(getRow(run.state.clients, 'device')?.cadence).toMatchObject({ ms: 2_000, pace: 'a' });
    live(240, { a: 20, b: 6, c: 10 });
    expect(getRow(run.state.clients, 'device')?.cadence).toMatchObject({ ms: 6_000, pace: 'b' });
  });

  test('is that of its fastest sensor, and follows when that one slows down', () => {
    const run = runHouse();
    run.connect();
    for (let second = 0; second < 120; second += 1) {
      if (second % 2 === 0) run.receive('heating/flow', '50');
      if (second % 10 === 0) run.receive('heating/return', '40');
      run.pass(1_000);
    }
    expect(getRow(run.state.clients, 'heating')?.cadence).toMatchObject({ ms: 2_000, source: 'learned', pace: 'flow' });
    for (let second = 0; second < 300; second += 10) {
      if (second % 20 === 0) run.receive('heating/flow', '50');
      run.receive('heating/return', '40');
      run.pass(10_000);
    }
    expect(getRow(run.state.clients, 'heating')?.cadence).toMatchObject({
      ms: 10_000,
      source: 'learned',
      pace: 'return',
    });
  });

  test('what the house file says beats what was learned', () => {
    const house = articleHouse();
    const flow = { ...house.sensors.flow, every: 60 } as NonNullable<typeof house.sensors.flow>;
    const run = runHouse({ ...house, sensors: { ...house.sensors, flow } });
    run.connect();
    for (let round = 0; round < 8; round += 1) {
      run.receive('heating/flow', '50');
      run.pass(5_000);
    }
    run.pass(60_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    run.pass(120_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('stale');
  });
});
