import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/core/doctor/check.ts';
import { examineHouse, type HouseInput } from '../../../src/core/doctor/house.ts';
import { unknownBroker } from '../../../src/core/home/state/broker.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import {
  article,
  connected,
  emptyHome,
  linkLost,
  livingHome,
  message,
  START,
  withEvents,
} from '../../helpers/ui/home.ts';

const input: HouseInput = {
  ...{ acl: null, aclChangedAt: null, startedAt: START + 60_000 },
  logged: { readAt: null, refusedAt: [] },
};
const examine = (state: HomeState, id: Check['id'], change: Partial<HouseInput> = {}) =>
  examineHouse(state, { ...input, ...change }).filter(check => check.id === id);
const say = (...args: Parameters<typeof examine>) =>
  examine(...args).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);

const home = livingHome(30);

describe('the broker', () => {
  it('is of the version that it told, or of none that is known', () => {
    const told = withEvents(home, { type: 'version-read', at: home.at, version: '2.0.11' });
    expect(say(told, 'version')).toEqual(['well broker: mosquitto 2.0.11']);
    expect(say(home, 'version')).toEqual([expect.stringMatching(/^unexamined broker: neither its log nor/)]);
  });

  it('is at fault by its own words: that it ended, and that it cannot use its rights', () => {
    expect([...examine(home, 'broker'), ...examine(home, 'in-force')]).toEqual([]);
    const end = { how: 'not-started', about: 'password file', detail: 'Duplicate user' } as const;
    const ended = examine({ ...linkLost(home, 1_000), broker: { ...unknownBroker, end } }, 'broker');
    expect(ended).toMatchObject([{ sign: 'fault', subject: 'broker' }]);
    expect(ended[0]?.evidence).toContain('Duplicate user');
    const broken = { ...home, aclBroken: { at: START, detail: 'Invalid line', reloadedAt: null } };
    expect(examine(broken, 'in-force')).toMatchObject([{ sign: 'fault', subject: 'rights' }]);
    expect(examine(broken, 'in-force')[0]?.evidence).toContain('Invalid line');
  });

  it('is told of by issues, but for those that only inform', () => {
    const issues = (['error', 'warning', 'info'] as const).map(severity => ({
      ...{ severity, message: `an ${severity}`, cure: 'Mend it.', place: { file: 'f', line: 3 } },
    }));
    expect(examine({ ...home, issues }, 'broker')).toEqual([
      {
        id: 'broker',
        sign: 'fault',
        subject: 'log',
        evidence: 'an error',
        cure: 'Mend it.',
        place: { file: 'f', line: 3 },
      },
      {
        id: 'broker',
        sign: 'warning',
        subject: 'log',
        evidence: 'an warning',
        cure: 'Mend it.',
        place: { file: 'f', line: 3 },
      },
    ]);
    expect(examine({ ...home, issues: [{ severity: 'error', message: 'm' }] }, 'broker')).toMatchObject([
      { cure: null, place: null },
    ]);
  });
});

describe('a device', () => {
  it('is well while its values come, and else worth a look', () => {
    expect(say(home, 'device')).toEqual(['well heating: its values come', 'well dhtclient: its values come']);
    expect(say(emptyHome(), 'device')[0]).toMatch(/^warning heating: waiting/);
  });

  it('is well where it has no pace, and says that it is there', () => {
    const config = article();
    const { heating } = config.clients;
    if (heating === undefined) throw new Error('no such client');
    const sensors = Object.fromEntries(
      Object.entries(config.sensors).map(([id, sensor]) => [id, { ...sensor, retained: true }]),
    );
    const clients = { ...config.clients, heating: { ...heating, availability: { topic: 'heating/status' } } };
    const kept = withEvents(
      emptyHome({ ...config, sensors, clients }),
      connected(START),
      message(START + 1_000, 'heating/status', 'online', true),
    );
    expect(say(kept, 'device')[0]).toMatch(
      /^well heating: nothing was heard of it but its word.*; it speaks when it has something to say$/,
    );
  });

  it('is at fault where it says that it is offline', () => {
    const config = article();
    const { heating } = config.clients;
    if (heating === undefined) throw new Error('no such client');
    const clients = { ...config.clients, heating: { ...heating, availability: { topic: 'heating/status' } } };
    const offline = withEvents(
      livingHome(30, emptyHome({ ...config, clients })),
      message(START + 31_000, 'heating/status', 'offline'),
    );
    const [found, other] = examine(offline, 'device');
    expect(found).toMatchObject({ sign: 'fault', subject: 'heating' });
    expect(found?.evidence).toMatch(/^offline: /);
    expect(other?.sign).toBe('well');
  });
});

describe('a command topic', () => {
  const everything = parseAclFile('user monitor\ntopic read #\n', '/etc/acl');
  it('with something retained on it switches again and again', () => {
    const found = examine(withEvents(home, message(home.at, 'heating/pump', 'on', true)), 'retained-command');
    expect(found).toMatchObject([{ sign: 'fault', subject: 'Pump' }]);
    expect(found[0]?.evidence).toMatch(/^a retained "on" lies on heating\/pump: it switches Pump again/);
    expect(found[0]?.cure).toMatch(/^Remove it: .*heating\/pump/);
  });

  it('is well where we would have seen that, and not known where we may not read all of them', () => {
    expect(say(home, 'retained-command', { acl: everything })).toEqual([
      'well command topics: nothing is retained on them',
    ]);
    const some = parseAclFile('user monitor\ntopic read heating/#\n', '/etc/acl');
    const others = parseAclFile('user heating\ntopic read #\n', '/etc/acl');
    for (const acl of [null, some, others])
      expect(say(home, 'retained-command', { acl })).toEqual([
        expect.stringMatching(/^unexamined command topics: whether something is retained on them/),
      ]);
  });

  it('is not told of where the house has none', () => {
    const config = article();
    const clients = { heating: { publishes: ['flow', 'return'] } };
    expect(examine(emptyHome({ ...config, switches: {}, clients }), 'retained-command')).toEqual([]);
  });
});

it('tells what was denied', () => {
  expect(say(home, 'denial')).toEqual(['well denials: the log tells of none']);
});
