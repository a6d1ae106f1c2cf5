import { describe, expect, it } from 'vitest';
import { aclNotInForce, brokerGone, type DenialFilter, denied } from '../../../../src/core/alarms/conditions/broker.ts';
import type { Denial } from '../../../../src/core/home/state/broker.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { connected, emptyHome, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const home = emptyHome();
const failure = { message: 'nobody answers\u0007', cure: 'Start it' };
const linkOf = (phase: string) => ({ ...home, link: { phase, failure } }) as unknown as HomeState;

describe('the link to the broker', () => {
  const condition = brokerGone();
  const judge = (before: HomeState, ...states: readonly HomeState[]) => {
    const [last = before] = states.slice(-1);
    const event = tick(START);
    const memory = states.reduce(
      (known, after) => condition.step?.(known, { event, before, after }),
      condition.start(before),
    );
    return condition.judge(memory, last, false);
  };
  const gone = { kind: 'so', value: null, detail: expect.stringMatching(/^nobody answers/), cure: 'Start it' };

  it('is not judged before there was an attempt', () => {
    const none = { kind: 'unwatched', why: 'there was no attempt to connect yet' };
    for (const phase of ['idle', 'connecting', 'closed']) expect(judge(linkOf(phase))).toEqual(none);
  });

  it.each(['waiting', 'refused'])('is gone while it is %s, and while the next attempt is made', phase => {
    expect(judge(linkOf(phase))).toEqual(gone);
    expect(judge(linkOf(phase), linkOf('connecting'))).toEqual(gone);
    expect(judge(linkOf('idle'), linkOf(phase), linkOf('connecting'))).toEqual(gone);
  });

  it('is there when it is connected, and what was is forgotten', () => {
    const there = withEvents(home, connected(START));
    expect(judge(linkOf('waiting'), there)).toEqual({ kind: 'not-so', value: null });
    expect(judge(linkOf('waiting'), there, linkOf('connecting'))).toMatchObject({ kind: 'unwatched' });
  });
});

describe('the access control list', () => {
  it('is in force, or said not to be', () => {
    const condition = aclNotInForce();
    expect(condition.judge(null, home, false)).toEqual({ kind: 'not-so', value: null });
    const aclBroken = { at: START, file: '/etc/acl', detail: 'Unable to open' };
    const judgement = condition.judge(null, { ...home, aclBroken } as unknown as HomeState, false);
    expect(judgement).toMatchObject({ kind: 'so', value: null, mark: 'Unable to open' });
  });
});

describe('a denial', () => {
  const denial = (more: Partial<Denial> = {}): Denial =>
    ({
      ...{ at: START, count: 2, access: 'publish', evidence: 'logged', user: 'u', topic: 't' },
      ...{ detail: 'u may not', remedy: 'Let it' },
      ...more,
    }) as Denial;
  const judge = (filter: DenialFilter, denials: readonly Denial[], at = START + 1_000) =>
    denied(filter).judge(null, { ...home, at, denials } as HomeState, false);
  const TOPIC: DenialFilter = { access: 'topic' };

  it('is told with how often, what to do, and for ten minutes', () => {
    expect(judge(TOPIC, [denial()])).toEqual({
      ...{ kind: 'so', value: '2 times', detail: 'u may not', cure: 'Let it', mark: 'publish u t' },
      againAt: START + 600_000,
    });
    expect(judge(TOPIC, [denial({ count: 1 })])).toMatchObject({ value: 'once' });
    expect(judge(TOPIC, [denial()], START + 599_999).kind).toBe('so');
    expect(judge(TOPIC, [denial()], START + 600_000)).toEqual({ kind: 'not-so', value: null });
    expect(judge(TOPIC, [])).toEqual({ kind: 'not-so', value: null });
  });

  it('is the first that is meant', () => {
    expect(judge(TOPIC, [denial({ access: 'connect', user: 'x' }), denial(), denial({ topic: 'o' })])).toMatchObject({
      mark: 'publish u t',
    });
    expect(judge({ access: 'login' }, [denial(), denial({ access: 'connect', topic: null })])).toMatchObject({
      mark: 'connect u ',
    });
  });

  it.each<[DenialFilter, Partial<Denial>, boolean]>([
    [TOPIC, {}, true],
    [TOPIC, { access: 'connect' }, false],
    [{ access: 'login' }, {}, false],
    [{ access: 'login' }, { access: 'connect' }, true],
    [{ access: 'login' }, { access: 'connect', evidence: 'refused' }, false],
    [TOPIC, { evidence: 'refused' }, true],
    [{ ...TOPIC, user: 'u' }, {}, true],
    [{ ...TOPIC, user: 'v' }, {}, false],
    [{ ...TOPIC, topic: 't' }, {}, true],
    [{ ...TOPIC, topic: 'o' }, {}, false],
    [{ ...TOPIC, user: 'u', topic: 'o' }, {}, false],
  ])('%o means %o: %s', (filter, more, isMeant) => {
    expect(judge(filter, [denial(more)]).kind).toBe(isMeant ? 'so' : 'not-so');
  });
});
