import { describe, expect, it } from 'vitest';
import type { LinkEnd } from '../../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import type { Command, SwitchState } from '../../../../src/core/home/state/switch.ts';
import { whyLost } from '../../../../src/core/home/switches/why-lost.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { emptyHome } from '../../../helpers/ui/home.ts';

const home = emptyHome({
  ...{ name: 'H', sensors: {}, clients: {}, panels: [] },
  switches: { pump: { label: 'Pump', command: 'a/pump', feedback: 'a/pump/done', on: 'on', off: 'off', key: 'p' } },
  numbers: { level: { label: 'Level', command: 'a/level', feedback: 'a/level/done', unit: '', min: 0, max: 9 } },
} as unknown as HouseConfig);
const LOOK = 'Look at the device, or switch again once its state is known';

const words = (end: LinkEnd, command: Partial<Command> = {}, state: Partial<HomeState> = {}, id = 'pump') =>
  whyLost(
    { ...home, ...state },
    { id } as SwitchState,
    { target: 'on', feedback: null, echoedAt: null, ...command } as Command,
    end,
  );
const feedback = (position: string, isNews: boolean) => ({ feedback: { position, isNews, at: 0 } }) as Partial<Command>;

describe('a command whose link was lost', () => {
  it('was carried out as far as its device says so anew', () => {
    expect(words('lost', feedback('on', true))).toEqual([
      'the link was lost before the broker acknowledged it, and the relay reports on',
      LOOK,
    ]);
    const level = words('lost', { target: '5', ...feedback('5', true) }, {}, 'level');
    expect(level[0]).toBe('the link was lost before the broker acknowledged it, and the device reports 5');
    const unknown = words('lost', feedback('on', true), {}, 'gone');
    expect(unknown[0]).toContain('and the relay reports on');
  });

  it.each([
    ['another position', feedback('off', true)],
    ['what it said before', feedback('on', false)],
    ['nothing', {}],
  ])('may have arrived where it says %s', (_, command) => {
    expect(words('lost', command)).toEqual([
      'the link was lost on the way: it may have arrived, and may still be carried out',
      LOOK,
    ]);
  });

  it('was delivered where its echo came', () => {
    expect(words('not-authorized', { echoedAt: 5 })).toEqual([
      'the broker delivered it, then the link was lost: an answer could not be heard',
      LOOK,
    ]);
  });

  it('was probably denied where the broker says why it closes', () => {
    const [detail, cure] = words('not-authorized');
    expect(detail).toMatch(/^the broker closed the connection after it with .*: it probably denied it$/);
    expect(cure).not.toBe(LOOK);
  });
});

describe('a command after which the broker closed', () => {
  const closed: LinkEnd = 'closed';
  const unproven =
    'the connection was closed before the broker acknowledged it: the line was cut, or the broker closes on what it denies; it may still be carried out';
  const denied = (why: string) =>
    `the connection was closed before the broker acknowledged it: it was probably denied, for ${why}`;
  const denial = { evidence: 'logged', access: 'publish', topic: 'a/pump', user: 'monitor' };
  const withDenial = (more: object) => ({ denials: [{ ...denial, ...more }] }) as unknown as Partial<HomeState>;

  it('may have been denied or cut off, where nothing speaks for either', () => {
    expect(words(closed)).toEqual([unproven, `${LOOK}; where it ends so each time, look into the broker's log`]);
  });

  it('was probably denied where its log says so of this topic and user', () => {
    expect(words(closed, {}, withDenial({}))[0]).toBe(denied("the broker's log says so of this topic"));
    for (const more of [{ evidence: 'refused' }, { access: 'subscribe' }, { topic: 'a/other' }, { user: 'other' }])
      expect(words(closed, {}, withDenial(more))[0]).toBe(unproven);
  });

  it('was probably denied where the access control list says so', () => {
    const acl = parseAclFile('user monitor\ntopic read #\n', '/etc/acl');
    expect(words(closed, {}, { acl } as unknown as Partial<HomeState>)[0]).toBe(denied('/etc/acl does not allow it'));
    const may = parseAclFile('user monitor\ntopic readwrite #\n', '/etc/acl');
    expect(words(closed, {}, { acl: may } as unknown as Partial<HomeState>)[0]).toBe(unproven);
  });
});
