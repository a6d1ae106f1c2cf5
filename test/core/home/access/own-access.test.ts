import { expect, test } from 'vitest';
import { ownAccess } from '../../../../src/core/home/access/own-access.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { runHouse } from '../../../helpers/house/house-run.ts';

test('our own access is what the list says of our name and client identifier, and nothing without a list', () => {
  const { state } = runHouse();
  expect(ownAccess(state, 'read', 'heating/flow')).toBeNull();
  const { user, clientId } = state.session;
  const acl = parseAclFile(`user ${user}\ntopic read heating/flow\npattern write ${'%c'}/own\n`, '/etc/acl');
  const allowed = (access: 'read' | 'write', topic: string) => ownAccess({ ...state, acl }, access, topic)?.allowed;
  expect(allowed('read', 'heating/flow')).toBe(true);
  expect(allowed('write', 'heating/flow')).toBe(false);
  expect(allowed('write', `${clientId}/own`)).toBe(true);
});
