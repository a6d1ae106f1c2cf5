import { describe, expect, it } from 'vitest';
import {
  factsOfUser,
  knownUsers,
  mayDoEverything,
  remedyOf,
  rightOfUser,
  topicsOfHouse,
} from '../../../../src/core/home/access/users.ts';
import type { KnownLogin } from '../../../../src/core/home/state/broker.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { kindsHouse } from '../../../helpers/house/kinds-house.ts';
import { article, emptyHome, livingHome, START, usersHome, withEvents } from '../../../helpers/ui/home.ts';

const home = usersHome();

describe('the users of a house', () => {
  it('are those of the ACL, the house and the log, ourselves first', () => {
    expect(knownUsers(home)).toEqual(['master', 'monitor', 'heating', 'dhtclient']);
    expect(knownUsers(livingHome(5))).toEqual(['monitor', 'heating', 'dhtclient']);
    const nameless = parseAclFile('topic read a\nuser guest\ntopic read b\n', 'acl');
    expect(knownUsers(withEvents(emptyHome(), { type: 'acl-read', at: START, acl: nameless }))).toContain(null);
  });

  it('have topics, each once, with what it is in the house', () => {
    const topics = topicsOfHouse(home.house);
    expect(topics.map(({ label, role }) => `${label} ${role}`).slice(3, 6)).toEqual([
      ...['Humidity value', 'Pump command', 'Pump answer'],
    ]);
    expect(new Set(topics.map(({ topic }) => topic)).size).toBe(topics.length);
    expect(topicsOfHouse(home.house)).toBe(topics);
  });

  it('have the picture of an event among them', () => {
    const events = { bell: { label: 'Bell', topic: 'door/bell', snapshot: 'door/picture' } };
    const topics = topicsOfHouse(emptyHome({ ...article(), events }).house);
    expect(topics.filter(({ label }) => label === 'Bell')).toEqual([
      { topic: 'door/bell', label: 'Bell', role: 'value' },
      { topic: 'door/picture', label: 'Bell', role: 'picture' },
    ]);
  });

  it('are logged in while the log has not told that they are gone', () => {
    const ids = (user: string) => factsOfUser(home, user).logins.map(({ clientId }) => clientId);
    expect(ids('heating')).toEqual(['esp-heating']);
    expect(ids('monitor')).toEqual([]);
    expect(factsOfUser(home, 'master').logins).toEqual([{ clientId: 'hometui-test', at: START, address: null }]);
    const entry = parseLogLine(`${START / 1_000 + 40}: mosquitto version 2.0.11 starting`);
    if (entry === null) throw new Error('the line is gone');
    const at = START + 40_000;
    const restarted = withEvents(home, { type: 'log-line-read', at, entry, source: 'file', isPast: false });
    expect(factsOfUser(restarted, 'heating').logins).toEqual([]);
  });

  it('were denied what was denied to their client identifiers', () => {
    expect(factsOfUser(home, 'dhtclient').denials).toMatchObject([{ topic: 'cellar/humidity', count: 2 }]);
    expect(factsOfUser(home, 'heating').denials).toEqual([]);
  });

  it('may what the line of the file says, and what would give it is told', () => {
    expect(rightOfUser(home, 'monitor', 'read', 'heating/flow')).toMatchObject({ allowed: true, rule: { line: 6 } });
    expect(rightOfUser(home, 'monitor', 'read', 'cellar/humidity')).toMatchObject({
      allowed: false,
      rule: { line: 8 },
    });
    expect(rightOfUser(livingHome(5), 'monitor', 'read', 'heating/flow')).toBe(null);
    expect(remedyOf(home, 'dhtclient', 'write', 'cellar/humidity')).toContain('"topic write cellar/humidity"');
  });

  it('change rights only where they may everything themselves', () => {
    const { acl } = home;
    if (acl === null) throw new Error('the story has an ACL');
    expect(mayDoEverything(home, acl)).toBe(true);
    expect(mayDoEverything({ ...home, session: { ...home.session, user: 'monitor' } }, acl)).toBe(false);
  });
});

describe('the topics of a house', () => {
  it('are all of it, in the order of its file and of what they are', () => {
    const { events = {}, counters: _, ...kinds } = kindsHouse;
    const bell = { ...(events.bell ?? { label: '', topic: '' }), snapshot: 'door/picture' };
    const told = topicsOfHouse(emptyHome({ ...kinds, events: { bell } }).house);
    expect(told.map(({ topic, label, role }) => `${topic} ${label} ${role}`)).toEqual([
      ...['room/temperature Room value', 'plug/state Power value', 'fan/level Fan level value'],
      ...['heater/state Heater value', 'washer/program Program value', 'door/contact Front door value'],
      ...['cellar/leak Cellar floor value', 'door/bell Door bell value', 'door/picture Door bell picture'],
      ...['lamp/set Lamp command', 'lamp/state Lamp answer', 'heater/target/set Target command'],
      ...['heater/target Target answer', 'heater/mode/set Mode command', 'heater/mode Mode answer'],
      ...['heater/restart Restart command', 'door/online hall availability', 'plug/online plug availability'],
    ]);
  });

  it('are named by the first that has one', () => {
    const { flow, ...others } = article().sensors;
    if (flow === undefined) throw new Error('the preset changed');
    const twice = { flow, second: { ...flow, label: 'Second', path: 'b' }, ...others };
    const told = topicsOfHouse(emptyHome({ ...article(), sensors: twice }).house);
    expect(told.filter(({ topic }) => topic === flow.topic)).toEqual([
      { topic: flow.topic, label: flow.label, role: 'value' },
    ]);
  });
});

describe('what is known of a user', () => {
  const login = (user: string | null, isHere = true): KnownLogin => {
    return { user, isHere, at: START, address: '10.0.0.7', port: 5 };
  };
  const logins = new Map([
    ['hometui-test', login('master')],
    ['old', login('heating')],
    ['new', login('heating')],
    ['gone', login('heating', false)],
    ['bare', login(null)],
  ]);
  const [first] = home.denials;
  if (first === undefined) throw new Error('the story has a denial');
  const denied = (id: number, user: string | null, client: string | null) => ({ ...first, id, user, client });
  const denials = [
    denied(1, 'heating', 'elsewhere'),
    denied(2, null, 'gone'),
    denied(3, null, 'bare'),
    denied(4, null, null),
    denied(5, 'stranger', 'old'),
  ];
  const state: HomeState = { ...home, logins, denials };

  it('is where it is logged in, and what was denied to its name or to a client of it', () => {
    const found = (user: string | null, of = state) => {
      const facts = factsOfUser(of, user);
      return [facts.logins.map(({ clientId }) => clientId), facts.denials.map(({ id }) => id)];
    };
    expect(found('heating')).toEqual([
      ['old', 'new'],
      [1, 2],
    ]);
    expect(found('stranger')).toEqual([[], [5]]);
    expect(found(null)).toEqual([['bare'], [3]]);
    expect(found('master')).toEqual([['hometui-test'], []]);
    // Without a link nobody of us is there.
    const link = { ...state.link, phase: 'waiting' } as HomeState['link'];
    expect(found('master', { ...state, link })).toEqual([[], []]);
    expect(factsOfUser(state, 'heating').logins[0]).toEqual({ clientId: 'old', at: START, address: '10.0.0.7' });
  });

  it('is named by the list, the house and the log, each once', () => {
    expect(knownUsers({ ...state, acl: null })).toEqual(['master', 'heating', 'dhtclient', null]);
  });

  const acl = parseAclFile('pattern read %c/own\npattern read pre%u/x\n', '/etc/acl');
  const may = (user: string | null, topic: string, more: Partial<HomeState> = {}) =>
    rightOfUser({ ...state, acl, ...more }, user, 'read', topic)?.allowed;

  it('is by the client identifier that it has: ours, the one that came last, or for want of one its name', () => {
    expect([may('master', 'hometui-test/own'), may('master', 'master/own')]).toEqual([true, false]);
    expect([may('heating', 'gone/own'), may('heating', 'old/own')]).toEqual([true, false]);
    expect([may('nobody', 'nobody/own'), may('nobody', 'old/own')]).toEqual([true, false]);
    expect([may(null, 'bare/own'), may(null, '/own', { logins: new Map() })]).toEqual([true, true]);
  });

  it('is by the version of the broker: from 2.1 on a name is a level of its own', () => {
    const broker = (version: string | null) => ({ broker: { ...state.broker, version } });
    expect(may('heating', 'preheating/x', broker('2.0.11'))).toBe(true);
    expect(may('heating', 'preheating/x', broker(null))).toBe(true);
    expect(may('heating', 'preheating/x', broker('2.1.2'))).toBe(false);
  });

  it('is no right to everything where it may only read, or not beyond the house', () => {
    const everything = (line: string) => mayDoEverything(state, parseAclFile(`user master\n${line}\n`, '/etc/acl'));
    expect(everything('topic readwrite #')).toBe(true);
    expect(everything('topic read #')).toBe(false);
    expect(everything('topic write #')).toBe(false);
    expect(everything('topic readwrite heating/#\ntopic readwrite cellar/#')).toBe(false);
  });
});
