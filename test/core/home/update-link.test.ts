import { describe, expect, it } from 'vitest';
import { lockOf, mayWrite } from '../../../src/core/home/select.ts';
import { deny, livingHome, lockedHome, START, withEvents } from '../../helpers/ui-home.ts';

const asMaster = { type: 'login-changed', at: START + 700_000, user: 'master' } as const;

describe('another user', () => {
  it('is who we are from then on', () => {
    const home = withEvents(livingHome(10), asMaster);
    expect(home.session).toEqual({ ...livingHome(10).session, user: 'master' });
  });

  it('has the rights of its own: nothing proven of the one before counts', () => {
    const home = deny(livingHome(600), 'fan');
    expect(mayWrite(home, 'fan')).toBe(false);
    expect(mayWrite(withEvents(home, asMaster), 'fan')).toBeNull();
    expect(mayWrite(withEvents(home, { ...asMaster, user: 'monitor' }), 'fan')).toBe(false);
  });

  it('is whom the access control list is asked about', () => {
    expect(lockOf(lockedHome(), 'fan')).toContain('monitor may not write cellar/fan');
    expect(lockOf(withEvents(lockedHome(), asMaster), 'pump')).toContain('master may not write heating/pump');
  });
});
