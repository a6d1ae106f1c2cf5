import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { nagiosText } from '../../../src/core/format/status/nagios.ts';
import { prometheusText } from '../../../src/core/format/status/prometheus.ts';
import { statusCsv } from '../../../src/core/format/status/status-csv.ts';
import { statusText } from '../../../src/core/format/status/status-text.ts';
import { statusSchema } from '../../../src/core/format/status-schema.ts';
import { type StatusSnapshot, statusJson, takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import { plainStyle } from '../../../src/core/format/style.ts';
import { watchEvents } from '../../../src/core/format/watch/watch-event.ts';
import { parseCsv } from '../../helpers/formats/parse-csv.ts';
import { parseNagios } from '../../helpers/formats/parse-nagios.ts';
import { parsePrometheus } from '../../helpers/formats/parse-prometheus.ts';
import { fiveHouses, speak } from '../../helpers/house/five-houses.ts';
import { articleHouse, runHouse } from '../../helpers/house/house-run.ts';
import { createRandom } from '../../helpers/random/random.ts';

const houses = Object.entries(fiveHouses()).map(([name, run]) => ({
  name,
  house: run.state.house,
  snapshot: takeSnapshot(run.state),
}));
const of = (name: string): { snapshot: StatusSnapshot; house: (typeof houses)[number]['house'] } => {
  const found = houses.find(candidate => candidate.name === name);
  if (found === undefined) throw new Error(`there is no house ${name}`);
  return found;
};

describe('takeSnapshot', () => {
  it('has the shape of the contract', () => {
    expect(of('healthy').snapshot).toMatchObject({
      schema: 1,
      at: '2026-01-01T12:00:02.000Z',
      overall: 'ok',
      reasons: [],
      broker: {
        url: 'mqtt://localhost:1883',
        user: 'monitor',
        protocol: '5',
        connected: true,
        encrypted: false,
        error: null,
      },
      sensors: {
        flow: {
          label: 'Flow',
          value: 54.3,
          unit: '°C',
          at: '2026-01-01T12:00:00.000Z',
          ageMs: 2_000,
          freshness: 'live',
          level: 'ok',
          reason: null,
        },
      },
      switches: {
        pump: { label: 'Pump', state: 'on', at: '2026-01-01T12:00:00.000Z', freshness: 'live', mayWrite: null },
        fan: { state: 'unknown', at: null },
      },
      clients: {
        heating: { freshness: 'live', lastSeenAt: '2026-01-01T12:00:00.000Z', cadenceMs: 5_000, reason: null },
      },
      denials: [],
    });
  });

  it('gives a retained value no time and no age', () => {
    expect(of('never-seen').snapshot.sensors.flow).toMatchObject({
      value: 50,
      at: null,
      ageMs: null,
      freshness: 'retained',
    });
    expect(of('never-seen').snapshot.sensors.humidity).toMatchObject({ value: null, freshness: 'waiting' });
  });

  it('says who was denied what, with the line to add', () => {
    expect(of('denied').snapshot).toMatchObject({
      overall: 'critical',
      switches: { fan: { mayWrite: false } },
      denials: [
        {
          evidence: 'refused',
          access: 'publish',
          topic: 'cellar/fan',
          user: 'monitor',
          count: 1,
          remedy: /topic write/,
        },
      ].map(denial => ({ ...denial, remedy: expect.stringMatching(denial.remedy) })),
    });
  });

  it('limits what counts and what is listed', () => {
    const { stale } = fiveHouses();
    const snapshot = takeSnapshot(stale.state, new Set(['flow']));
    expect([Object.keys(snapshot.sensors), snapshot.clients, snapshot.switches]).toEqual([['flow'], {}, {}]);
    expect(snapshot).toMatchObject({ overall: 'warning', reasons: ['Flow is 86.0 °C, above 80'] });
  });
});

describe.each(houses)('the $name house', ({ snapshot, house }) => {
  it('passes the JSON schema', () => {
    expect(v.parse(statusSchema, JSON.parse(statusJson(snapshot)))).toEqual(JSON.parse(JSON.stringify(snapshot)));
  });

  it('is a table for a strict CSV parser', () => {
    const [header, ...records] = parseCsv(statusCsv(snapshot));
    expect(header?.slice(0, 4)).toEqual(['kind', 'id', 'label', 'value']);
    expect(new Set(records.map(record => record.length))).toEqual(new Set([header?.length]));
    expect(records[0]?.slice(0, 4)).toEqual(['house', '', '', snapshot.overall]);
  });

  it('is a line that Nagios understands', () => {
    const plugin = parseNagios(nagiosText(snapshot, house));
    expect(plugin.status).toBe(snapshot.overall.toUpperCase());
    expect(plugin.data.map(({ label }) => label)).toEqual(['flow', 'return', 'temperature', 'humidity']);
  });

  it('is text for Prometheus', () => {
    const families = parsePrometheus(prometheusText(snapshot, 'home'));
    expect(families.get('hometui_status')?.samples[0]?.value).toBe(
      ['ok', 'warning', 'critical', 'unknown'].indexOf(snapshot.overall),
    );
    const all = [...families.values()];
    expect(new Set(all.map(family => family.type))).toEqual(new Set(['gauge']));
    const houses = all.flatMap(family => family.samples.map(({ labels }) => labels.house));
    expect(new Set(houses)).toEqual(new Set(['home']));
  });

  it('fits 80 columns as text', () => {
    const text = statusText(snapshot, house, plainStyle);
    expect(text.split('\n').filter(line => [...line].length > 80)).toEqual([]);
    expect(text).toContain(snapshot.overall.toUpperCase());
    expect(text).not.toMatch(/undefined|NaN|null/);
  });
});

describe('the formats', () => {
  it('say as text what a person needs', () => {
    const { snapshot, house } = of('healthy');
    expect(statusText(snapshot, house, plainStyle)).toBe(`OK  mqtt://localhost:1883 as monitor, MQTT 5

Heating
  Flow                   54.3 °C      live      2 s ago
  Return                 41.0 °C      live      2 s ago
  Spread                 13.3 K       live                    computed
  Pump                   on           live
  Burner                 unknown      waiting

Cellar
  Temperature            14.2 °C      live      2 s ago
  Humidity               71.0 %       live      2 s ago
  Dew point              9.0 °C       live                    computed
  Fan                    unknown      waiting

Clients
  heating                             live      2 s ago       every 5.0 s
  dhtclient                           live      2 s ago       every 5.0 s
`);
  });

  it('give Nagios thresholds as ranges, and U for what is not of now', () => {
    const { snapshot, house } = of('stale');
    const first = nagiosText(snapshot, house).split('\n')[0];
    expect(first).toMatch(/^HOMETUI WARNING - /);
    expect(first).toContain("| 'flow'=86;80;90;20;90 'return'=U;70;85;20;90 'temperature'=U;4:;1:;0;30");
  });

  it('give Prometheus base units, and no value that is not of now', () => {
    const healthy = parsePrometheus(prometheusText(of('healthy').snapshot, 'home'));
    expect(healthy.get('hometui_sensor_ratio')?.samples).toEqual([
      { labels: { sensor: 'humidity', label: 'Humidity', house: 'home' }, value: 0.71 },
    ]);
    expect(healthy.get('hometui_client_last_heard_timestamp_seconds')?.samples[0]?.value).toBe(
      Date.UTC(2026, 0, 1, 12) / 1_000,
    );
    const stale = parsePrometheus(prometheusText(of('stale').snapshot, 'home'));
    expect(stale.get('hometui_sensor_celsius')?.samples.map(({ labels }) => labels.sensor)).toEqual(['flow']);
  });

  it('publish the schema that the output is held against', () => {
    const file = new URL('../../../src/core/format/status.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(toJsonSchema(statusSchema, { errorMode: 'ignore' }));
  });
});

it('Nagios gets no exponents, no minus before a zero, and no zero for what is none', () => {
  const house = articleHouse();
  const { role: _, ...anything } = house.sensors.return ?? { label: '', topic: '', unit: '' };
  const run = runHouse({ ...house, sensors: { ...house.sensors, return: anything } });
  run.connect();
  run.receive('heating/flow', '-0.000');
  run.receive('heating/return', '1e25');
  run.receive('cellar/temperature', '-0.000012345');
  run.receive('cellar/humidity', '54.33333');
  const line = nagiosText(takeSnapshot(run.state), run.state.house).split('\n')[0] ?? '';
  expect(line).toContain("'flow'=0;");
  expect(line).toContain("'temperature'=-0.0000123;");
  expect(line).toContain("'humidity'=54.333%;");
  expect(line).toContain("'return'=10000000000000000905969664;");
});

describe('a value that became unreadable', () => {
  const random = createRandom(14);
  const noise = (): string =>
    Array.from({ length: 1 + random.below(12) }, () =>
      random.pick(['n', 'a', '°', '{', '"', ' ', '-', '\u001b', 'x']),
    ).join('');
  const faults = ['nan', 'unavailable', 'null', '', '129 °F', '{"t":', ...Array.from({ length: 40 }, noise)];

  it.each(faults)('is told at once, in every format: %j', payload => {
    const run = runHouse();
    run.connect();
    for (const [topic, value] of [
      ['heating/flow', '50'],
      ['heating/return', '40'],
      ['cellar/temperature', '12'],
      ['cellar/humidity', '60'],
    ] as const)
      run.receive(topic, value);
    expect(takeSnapshot(run.state).overall).toBe('ok');
    const before = run.state;
    run.receive('heating/flow', payload);
    const event = { type: 'message-received', at: run.state.at, topic: 'heating/flow' } as Parameters<
      typeof watchEvents
    >[0];
    expect(watchEvents(event, before, run.state).map(line => line.text)).toEqual([
      expect.stringMatching(/^Flow is unreadable: .+ \(heating\/flow\); the last good value stays$/u),
    ]);
    const snapshot = takeSnapshot(run.state);
    const { freshness, reason, value } = snapshot.sensors.flow ?? {};
    expect({ freshness, value, overall: snapshot.overall }).toEqual({
      freshness: 'stale',
      value: 50,
      overall: 'warning',
    });
    expect(reason).toMatch(/^the last payload cannot be read: .+; the last good value stays$/u);
    expect(snapshot.reasons).toEqual([`Flow: ${reason}`]);
    const inOneLine = statusText(snapshot, run.state.house, plainStyle).replace(/\s+/g, ' ');
    expect(inOneLine).toContain(String(reason).replace(/\s+/g, ' '));
    expect(JSON.parse(statusJson(snapshot))).toMatchObject({ sensors: { flow: { reason } } });
    expect(parseCsv(statusCsv(snapshot)).flat()).toContain(reason);
    expect(nagiosText(snapshot, run.state.house)).toMatch(
      /^HOMETUI WARNING - Flow: the last payload cannot be read.* \| 'flow'=U;/u,
    );
    const samples = prometheusText(snapshot, 'home');
    expect(samples).toContain('hometui_sensor_freshness{sensor="flow",freshness="stale",house="home"} 1');
    expect(samples).not.toMatch(/hometui_sensor_celsius\{sensor="flow"/);
  });
});

it('two clients with one client identifier are told by status, in text, JSON and for Nagios', () => {
  const run = runHouse();
  run.connect();
  speak(run);
  for (let round = 0; round < 3; round += 1) {
    for (const address of ['192.168.0.7', '192.168.0.9']) {
      const entry = { clientId: 'esp', user: 'heating', address, port: 50_123, keepaliveSeconds: 60 } as const;
      const at = run.state.at + 2_000;
      const heard = { type: 'log-line-read', at, source: 'file', isPast: false } as const;
      run.dispatch({ ...heard, entry: { kind: 'taken-over', at, clientId: 'esp', peer: null } });
      run.dispatch({ ...heard, entry: { kind: 'login', at, ...entry } });
    }
  }
  const message =
    'two clients use the client identifier "esp" (user heating), from 192.168.0.7 and 192.168.0.9: each throws the other out';
  const snapshot = takeSnapshot(run.state);
  expect(snapshot.issues.map(issue => issue.message)).toEqual([message]);
  expect(JSON.parse(statusJson(snapshot))).toMatchObject({ overall: 'warning', issues: [{ message }] });
  const text = statusText(snapshot, run.state.house, plainStyle).replace(/\s+/g, ' ');
  expect(text).toContain(message);
  expect(text).toContain('Give each of them a client identifier of its own.');
  expect(nagiosText(snapshot, run.state.house)).toContain(`HOMETUI WARNING - ${message}`);
});

it('Nagios counts what the house has, and no clients where it has none', () => {
  const run = runHouse({ ...articleHouse(), clients: {} });
  run.connect();
  speak(run);
  expect(nagiosText(takeSnapshot(run.state), run.state.house)).toMatch(/^HOMETUI OK - 4 sensors live \|/);
});
