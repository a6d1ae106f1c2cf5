import { describe, expect, it } from 'vitest';
import { packState, unpackState } from '../../../src/core/daemon/packed-state.ts';
import { emptySeries } from '../../../src/core/home/readings/series.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { mapRows } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';
import { articleHouse, NOON, runHouse, session } from '../../helpers/house/house-run.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { liveAtRandom } from '../../helpers/random/random-life.ts';

const house = createHouse(articleHouse());

/** As it goes over a socket. */
const carried = (state: HomeState, byMs = 0): unknown => JSON.parse(JSON.stringify(packState(state, byMs)));
const withoutSeries = (state: HomeState): HomeState => ({
  ...state,
  readings: mapRows(state.readings, row => ({ ...row, series: emptySeries })),
});

/** All that can be known, with the moments of it counted from `start`. */
function eventful(start: number): HomeState {
  const log = (second: number, words: string): HomeEvent => {
    const entry = parseLogLine(`${start / 1_000 + second}: ${words}`);
    if (entry === null) throw new Error(words);
    return { type: 'log-line-read', at: start + 1_000 * second, entry, source: 'file', isPast: false };
  };
  const message = (second: number, topic: string, text: string, isRetained = false): HomeEvent => {
    const payload = new TextEncoder().encode(text);
    return { type: 'message-received', at: start + 1_000 * second, topic, payload, isRetained };
  };
  const login = (second: number, address: string): HomeEvent =>
    log(second, `New client connected from ${address}:40102 as twin (p5, c1, k60, u'heating').`);
  const connected: HomeEvent = {
    type: 'link-changed',
    at: start,
    link: { phase: 'connected', protocol: '5', connectedAt: start },
  };
  const events: readonly HomeEvent[] = [
    { type: 'acl-read', at: start, acl: parseAclFile('user monitor\ntopic read heating/#\n', 'acl') },
    connected,
    { type: 'filter-answered', at: start, filter: 'cellar/fan/done', code: 135 },
    { type: 'filter-left-out', at: start, filter: 'heating/pump/done' },
    ...[0, 5, 10, 15].map(second => message(second, 'heating/flow', `${50 + second}`)),
    message(15, 'cellar/temperature', '14', true),
    message(16, 'heating/return', 'rubbish'),
    message(16, 'heating/pump/done', 'on'),
    message(17, 'heating/pump/done', 'off'),
    message(17, 'heating/burner', 'on', true),
    { type: 'switch-requested', at: start + 18_000, switchId: 'pump', target: 'on' },
    { type: 'command-acknowledged', at: start + 18_001, commandId: 1, code: 135 },
    log(19, "Denied PUBLISH from twin (d0, q1, r0, m1, 'heating/x', ... (1 bytes))"),
    log(20, 'mosquitto version 2.0.11 starting'),
    log(20, 'Error: Unable to open acl_file "acl".'),
    login(21, '10.0.0.1'),
    ...[22, 24, 26, 28].flatMap(second => [
      log(second, 'Client twin already connected, closing old connection.'),
      login(second, second % 4 === 0 ? '10.0.0.1' : '10.0.0.2'),
    ]),
    { type: 'issue-found', at: start + 29_000, issue: { severity: 'info', message: 'a note' } },
    { type: 'ticked', at: start + 30_000 },
    { type: 'backlog-began', at: start + 31_000, since: start + 30_000 },
  ];
  return events.reduce((state, event) => update(state, event).state, createState(house, session, start));
}

describe('a state that is packed and unpacked', () => {
  it('is the same, whatever the house has lived through', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      liveAtRandom(createRandom(seed), state => {
        expect(unpackState(carried(state), state.house, state.session, 0)).toEqual(withoutSeries(state));
      });
    }
    const state = eventful(NOON);
    for (const field of ['passingIssues', 'takeOvers', 'logins', 'unheardFilters'] as const) {
      expect(state[field].size, field).toBeGreaterThan(0);
    }
    expect([state.denials.length, state.recentLog.length, state.acl?.order.users.size]).toEqual([2, 12, 1]);
    expect(unpackState(carried(state), house, session, 0)).toEqual(withoutSeries(state));
  });

  it('has each of its moments on the other clock', () => {
    const byMs = -7_200_000;
    const there = eventful(NOON + byMs);
    expect(unpackState(carried(eventful(NOON), byMs), house, session, 0)).toEqual(withoutSeries(there));
    expect(unpackState(carried(eventful(NOON)), house, session, byMs)).toEqual(withoutSeries(there));
  });

  it('is nothing where it is of another house or of another program', () => {
    const { clients, ...lacking } = carried(runHouse().state) as Record<string, unknown>;
    const rows = clients as readonly Record<string, unknown>[];
    const [first = {}, ...others] = rows;
    const broken: readonly unknown[] = [
      null,
      7,
      [],
      {},
      lacking,
      { ...lacking, clients, more: 1 },
      { ...lacking, clients: others },
      { ...lacking, clients: [...others, first] },
      { ...lacking, clients: [{ ...first, more: 1 }, ...others] },
      { ...lacking, clients: [null, ...others] },
    ];
    for (const packed of broken) expect(unpackState(packed, house, session, 0)).toBe(null);
    const gone = carried(runHouse().state);
    const smaller = { ...articleHouse(), switches: {}, panels: [] };
    expect(unpackState(gone, createHouse(smaller), session, 0)).toBe(null);
  });
});
