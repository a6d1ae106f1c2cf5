import { describe, expect, it } from 'vitest';
import {
  factsOfUser,
  knownUsers,
  mayDoEverything,
  remedyOf,
  rightOfUser,
  topicsOfHouse,
} from '../../../../src/core/home/access/users.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
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
      { topic: 'door/picture', label: 'Bell', role: 'value' },
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
