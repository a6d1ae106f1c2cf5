import { describe, expect, test } from 'vitest';
import { statusText } from '../../../src/core/format/status/status-text.ts';
import { takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import { plainStyle } from '../../../src/core/format/style.ts';
import { watchEvents } from '../../../src/core/format/watch/watch-event.ts';
import { dewPoint } from '../../../src/core/home/readings/derived.ts';
import { formatValue } from '../../../src/core/home/readings/value-text.ts';
import {
  derivedValue,
  freshnessOfSwitch,
  levelOfReading,
  lockOf,
  mayWrite,
  overallOf,
  trendOf,
} from '../../../src/core/home/select.ts';
import { linkText } from '../../../src/core/home/state/link.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';
import { articleHouse, runConnected, runHouse, session, unreachable } from '../../helpers/house/house-run.ts';
import { message } from '../../helpers/ui/home.ts';

describe('derived values', () => {
  test('the dew point is that of the Magnus formula', () => {
    // Sonntag's coefficients: 20 °C and 50 % give 9.26 °C, saturated air its own temperature.
    expect(dewPoint(20, 50)).toBeCloseTo(9.26, 2);
    expect(dewPoint(14.2, 100)).toBeCloseTo(14.2, 6);
    expect(dewPoint(20, 0)).toBeNull();
    expect(dewPoint(20, 101)).toBeNull();
    expect(dewPoint(Number.NaN, 50)).toBeNull();
  });

  test('are as fresh as the least fresh of their parts', () => {
    const run = runConnected();
    run.receive('heating/flow', '54.3');
    expect(derivedValue(run.state, 'spread')).toMatchObject({ value: null, freshness: 'waiting' });
    run.receive('heating/return', '41', { retained: true });
    const spread = derivedValue(run.state, 'spread');
    expect(spread.value).toBeCloseTo(13.3);
    expect(spread).toMatchObject({ unit: 'K', freshness: 'retained' });
    expect(spread.reason).toMatch(/^Return: only a retained message/);
  });
});

describe('trend', () => {
  test.each([
    [0.2, 'rising'],
    [-0.2, 'falling'],
    [0, 'steady'],
  ])('of a value that moves by %d each 5 s is %s', (step, trend) => {
    const run = runConnected();
    expect(trendOf(run.state, 'flow')).toBeNull();
    for (let round = 0; round < 14; round += 1) {
      run.receive('heating/flow', String(50 + round * step));
      run.pass(5_000);
    }
    expect(trendOf(run.state, 'flow')).toBe(trend);
  });
});

describe('levels', () => {
  test.each([
    ['80', 'ok'],
    ['80.1', 'warning'],
    ['90.1', 'critical'],
  ])('flow of %s is %s', (value, level) => {
    const run = runConnected();
    run.receive('heating/flow', value);
    expect(levelOfReading(run.state, 'flow')).toBe(level);
  });

  test('a value that swings on its limit is announced once', () => {
    const run = runConnected();
    for (let round = 0; round < 20; round += 1) run.receive('heating/flow', round % 2 === 0 ? '80.1' : '79.9');
    expect(run.texts().filter(text => text.startsWith('Flow'))).toEqual(['Flow is 80.1 °C, above 80']);
    run.receive('heating/flow', '78');
    expect(run.texts().at(-1)).toBe('Flow is within its limits again: 78.0 °C');
  });
});

describe('rights', () => {
  const acl = parseAclFile('user monitor\ntopic read #\ntopic write heating/pump\n', 'acl');

  test('are unknown without a file, known with one, and a proof beats the file', () => {
    const run = runConnected();
    expect(mayWrite(run.state, 'fan')).toBeNull();
    expect(lockOf(run.state, 'fan')).toBeNull();
    run.dispatch({ type: 'acl-read', at: run.state.at, acl });
    expect(mayWrite(run.state, 'pump')).toBe(true);
    expect(mayWrite(run.state, 'fan')).toBe(false);
    expect(lockOf(run.state, 'pump')).toBeNull();
    expect(lockOf(run.state, 'fan')).toBe(
      'monitor may not write cellar/fan: acl lacks "topic write cellar/fan" for monitor',
    );
    run.acknowledge(run.request('fan', 'on').commandId, 0);
    expect(mayWrite(run.state, 'fan')).toBe(true);
    expect(lockOf(run.state, 'fan')).toBeNull();
  });

  test('a remedy names file, section and line', () => {
    const run = runHouse();
    run.dispatch({ type: 'acl-read', at: run.state.at, acl });
    run.connect();
    run.publish('fan', 'on', 0x87);
    expect(run.state.denials[0]?.remedy).toBe(
      'If it should be allowed: add "topic write cellar/fan" below acl:1 ("user monitor"), then reload (SIGHUP)',
    );
  });
});

describe('text', () => {
  test('values have their decimals and no negative zero', () => {
    expect(formatValue(-0.04, '°C')).toBe('0.0 °C');
    expect(formatValue(1_234.5, '', 0)).toBe('1235');
  });

  test('the link says what comes next', () => {
    const link = { phase: 'waiting', failure: unreachable, attempt: 3, retryAt: 13_400 } as const;
    expect(linkText(link, session, 10_000)).toBe(
      'broker not reachable at localhost:1883: connection refused; next try in 4 s',
    );
  });
});

describe('the house in one word', () => {
  test('is a warning where the log that was to be watched cannot be read', () => {
    const run = runConnected();
    for (const topic of ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'])
      run.receive(topic, '50');
    expect(overallOf(run.state)).toEqual({ level: 'ok', reasons: [] });
    const message = 'the broker log /var/log/mosquitto/mosquitto.log cannot be read: permission denied';
    const found = { type: 'issue-found', at: run.state.at } as const;
    run.dispatch({ ...found, issue: { severity: 'info', message: 'a remark' } });
    expect(overallOf(run.state).level).toBe('ok');
    run.dispatch({ ...found, issue: { severity: 'warning', message, cure: 'Join the group adm.' } });
    expect(overallOf(run.state)).toEqual({ level: 'warning', reasons: [message] });
    const gone = {
      ...found,
      type: 'issue-settled',
      issue: { severity: 'warning', message },
      news: 'it is read now',
    } as const;
    run.dispatch(gone);
    run.dispatch(gone);
    expect(overallOf(run.state)).toEqual({ level: 'ok', reasons: [] });
    expect(run.texts().filter(text => text === 'it is read now')).toHaveLength(1);
  });

  test('of a derived value is that of the sensors it is made of, of a switch whether it is known', () => {
    const run = runConnected();
    const of = (...ids: string[]) => overallOf(run.state, new Set(ids));
    expect(of('spread').level).toBe('unknown');
    expect(of('spread').reasons).toEqual([
      'nothing was ever received from Spread',
      'Flow: never received yet on heating/flow',
      'Return: never received yet on heating/return',
    ]);
    expect(of('pump')).toMatchObject({ level: 'unknown', reasons: ['nothing was ever received from Pump'] });
    run.receive('heating/flow', '50');
    expect(of('spread')).toMatchObject({ level: 'warning', reasons: [expect.stringContaining('Return')] });
    run.receive('heating/return', '40');
    expect(of('spread')).toEqual({ level: 'ok', reasons: [] });
    run.receive('heating/pump/done', 'on', { retained: true });
    expect(of('pump')).toEqual({ level: 'ok', reasons: [] });
  });

  test('is told where nothing but retained messages came, or a word without a value', () => {
    const run = runConnected();
    expect(overallOf(run.state).reasons[0]).toBe('nothing was ever received from this house');
    run.receive('heating/pump/done', 'maybe', { retained: true });
    expect(freshnessOfSwitch(run.state, 'pump').reason).toBe(
      'its feedback cannot be read: "maybe" is neither on nor off',
    );
    run.receive('heating/pump/done', 'on', { retained: true });
    expect(overallOf(run.state)).toMatchObject({ level: 'unknown' });
    expect(overallOf(run.state).reasons[0]).toBe('nothing but retained messages was received from this house');
    const snapshot = takeSnapshot(run.state);
    expect(snapshot.switches.pump).toMatchObject({ state: 'on', freshness: 'retained' });
    expect(statusText(snapshot, run.state.house, plainStyle)).toMatch(/Pump +was on +retained/);
    const event = message(run.state.at, 'cellar/fan/done', 'off', true);
    const before = run.state;
    run.receive('cellar/fan/done', 'off', { retained: true });
    expect(watchEvents(event, before, run.state).map(({ text }) => text)).toEqual([
      'Fan was off (retained: its age is unknown)',
    ]);
  });

  test('an unreadable value is something that was received, whoever sends it', () => {
    const house = { ...articleHouse(), clients: {} };
    const run = runHouse(house);
    run.connect();
    run.receive('heating/flow', 'nan');
    expect(overallOf(run.state).level).toBe('warning');
    expect(overallOf(run.state).reasons).toContain('Flow: no readable value yet: "nan" is not a number');
  });

  test('of some ids leaves out what is denied about others, and never a broker without its access control list', () => {
    const run = runConnected();
    run.receive('heating/flow', '50');
    run.receive('heating/pump', 'on', { retained: true });
    const read = (line: string): void => {
      const entry = parseLogLine(line);
      if (entry === null) throw new Error(`no log line: ${line}`);
      run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: false });
    };
    read("New client connected from 127.0.0.1:40102 as d-1 (p5, c1, k60, u'dhtclient').");
    read("Denied PUBLISH from d-1 (d0, q1, r0, m1, 'cellar/fan', ... (2 bytes))");
    const of = (...ids: string[]) => overallOf(run.state, new Set(ids));
    expect(of('flow')).toEqual({ level: 'ok', reasons: [] });
    expect(of('pump').reasons).toContainEqual(expect.stringContaining('A retained "on"'));
    for (const id of ['fan', 'dhtclient']) {
      expect(of(id).reasons[0]).toBe('dhtclient may not publish to cellar/fan');
      expect(takeSnapshot(run.state, new Set([id])).denials).toHaveLength(1);
    }
    expect(takeSnapshot(run.state, new Set(['flow'])).denials).toEqual([]);
    read('Error opening acl file "/etc/mosquitto/acl".');
    expect(of('flow')).toMatchObject({
      level: 'critical',
      reasons: [expect.stringContaining('cannot use its access control list')],
    });
  });
});
