import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/house/presets.ts';
import { checkAccess } from '../../../src/core/mosquitto/acl-check.ts';
import { isRefused, parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { demoAclText, demoUsers } from '../../../src/core/simulation/demo-house.ts';
import { withDoor } from '../../../src/core/simulation/door.ts';

describe.each(Object.entries(presets))('the demo in the house %s', (_name, house) => {
  const acl = parseAclFile(demoAclText(house), 'demo.acl');
  const may = (user: string, access: 'read' | 'write', topic: string): boolean =>
    checkAccess(acl, { user, clientId: 'x', access, topic }).allowed;
  const flow = house.sensors.flow?.topic ?? '';
  const temperature = house.sensors.temperature?.topic ?? '';
  const { command = '', feedback = '' } = house.switches.pump ?? {};

  it('has an ACL that mosquitto takes, with a section for each user', () => {
    expect(isRefused(acl)).toBe(false);
    expect(demoUsers(house)).toEqual(['heating', 'dhtclient', 'monitor', 'master', 'guest']);
    expect(acl.sections.map(section => section.user)).toEqual([...demoUsers(house)]);
  });

  it('lets the devices do their work and no more', () => {
    expect(may('heating', 'write', flow)).toBe(true);
    expect(may('heating', 'write', feedback)).toBe(true);
    expect(may('heating', 'read', command)).toBe(true);
    expect(may('heating', 'write', command)).toBe(false);
    expect(may('dhtclient', 'write', flow)).toBe(false);
  });

  it('lets the watcher read and switch, and the guest read one temperature', () => {
    expect(may('monitor', 'read', flow)).toBe(true);
    expect(may('monitor', 'write', command)).toBe(true);
    expect(may('monitor', 'write', flow)).toBe(false);
    expect(may('monitor', 'read', '$SYS/broker/log/N')).toBe(false);
    expect(may('guest', 'read', temperature)).toBe(true);
    expect(may('guest', 'read', flow)).toBe(false);
    expect(may('guest', 'write', command)).toBe(false);
    expect(may('master', 'read', '$SYS/broker/log/N')).toBe(true);
  });

  it('has a user more for a door, who may ring and show who is there, and whom the watcher hears', () => {
    const withBell = withDoor(house);
    const own = parseAclFile(demoAclText(withBell), 'demo.acl');
    const mayNow = (user: string, access: 'read' | 'write', topic: string): boolean =>
      checkAccess(own, { user, clientId: 'x', access, topic }).allowed;
    expect(demoUsers(withBell)).toEqual(['heating', 'dhtclient', 'door', 'monitor', 'master', 'guest']);
    expect(own.sections.map(section => section.user)).toEqual([...demoUsers(withBell)]);
    expect([mayNow('door', 'write', 'door/bell'), mayNow('door', 'write', 'door/picture')]).toEqual([true, true]);
    expect([mayNow('door', 'write', flow), mayNow('guest', 'write', 'door/bell')]).toEqual([false, false]);
    expect([mayNow('monitor', 'read', 'door/bell'), mayNow('monitor', 'read', 'door/picture')]).toEqual([true, true]);
  });
});
