import { describe, expect, test } from 'vitest';
import { assessFreshness, lateAfterMs, staleAfterMs } from '../../../../src/core/home/clients/freshness.ts';
import {
  freshnessOfClient,
  freshnessOfReading,
  freshnessOfSwitch,
  overallOf,
} from '../../../../src/core/home/select.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { type HouseRun, runHouse } from '../../../helpers/house/house-run.ts';
import { createRandom } from '../../../helpers/random/random.ts';

/** Both devices speak every five seconds for a while, as they do. */
function speak(
  run: HouseRun,
  forMs: number,
  topics = ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'],
): void {
  for (let passedMs = 0; passedMs < forMs; passedMs += 5_000) {
    for (const topic of topics) run.receive(topic, '50');
    run.pass(5_000);
  }
}

describe('the limits of a silence', () => {
  test.each([
    [5_000, 10_000, 15_000],
    [1_500, 3_000, 5_500],
    [1_499, 2_999, 5_499],
    [1_501, 3_002, 5_501],
    [2_000, 4_000, 6_000],
    [1_999, 3_998, 5_999],
    [2_001, 4_002, 6_003],
    [100, 1_600, 4_100],
  ])('with a cadence of %i ms it is late after %i and stale after %i', (cadenceMs, lateMs, staleMs) => {
    expect([lateAfterMs(cadenceMs, null), staleAfterMs(cadenceMs, null)]).toEqual([lateMs, staleMs]);
    expect([lateAfterMs(cadenceMs, 7), staleAfterMs(cadenceMs, 7)]).toEqual([7, 7]);
  });

  const hearing = { listeningSince: 0, hasRetained: false, cadenceMs: 5_000, expireAfterMs: null };

  test.each([
    [9_999, 'live'],
    [10_000, 'late'],
    [14_999, 'late'],
    [15_000, 'stale'],
  ] as const)('a silence of %i ms is %s', (silentMs, freshness) => {
    const heard = assessFreshness({ ...hearing, now: 500 + silentMs, heardAt: 500 });
    expect(heard).toEqual({ freshness, silentMs, isBeforeLink: false });
  });

  test.each([
    [59_999, 'live'],
    [60_000, 'stale'],
  ] as const)('where it may be silent for 60 s, one of %i ms is %s, and never late', (silentMs, freshness) => {
    const heard = assessFreshness({ ...hearing, expireAfterMs: 60_000, now: silentMs, heardAt: 0 });
    expect(heard.freshness).toBe(freshness);
  });

  test('what is heard in the moment in which the link comes is heard over it', () => {
    const at = { ...hearing, now: 1_000, listeningSince: 1_000 };
    expect(assessFreshness({ ...at, heardAt: 1_000 })).toEqual({ freshness: 'live', silentMs: 0, isBeforeLink: false });
    expect(assessFreshness({ ...at, heardAt: 999 })).toEqual({ freshness: 'waiting', silentMs: 0, isBeforeLink: true });
  });

  test('never heard is waiting or retained, and nothing is known without a link', () => {
    const never = { ...hearing, now: 99_000, heardAt: null };
    const silence = { silentMs: null, isBeforeLink: false };
    expect(assessFreshness(never)).toEqual({ freshness: 'waiting', ...silence });
    expect(assessFreshness({ ...never, hasRetained: true })).toEqual({ freshness: 'retained', ...silence });
    const unlinked = assessFreshness({ ...hearing, now: 99_000, heardAt: 0, listeningSince: null });
    expect(unlinked).toEqual({ freshness: 'waiting', silentMs: null, isBeforeLink: true });
  });

  test('gets no better by silence alone, and is live only in less than two cadences since a message over this link', () => {
    const order = ['live', 'waiting', 'late', 'stale'];
    const random = createRandom(6);
    for (let round = 0; round < 500; round += 1) {
      const heardAt = random.below(20_000);
      const cadenceMs = 1_500 + random.below(10_000);
      const known = { ...hearing, cadenceMs, heardAt, listeningSince: random.below(20_000) };
      const now = Math.max(heardAt, known.listeningSince) + random.below(40_000);
      const { freshness } = assessFreshness({ ...known, now });
      const later = assessFreshness({ ...known, now: now + random.below(20_000) }).freshness;
      expect(order.indexOf(later)).toBeGreaterThanOrEqual(order.indexOf(freshness));
      expect(freshness === 'live').toBe(heardAt >= known.listeningSince && now - heardAt < 2 * cadenceMs);
    }
  });
});

describe('freshness', () => {
  test('waiting before anything was heard, live as soon as it speaks', () => {
    const run = runHouse();
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    run.connect();
    run.receive('heating/flow', '54.3');
    expect(freshnessOfReading(run.state, 'flow')).toEqual({ freshness: 'live', reason: null, ageMs: 0 });
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
  });

  test('a retained value is retained, whatever its client does, until it is sent anew', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '54.3', { retained: true });
    expect(freshnessOfReading(run.state, 'flow')).toMatchObject({ freshness: 'retained', ageMs: null });
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('waiting');
    run.pass(60_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('retained');
    run.receive('heating/flow', '54.4');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
  });

  test('late after two cadences, stale after three, live again with the first message', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    expect(getRow(run.state.clients, 'heating')?.cadence).toMatchObject({ ms: 5_000, source: 'learned' });
    run.receive('heating/flow', '50');
    run.pass(9_000);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    run.pass(1_000);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('late');
    run.pass(5_000);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('stale');
    expect(run.texts().at(-1)).toBe('heating is stale: silent for 15 s, its cadence is 5.0 s');
    run.receive('heating/flow', '50');
    expect(run.texts().at(-1)).toBe('heating is live again after 15 s');
  });

  test('what is assumed about a device that was hardly heard is not called its cadence', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '50');
    run.pass(16_000);
    const measure = 'a cadence of 5.0 s is assumed';
    expect(freshnessOfClient(run.state, 'heating').reason).toBe(`silent for 16 s, ${measure}`);
    expect(freshnessOfReading(run.state, 'flow').reason).toBe(`silent for 16 s, ${measure}`);
    expect(run.texts().at(-1)).toBe(`heating is stale: silent for 15 s, ${measure}`);
  });

  test('a lost link is held against nobody, and after it nothing is live until it speaks', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.disconnect();
    run.pass(600_000);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    expect(freshnessOfReading(run.state, 'flow').reason).toMatch(/^no link to the broker; last heard 10 min ago/);
    run.connect();
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    run.receive('heating/flow', '51');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
    expect(freshnessOfReading(run.state, 'return').freshness).toBe('waiting');
    run.pass(15_000);
    expect(freshnessOfReading(run.state, 'return').freshness).toBe('stale');
    expect(run.texts().filter(text => text.includes('is stale'))).toEqual([
      'heating is stale: silent for 15 s, its cadence is 5.0 s',
      'dhtclient is stale: not heard for 15 s since the link came, its cadence is 5.0 s',
    ]);
    expect(getRow(run.state.readings, 'flow')?.cadence.medianMs).toBe(5_000);
  });

  test('where a relay stood before the link came says nothing about now, though its client speaks', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.receive('heating/pump/done', 'on');
    expect(freshnessOfSwitch(run.state, 'pump').freshness).toBe('live');
    run.disconnect();
    run.pass(2_000);
    run.connect();
    run.receive('heating/flow', '51');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    expect(freshnessOfSwitch(run.state, 'pump')).toMatchObject({
      freshness: 'waiting',
      reason: 'not heard since the link came: it may have been switched meanwhile',
    });
    run.receive('heating/pump/done', 'on');
    expect(freshnessOfSwitch(run.state, 'pump').freshness).toBe('live');
  });

  test('a console that stood still calls nothing live', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.dispatch({ type: 'time-skipped', at: run.state.at + 3_600_000, skippedMs: 3_600_000 });
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    expect(run.texts().at(-1)).toContain('stood still for 60 min');
  });

  test('what was sent while the console stood still is known and not live', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    const { at } = run.state;
    run.dispatch({ type: 'time-skipped', at, skippedMs: 60_000 });
    run.dispatch({ type: 'backlog-began', at, since: at - 60_000 });
    run.receive('heating/flow', '61');
    run.receive('heating/pump/done', 'on');
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('waiting');
    run.dispatch({ type: 'backlog-ended', at });
    expect(getRow(run.state.readings, 'flow')?.value).toBe(61);
    expect(freshnessOfReading(run.state, 'flow').ageMs).toBe(60_000);
    expect(getRow(run.state.switches, 'pump')?.position).toBe('on');
    expect(freshnessOfSwitch(run.state, 'pump').ageMs).toBe(60_000);
    expect(freshnessOfClient(run.state, 'heating').ageMs).toBe(60_000);
    expect(run.texts().at(-1)).toBe('Pump reported on while hometui stood still');
    for (const freshness of [
      freshnessOfReading(run.state, 'flow').freshness,
      freshnessOfSwitch(run.state, 'pump').freshness,
      freshnessOfClient(run.state, 'heating').freshness,
    ])
      expect(freshness).toBe('waiting');
    run.pass(1_000);
    run.receive('heating/flow', '61');
    expect(run.state.at).toBeGreaterThan(at);
    expect(freshnessOfReading(run.state, 'flow').freshness).toBe('live');
  });

  test('a client that is heard of the time of a stop is back only when it speaks after it', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.pass(60_000);
    const { at } = run.state;
    run.dispatch({ type: 'backlog-began', at, since: at - 10_000 });
    run.receive('heating/flow', '61');
    run.dispatch({ type: 'backlog-ended', at });
    run.pass(1_000);
    const isBack = (text: string): boolean => text.startsWith('heating is live again');
    expect(run.texts().filter(isBack)).toEqual([]);
    run.receive('heating/flow', '61');
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
  });

  test('an age within a reason is said as the screen says ages, and a word of a device as it is', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.receive('heating/flow', '"5 s"');
    run.pass(47_000);
    const { reason } = freshnessOfReading(run.state, 'flow', ms => `${Math.floor(ms / 40_000)} forties`);
    expect(reason).toContain('silent for 1 forties');
    expect(reason).toContain('"5 s"');
  });

  test('the end of what was sent before is no link', () => {
    const run = runHouse();
    run.connect();
    run.disconnect();
    run.dispatch({ type: 'backlog-ended', at: run.state.at });
    expect(run.state.listeningSince).toBeNull();
  });

  test('garbage keeps the last good value with its age, and the client is live all the same', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    for (let round = 0; round < 4; round += 1) {
      run.receive('heating/flow', 'err\u001b[2J');
      run.receive('heating/return', '40');
      run.pass(5_000);
    }
    expect(getRow(run.state.readings, 'flow')?.value).toBe(50);
    expect(freshnessOfClient(run.state, 'heating').freshness).toBe('live');
    const report = freshnessOfReading(run.state, 'flow');
    expect(report.freshness).toBe('stale');
    expect(report.reason).toContain('is not a number');
    expect(report.reason).not.toContain('\u001b');
  });

  test.each(['nan', 'unavailable', 'null', '', '  ', '{"t":', '129 °F', '0x1A', "1'234.5"])(
    'a value that becomes unreadable says so at once, and in its own words: %j',
    payload => {
      const run = runHouse();
      run.connect();
      run.receive('heating/flow', payload);
      const before = run.texts().at(-1) ?? '';
      expect(before).toMatch(/^Flow is unreadable: (the payload is|"[^"]+" is|"\{"t":" is) .*\(heating\/flow\)$/u);
      expect(freshnessOfReading(run.state, 'flow').reason).toMatch(/^no readable value yet: /);
      speak(run, 20_000);
      run.receive('heating/flow', payload);
      expect(run.texts().at(-1)).toMatch(/; the last good value stays$/);
      expect(freshnessOfReading(run.state, 'flow')).toMatchObject({ freshness: 'stale' });
      expect(freshnessOfReading(run.state, 'flow').reason).toMatch(
        /^the last payload cannot be read: .*; the last good value stays$/u,
      );
      run.receive('heating/flow', '50');
      expect(freshnessOfReading(run.state, 'flow')).toMatchObject({ freshness: 'live', reason: null });
      expect(run.texts().at(-1)).toBe('Flow is readable again');
    },
  );

  test('an unreadable value that falls silent says both', () => {
    const run = runHouse();
    run.connect();
    speak(run, 20_000);
    run.receive('heating/flow', 'nan');
    run.pass(30_000);
    expect(freshnessOfReading(run.state, 'flow').reason).toMatch(
      /^silent for 30 s, .*; the last payload cannot be read: "nan" is not a number$/,
    );
  });

  test('a switch whose feedback becomes unreadable is not live any more', () => {
    const run = runHouse();
    run.connect();
    speak(run, 20_000);
    run.receive('heating/pump/done', 'on');
    expect(freshnessOfSwitch(run.state, 'pump').freshness).toBe('live');
    run.receive('heating/pump/done', 'maybe');
    expect(freshnessOfSwitch(run.state, 'pump')).toMatchObject({
      freshness: 'stale',
      reason: 'its last feedback cannot be read: "maybe" is neither on nor off; the last known state stays',
    });
  });

  test('a sensor that never came while its client lives says what may be the reason', () => {
    const run = runHouse();
    run.connect();
    speak(run, 20_000, ['heating/flow']);
    expect(freshnessOfReading(run.state, 'return')).toEqual({
      freshness: 'waiting',
      reason: 'never received: monitor may not read heating/return, or heating does not send it',
      ageMs: null,
    });
  });

  test('a client that comes back says it once for all its sensors', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.pass(60_000);
    run.receive('heating/flow', '50');
    run.pass(2_000);
    run.receive('heating/return', '40');
    run.pass(2_000);
    expect(run.texts().slice(-3)).toEqual([
      'heating is stale: silent for 15 s, its cadence is 5.0 s',
      'dhtclient is stale: silent for 15 s, its cadence is 5.0 s',
      'heating is live again after 65 s',
    ]);
  });

  test('one sensor that falls silent while its client speaks is told, and its return too', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    speak(run, 20_000, ['heating/flow', 'cellar/temperature', 'cellar/humidity']);
    expect(run.texts().at(-1)).toBe('Return is stale: silent for 15 s, its cadence is 5.0 s');
    speak(run, 10_000);
    expect(run.texts().at(-1)).toBe('Return is live again');
  });

  test('one long silence and one burst do not move what was learned', () => {
    const run = runHouse();
    run.connect();
    speak(run, 30_000);
    run.pass(60_000);
    for (let message = 0; message < 6; message += 1) {
      run.receive('heating/flow', '50');
      run.pass(20);
    }
    speak(run, 10_000);
    expect(getRow(run.state.readings, 'flow')?.cadence.medianMs).toBeCloseTo(5_000, -2);
  });
});

describe('the house in one word', () => {
  test('nothing ever seen is unknown, all live is ok, silence a warning', () => {
    const run = runHouse();
    expect(overallOf(run.state).level).toBe('unknown');
    run.connect();
    run.pass(12_000);
    expect(overallOf(run.state).level).toBe('unknown');
    speak(run, 20_000);
    expect(overallOf(run.state)).toEqual({ level: 'ok', reasons: [] });
    run.pass(20_000);
    expect(overallOf(run.state).level).toBe('warning');
    run.disconnect();
    expect(overallOf(run.state).level).toBe('unknown');
  });

  test('a critical limit is critical and says which', () => {
    const run = runHouse();
    run.connect();
    speak(run, 10_000);
    for (const value of ['93', '93']) run.receive('heating/flow', value);
    const overall = overallOf(run.state);
    expect(overall.level).toBe('critical');
    expect(overall.reasons).toContain('Flow is 93.0 °C, above 90');
  });
});

describe('a limit', () => {
  test('is told of the past where the value is not of now', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '95');
    expect(overallOf(run.state).reasons).toContain('Flow is 95.0 °C, above 90');
    run.pass(60_000);
    expect(overallOf(run.state).reasons).toContain('Flow was 95.0 °C, above 90, when it was last heard, 60 s ago');
    expect(overallOf(run.state).reasons.join()).not.toContain('Flow is 95');
  });

  test('of a retained value is told as such, in the journal too', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '95', { retained: true });
    const text = 'Flow was 95.0 °C, above 90, in a retained message of unknown age';
    expect(overallOf(run.state).reasons).toContain(text);
    expect(run.texts()).toContain(text);
  });

  test('a retained message that cannot be read says nothing against a value that was heard', () => {
    const run = runHouse();
    run.connect();
    run.receive('heating/flow', '50');
    run.receive('heating/flow', 'err', { retained: true });
    expect(getRow(run.state.readings, 'flow')?.fault).toBeNull();
  });
});
