import { describe, expect, test } from 'vitest';
import { noteDenied, noteLoginRefused } from '../../../../src/core/home/broker-log/update-log-denial.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { NOON, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

const OWN = 'hometui-test';
const { state: empty } = runHouse();
/** The house after our own login was refused at noon. */
const refused: HomeState = {
  ...empty,
  denials: [
    {
      ...{ id: 1, firstAt: NOON, at: NOON, count: 1, evidence: 'refused', client: OWN, user: 'monitor' },
      ...{ access: 'connect', topic: null, detail: 'refused', remedy: '' },
    },
  ],
};
const refusal = (clientId: string | null, user: string | null, afterMs = 0, peer: string | null = null) =>
  ({ kind: 'login-refused', at: NOON + afterMs, clientId, user, peer }) as const;
const countOf = ({ denials }: HomeState): number => denials.reduce((sum, { count }) => sum + count, 0);
const told = (state: HomeState, ...line: Parameters<typeof refusal>): boolean =>
  countOf(noteLoginRefused(state, refusal(...line))) > countOf(state);

describe('a refused login in the log', () => {
  test.each<[string, boolean, HomeState, Parameters<typeof refusal>]>([
    ['of a stranger', true, empty, ['phone', null]],
    ['with our own client identifier', false, empty, [OWN, null]],
    ['without any name, when nobody refused us', true, empty, [null, null]],
    ['without any name, when we were just refused', false, refused, [null, null]],
    ['without any name, two seconds before', false, refused, [null, null, -2_000]],
    ['without any name, two seconds after', false, refused, [null, null, 2_000]],
    ['without any name, later than that', true, refused, [null, null, 2_001]],
    ['without any name, earlier than that', true, refused, [null, null, -2_001]],
    ['of our user, when we were just refused', false, refused, [null, 'monitor']],
    ['of another user, when we were just refused', true, refused, [null, 'heating']],
    ['of another client, when we were just refused', true, refused, ['phone', 'monitor']],
  ])('%s is told: %s', (_, isTold, state, line) => {
    expect(told(state, ...line)).toBe(isTold);
  });

  test('is not ours because another client was just refused, nor because we were denied a topic', () => {
    const [denial] = refused.denials;
    if (denial === undefined) throw new Error('there is no denial');
    expect(told({ ...refused, denials: [{ ...denial, client: 'phone' }] }, null, null)).toBe(true);
    expect(told({ ...refused, denials: [{ ...denial, access: 'publish', topic: 'a' }] }, null, null)).toBe(true);
  });

  test('names who it was by the user, else by the identifier', () => {
    const detail = (clientId: string | null, user: string | null): string | undefined =>
      noteLoginRefused(empty, refusal(clientId, user)).denials[0]?.detail;
    const words = 'was refused at login: wrong password, unknown user, or none named';
    expect(detail('phone', 'guest')).toBe(`"guest" ${words}`);
    expect(detail('phone', null)).toBe(`"phone" ${words}`);
    expect(detail(null, null)).toBe(`an unnamed client ${words}`);
  });

  test('of a client that is logged in ends its login, and is no denial', () => {
    const run = runHouse();
    const login = {
      kind: 'login',
      at: NOON,
      clientId: 'h-1',
      user: 'heating',
      address: '10.0.0.7',
      port: 40_102,
    } as const;
    run.dispatch({
      ...{ type: 'log-line-read', at: NOON, source: 'file', isPast: false },
      entry: { ...login, keepaliveSeconds: 60 },
    });
    const of = (peer: string) => noteLoginRefused(run.state, refusal('h-1', null, 0, peer));
    expect(of('10.0.0.7:40102').denials).toEqual([]);
    expect(of('10.0.0.7:40102').journal.at(-1)?.text).toContain('its login does not hold any more');
    expect(of('10.0.0.7:40103').denials).toHaveLength(1);
  });
});

describe('our own denied publish in the log', () => {
  const denied = (clientId: string | null, user: string | null, topic: string, afterMs = 0, kind = 'denied-publish') =>
    ({ kind, at: NOON + afterMs, clientId, user, topic }) as Parameters<typeof noteDenied>[1];
  const pressed = (protocol: '5' | '3.1.1'): HomeState => {
    const run = runConnected(protocol);
    run.request('fan', 'on');
    return run.state;
  };
  const verdictAfter = (...line: Parameters<typeof denied>): string => {
    const run = runConnected('3.1.1');
    run.request('fan', 'on');
    const fan = noteDenied(run.state, denied(...line))
      .switches.chunks.flat()
      .find(row => row.id === 'fan');
    return fan?.verdict === null || fan === undefined ? 'open' : `${fan.verdict.kind}/${fan.verdict.evidence}`;
  };

  test.each<[string, string, Parameters<typeof denied>]>([
    ['with our identifier', 'denied/logged', [OWN, null, 'cellar/fan']],
    ['with our user alone', 'denied/logged', [null, 'monitor', 'cellar/fan']],
    ['of the second before', 'denied/logged', [OWN, null, 'cellar/fan', -999]],
    ['of an earlier command', 'open', [OWN, null, 'cellar/fan', -1_000]],
    ['to another topic', 'open', [OWN, null, 'heating/pump']],
    ['of another client', 'open', ['phone', 'monitor', 'cellar/fan']],
    ['of nobody by name', 'open', [null, null, 'cellar/fan']],
    ['which is a subscription', 'open', [OWN, null, 'cellar/fan', 0, 'denied-subscribe']],
  ])('%s: the command is %s', (_, verdict, line) => {
    expect(verdictAfter(...line)).toBe(verdict);
  });

  test('with MQTT 5 is no verdict: the PUBACK tells', () => {
    const state = noteDenied(pressed('5'), denied(OWN, null, 'cellar/fan'));
    expect(state.switches.chunks.flat().every(row => row.verdict === null)).toBe(true);
  });

  test('that belongs to no command is a denial, once', () => {
    const once = noteDenied(empty, denied(OWN, null, 'a/b'));
    expect(once.denials).toMatchObject([{ user: 'monitor', topic: 'a/b', access: 'publish', count: 1 }]);
    expect(noteDenied(once, denied(OWN, null, 'a/b')).denials).toEqual(once.denials);
    expect(noteDenied(once, denied(OWN, null, 'a/c')).denials).toHaveLength(2);
    const [denial] = once.denials;
    if (denial === undefined) throw new Error('there is no denial');
    const other = (change: object): HomeState => ({ ...once, denials: [{ ...denial, ...change }] });
    expect(noteDenied(other({ user: 'heating' }), denied(OWN, null, 'a/b')).denials).toHaveLength(2);
    expect(noteDenied(other({ access: 'subscribe' }), denied(OWN, null, 'a/b')).denials).toHaveLength(2);
  });

  test.each([
    ['denied-publish', 'publish', 'phone', 'client "phone" may not publish to a/b'],
    ['denied-subscribe', 'subscribe', 'phone', 'client "phone" may not subscribe to a/b'],
    ['denied-access', 'publish', 'phone', 'client "phone" may not use a/b'],
    ['denied-publish', 'publish', null, 'an unnamed client may not publish to a/b'],
  ])('of others is told as %s', (kind, access, clientId, detail) => {
    const [denial] = noteDenied(empty, denied(clientId, null, 'a/b', 0, kind)).denials;
    expect(denial).toMatchObject({ access, detail, evidence: 'logged' });
    expect(denial?.remedy).toMatch(
      clientId === null
        ? /^If it should be allowed: add "topic write a\/b" before the first/
        : /^Which user "phone" is, is not known/,
    );
  });

  test('that was a probe by hometui keeps nobody from anything: it shows that access is controlled', () => {
    const probed = noteDenied(empty, denied('hometui-0a1b2c3d', 'monitor', 'hometui-probe/d84dca08'));
    expect(probed.denials).toEqual([]);
    expect(probed.journal.at(-1)?.text).toBe(
      'a probe by hometui was denied, as it should be: the broker controls access',
    );
    const other = noteDenied(empty, denied('phone', 'monitor', 'hometui-probed'));
    expect(other.denials).toHaveLength(1);
  });

  test('asks for the access that was denied', () => {
    const remedy = (kind: string): string | undefined =>
      noteDenied(empty, denied('phone', 'guest', 'a/b', 0, kind)).denials[0]?.remedy;
    expect(remedy('denied-subscribe')).toContain('"topic read a/b" below "user guest"');
    expect(remedy('denied-publish')).toContain('"topic write a/b" below "user guest"');
  });
});
