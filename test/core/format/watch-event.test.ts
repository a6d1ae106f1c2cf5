import { describe, expect, it } from 'vitest';
import { plainStyle } from '../../../src/core/format/style.ts';
import { type WatchEvent, watchEvents, watchJson } from '../../../src/core/format/watch-event.ts';
import { watchCsv, watchCsvHeader, watchText } from '../../../src/core/format/watch-line.ts';
import type { HomeEvent } from '../../../src/core/home/event.ts';
import { update } from '../../../src/core/home/update.ts';
import { speak } from '../../helpers/five-houses.ts';
import { type HouseRun, NOON, runHouse } from '../../helpers/house-run.ts';
import { parseCsv } from '../../helpers/parse-csv.ts';

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
    expect(brief(events)).toEqual(expect.arrayContaining(['sensor: Flow 54.3 °C', 'switch: Pump is on']));
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

describe('a line of watch', () => {
  const [event] = watch(runHouse(), connect, message('heating/flow', '54.3')).filter(({ type }) => type === 'sensor');
  if (event === undefined) throw new Error('no event');

  it('is text with its time', () => {
    expect(watchText(event, () => '13:00:00', plainStyle)).toBe('13:00:00  Flow 54.3 °C\n');
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
