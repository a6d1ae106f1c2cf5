import { describe, expect, it } from 'vitest';
import { plainStyle } from '../../../../src/core/format/style.ts';
import { isShown, type WatchEvent, watchEvents, watchJson } from '../../../../src/core/format/watch/watch-event.ts';
import { watchCsv, watchCsvHeader, watchText } from '../../../../src/core/format/watch/watch-line.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { update } from '../../../../src/core/home/update.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { parseCsv } from '../../../helpers/formats/parse-csv.ts';
import { speak } from '../../../helpers/house/five-houses.ts';
import { type HouseRun, NOON, runHouse, unreachable } from '../../../helpers/house/house-run.ts';

const connect: HomeEvent = {
  type: 'link-changed',
  at: NOON,
  link: { phase: 'connected', protocol: '5', connectedAt: NOON },
};
const message = (topic: string, payload: string, at = NOON): HomeEvent => ({
  type: 'message-received',
  at,
  topic,
  payload: new TextEncoder().encode(payload),
  isRetained: false,
});

/** The lines of watch for events, each after the one before. */
function watch(run: HouseRun, ...events: readonly HomeEvent[]): WatchEvent[] {
  let { state } = run;
  return events.flatMap(event => {
    const before = state;
    state = update(before, event).state;
    return watchEvents(event, before, state);
  });
}

const brief = (events: readonly WatchEvent[]): string[] => events.map(event => `${event.type}: ${event.text}`);

describe('watchEvents', () => {
  it('tells the link, values and positions', () => {
    const events = watch(runHouse(), connect, message('heating/flow', '54.3'), message('heating/pump/done', 'on'));
    expect(brief(events).slice(1)).toEqual(['sensor: Flow 54.3 °C', 'switch: Pump reported on']);
    expect(events[0]).toMatchObject({ type: 'link', detail: { connected: true, protocol: '5' } });
    expect(events.find(event => event.type === 'sensor')).toMatchObject({ id: 'flow', detail: { value: 54.3 } });
  });

  it('tells a command, its verdict and its denial once each', () => {
    const run = runHouse();
    run.connect();
    speak(run);
    const id = run.state.nextId;
    const events = watch(
      run,
      { type: 'switch-requested', at: NOON, switchId: 'fan', target: 'on' },
      { type: 'command-acknowledged', at: NOON, commandId: id, code: 0x87 },
    );
    expect(events.map(event => event.type)).toEqual(['command', 'verdict', 'denial']);
    expect(events[1]).toMatchObject({
      id: 'fan',
      level: 'critical',
      detail: { verdict: 'denied', evidence: 'refused' },
    });
  });

  it('leaves out nothing that the journal of the console has', () => {
    const run = runHouse();
    const at = (second: number): number => NOON + 1_000 * second;
    const logged = (second: number, line: string): HomeEvent => {
      const entry = parseLogLine(`${Math.floor(at(second) / 1_000)}: ${line}`);
      if (entry === null) throw new Error(line);
      return { type: 'log-line-read', at: at(second), entry, source: 'file', isPast: false };
    };
    const lost = { phase: 'waiting', failure: unreachable, attempt: 1, retryAt: at(70) } as const;
    const back = { phase: 'connected', protocol: '5', connectedAt: at(80) } as const;
    const login = "New client connected from 127.0.0.1:40102 as h-1 (p5, c1, k0, u'heating').";
    const events: HomeEvent[] = [
      connect,
      { ...message('heating/pump', 'on', at(1)), isRetained: true } as HomeEvent,
      message('heating/flow', '54.3', at(2)),
      message('heating/flow', 'err', at(3)),
      message('heating/flow', '99', at(4)),
      message('cellar/temperature', '14', at(5)),
      logged(6, login),
      logged(7, "Denied PUBLISH from h-1 (d0, q1, r0, m1, 'cellar/fan', ... (2 bytes))"),
      logged(8, "Denied PUBLISH from h-1 (d0, q1, r0, m2, 'cellar/fan', ... (2 bytes))"),
      logged(9, 'Client <unknown> disconnected, not authorised.'),
      logged(10, 'Client x already connected, closing old connection.'),
      logged(11, 'Client y disconnected due to malformed packet.'),
      logged(12, 'Reloading config.'),
      logged(12, 'Error: Invalid line in acl_file "/etc/mosquitto/acl": Topic x.'),
      logged(12, 'Error opening acl file "/etc/mosquitto/acl".'),
      { type: 'filter-answered', at: at(13), filter: 'heating/return', code: 0x87 },
      {
        type: 'issue-found',
        at: at(14),
        issue: { severity: 'warning', message: 'the log cannot be read', cure: 'Look.' },
      },
      { type: 'ticked', at: at(60) },
      logged(61, 'Client h-1 closed its connection.'),
      { type: 'link-changed', at: at(62), link: lost },
      { type: 'link-changed', at: at(80), link: back },
      { type: 'time-skipped', at: at(3_600), skippedMs: 3_000_000 },
    ];
    let { state } = run;
    const told = events.flatMap(event => {
      const before = state;
      state = update(before, event).state;
      return watchEvents(event, before, state);
    });
    const texts = told.map(event => event.text);
    expect(state.journal.length).toBeGreaterThan(15);
    for (const entry of state.journal)
      expect(texts.filter(text => text === entry.text)).toHaveLength(timesOf(entry.text));
    // A denial is told each time, though the journal has it once.
    function timesOf(text: string): number {
      return text.includes('may not publish to cellar/fan') ? 2 : state.journal.filter(one => one.text === text).length;
    }
    const kinds = new Set(told.map(event => event.type));
    expect([...kinds].sort()).toEqual(['broker', 'client', 'denial', 'issue', 'link', 'sensor', 'switch']);
    const alarm = told.find(event => event.text.includes('cannot use its access control list'));
    expect(alarm).toMatchObject({ type: 'broker', level: 'critical' });
    expect(alarm?.detail.remedy).toContain('sudo systemctl reload-or-restart mosquitto');
    for (const event of told)
      expect(JSON.parse(watchJson(event))).toMatchObject({ type: event.type, text: event.text });
  });

  it('calls nothing of now that was sent while hometui stood still', () => {
    const run = runHouse();
    run.connect();
    speak(run);
    const at = run.state.at + 60_000;
    const events = watch(
      run,
      { type: 'time-skipped', at, skippedMs: 60_000 },
      { type: 'backlog-began', at, since: at - 60_000 },
      message('heating/flow', '61', at),
      message('heating/pump/done', 'off', at),
      message('heating/pump/done', 'on', at),
    );
    expect(brief(events).slice(1)).toEqual([
      'sensor: Flow 61.0 °C (said while hometui stood still)',
      'switch: Pump reported off while hometui stood still',
      'switch: Pump reported on while hometui stood still',
    ]);
    expect(events[1]).toMatchObject({ detail: { freshness: 'waiting' } });
  });

  it('says nothing where nothing is new, and says silence once', () => {
    const run = runHouse();
    run.connect();
    speak(run);
    const ticks = Array.from({ length: 60 }, (_, second) => ({ type: 'ticked', at: NOON + second * 1_000 }) as const);
    const lines = brief(watch(run, ...ticks)).filter(line => line.includes('heating'));
    expect(lines.filter(line => line.includes('stale'))).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(2);
  });
});

describe('where only some ids are asked for', () => {
  it('shows what is about them, a derived value by its sensors, and what is about all', () => {
    const run = runHouse();
    const entry = (line: string): HomeEvent => {
      const read = parseLogLine(line);
      if (read === null) throw new Error(`no log line: ${line}`);
      return { type: 'log-line-read', at: NOON, entry: read, source: 'file', isPast: false };
    };
    const issue = { severity: 'warning', message: 'the log cannot be read', cure: 'Look.' } as const;
    const events = watch(
      run,
      connect,
      message('heating/flow', '54.3'),
      message('cellar/temperature', '14'),
      message('heating/pump/done', 'on'),
      entry("Denied PUBLISH from x (d0, q1, r0, m1, 'cellar/fan', ... (2 bytes))"),
      entry("Denied PUBLISH from x (d0, q1, r0, m1, 'heating/pump', ... (2 bytes))"),
      entry('Reloading config.'),
      entry('Error opening acl file "/etc/mosquitto/acl".'),
      entry('Client x already connected, closing old connection.'),
      { type: 'issue-found', at: NOON, issue },
    );
    const shown = (...ids: string[]): string[] =>
      brief(events.filter(event => isShown(event, run.state.house, new Set(ids))));
    const forAll = [
      'link: connected to localhost:1883 with MQTT 5',
      'broker: the broker cannot use its access control list: Error opening acl file "/etc/mosquitto/acl"',
      'issue: the log cannot be read: Look.',
    ];
    expect(shown('dewPoint').sort()).toEqual([...forAll, 'sensor: Temperature 14.0 °C'].sort());
    expect(shown('pump').filter(line => !forAll.includes(line))).toEqual([
      'switch: Pump reported on',
      'denial: client "x" may not publish to heating/pump',
    ]);
  });
});

describe('a line of watch', () => {
  const [event] = watch(runHouse(), connect, message('heating/flow', '54.3')).filter(({ type }) => type === 'sensor');
  if (event === undefined) throw new Error('no event');

  it('is text with its time', () => {
    expect(watchText(event, () => '13:00:00', plainStyle)).toBe('13:00:00  Flow 54.3 °C\n');
  });

  it('says of a denial what to do about it', () => {
    const entry = parseLogLine("Denied PUBLISH from h-1 (d0, q1, r0, m1, 'cellar/fan', ... (2 bytes))");
    const login = parseLogLine("New client connected from 127.0.0.1:40102 as h-1 (p5, c1, k60, u'heating').");
    if (entry === null || login === null) throw new Error('no log line');
    const [line] = watch(
      runHouse(),
      { type: 'log-line-read', at: NOON, entry: login, source: 'file', isPast: false },
      { type: 'log-line-read', at: NOON, entry, source: 'file', isPast: false },
    ).map(denial => watchText(denial, () => '13:00:00', plainStyle));
    expect(line).toMatch(
      /^13:00:00 {2}heating may not publish to cellar\/fan\. If it .* add "topic write cellar\/fan" below/,
    );
  });

  it('is JSON with type, at and the fields of status', () => {
    expect(JSON.parse(watchJson(event))).toMatchObject({
      type: 'sensor',
      at: '2026-01-01T12:00:00.000Z',
      id: 'flow',
      label: 'Flow',
      value: 54.3,
      unit: '°C',
      ageMs: 0,
      freshness: 'live',
      level: 'ok',
    });
    expect(watchJson(event).match(/\n/g)).toHaveLength(1);
  });

  it('is a CSV record', () => {
    expect(parseCsv(watchCsvHeader + watchCsv(event))).toEqual([
      ['at', 'type', 'id', 'value', 'unit', 'freshness', 'severity', 'text'],
      ['2026-01-01T12:00:00.000Z', 'sensor', 'flow', '54.3', '°C', 'live', 'info', 'Flow 54.3 °C'],
    ]);
  });

  it('takes nothing for a formula', () => {
    expect(parseCsv(watchCsv({ ...event, text: '=1+1', id: 'a"b,c' }))[0]?.slice(2)).toEqual([
      ...['a"b,c', '54.3', '°C', 'live', 'info', "'=1+1"],
    ]);
  });
});
