import { describe, expect, it } from 'vitest';
import { freshnessOfClient, freshnessOfReading, freshnessOfSwitch } from '../../../src/core/home/select.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { getRow, setRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { articleHouse, NOON, session } from '../../helpers/house/house-run.ts';
import { createRandom, type Random } from '../../helpers/random/random.ts';
import { rounds } from '../../helpers/random/rounds.ts';
import { connected, message, tick } from '../../helpers/ui/home.ts';

const house = createHouse(articleHouse());
const fresh = (at: number): HomeState => createState(house, session, at);
const play = (state: HomeState, ...events: readonly HomeEvent[]): HomeState =>
  events.reduce((one, event) => update(one, event).state, state);
const pastOf = (past: HomeState, at: number, askedAt = at, isFirst = false): HomeEvent => {
  return { type: 'past-heard', at, past, askedAt, isFirst };
};

/** All that is said of freshness. */
function freshnessOf(state: HomeState) {
  const of = (ids: readonly string[], ask: (state: HomeState, id: string) => unknown) => ids.map(id => ask(state, id));
  return [
    of(state.readings.ids, freshnessOfReading),
    of(state.switches.ids, freshnessOfSwitch),
    of(state.clients.ids, freshnessOfClient),
  ];
}

/** A house that has been listened to for half a minute. */
function heardHouse(): HomeState {
  let state = play(fresh(NOON), connected(NOON), message(NOON, 'heating/pump/done', 'off'));
  for (let at = NOON; at <= NOON + 30_000; at += 5_000)
    state = play(state, message(at, 'heating/flow', `${at % 97}`), tick(at));
  return play(state, message(NOON + 31_000, 'heating/pump/done', 'on'));
}

describe('what another process has heard', () => {
  const past = heardHouse();
  const at = NOON + 32_000;

  it('is known at once, with its age, its cadence and its position, and is not live for that', () => {
    const state = play(fresh(at), pastOf(past, at, at, true));
    expect(getRow(state.readings, 'flow')).toMatchObject({ value: (NOON + 30_000) % 97, heardAt: NOON + 30_000 });
    expect(getRow(state.readings, 'flow')?.cadence.medianMs).toBe(5_000);
    expect(getRow(state.switches, 'pump')).toMatchObject({ position: 'on', changedAt: NOON + 31_000 });
    expect(state.listeningSince).toBe(null);
    for (const { freshness } of freshnessOf(state).flat() as { freshness: string }[]) expect(freshness).toBe('waiting');
    expect(freshnessOfReading(state, 'flow').reason).toBe('no link to the broker; last heard 2 s ago');
  });

  it('is live where we listened before it was asked, and not where it was asked before', () => {
    const joined = play(fresh(at), connected(at));
    const late = play(joined, pastOf(past, at + 20, at - 1), tick(at + 20));
    expect(freshnessOfReading(late, 'flow')).toMatchObject({ freshness: 'waiting' });
    expect(freshnessOfReading(late, 'flow').reason).toContain('not heard since the link came');
    const again = play(late, pastOf(past, at + 20, at), tick(at + 20));
    expect(freshnessOfReading(again, 'flow')).toMatchObject({ freshness: 'live', ageMs: 2_020 });
    expect(freshnessOfSwitch(again, 'pump')).toMatchObject({ freshness: 'live' });
    // A link that is lost ends it, as it does for what we heard ourselves.
    const lost = play(again, { type: 'link-changed', at: at + 30, link: { phase: 'connecting', attempt: 1 } });
    expect(freshnessOfReading(lost, 'flow').freshness).toBe('waiting');
    expect(play(lost, pastOf(past, at + 40)).listeningSince).toBe(null);
  });

  it('says that a device is silent, as who has listened knows', () => {
    const silentAt = NOON + 60_000;
    const state = play(
      fresh(silentAt),
      connected(silentAt),
      pastOf(play(past, tick(silentAt)), silentAt),
      tick(silentAt),
    );
    expect(freshnessOfReading(state, 'flow').reason).toBe('silent for 30 s, its cadence is 5.0 s');
  });

  it('takes the place of nothing that is newer, of no series, and of nothing that we have asked for', () => {
    const own = play(
      fresh(at),
      connected(at),
      message(at + 1, 'heating/flow', '61.5'),
      message(at + 1, 'cellar/temperature', '14', true),
      { type: 'switch-requested', at: at + 1, switchId: 'pump', target: 'off' },
    );
    const known = play(past, message(at - 1, 'cellar/temperature', '15'));
    const state = play(own, pastOf(known, at + 2));
    expect(getRow(state.readings, 'flow')).toMatchObject({ value: 61.5, cadence: { medianMs: 5_000 } });
    expect(getRow(state.readings, 'flow')?.series).toBe(getRow(own.readings, 'flow')?.series);
    expect(getRow(state.readings, 'temperature')).toMatchObject({ value: 15, isRetained: false });
    expect(getRow(state.switches, 'pump')).toBe(getRow(own.switches, 'pump'));
  });

  it('tells once what happened, under numbers of its own, and nothing of the link of the other', () => {
    const own = play(fresh(at), connected(at));
    const state = play(own, pastOf(past, at, at, true));
    const again = play(state, pastOf(past, at));
    expect(again.journal).toEqual(state.journal);
    const ids = state.journal.map(({ id }) => id);
    expect([new Set(ids).size, ids]).toEqual([ids.length, [...ids].sort((one, other) => one - other)]);
    expect(state.journal.filter(({ kind }) => kind === 'link')).toEqual(own.journal);
    expect(state.journal.map(({ text }) => text)).toContain('Pump is on: switched by somebody else or at the device');
    expect(state.nextId).toBe(own.nextId);
  });
});

const TOPICS = ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity', 'heating/pump/done'];

function saying(random: Random, at: number): HomeEvent {
  const topic = random.pick(TOPICS);
  const payload = topic.endsWith('done')
    ? random.pick(['on', 'off', 'perhaps'])
    : random.pick(['54', '55.5', 'rubbish']);
  return message(at, topic, payload);
}

it('makes of who joins later one who has listened all the time', () => {
  for (let seed = 1; seed <= rounds(100); seed += 1) {
    const random = createRandom(seed);
    let at = NOON;
    let daemon = play(fresh(at), connected(at));
    const pass = (): number => {
      at += random.pick([50, 500, 3_000, 5_000, 5_000, 12_000]);
      return at;
    };
    for (let step = random.below(30); step > 0; step -= 1) daemon = play(daemon, saying(random, pass()), tick(at));
    pass();
    let joined = play(fresh(at), pastOf(daemon, at, at, true), connected(at));
    for (let step = random.below(3); step > 0; step -= 1) {
      at += 1;
      const said = saying(random, at);
      [daemon, joined] = [play(daemon, said), play(joined, said)];
    }
    at += 1;
    [daemon, joined] = [play(daemon, tick(at)), play(joined, tick(at))];
    joined = play(joined, pastOf(daemon, at));
    for (let step = 0; step < 20; step += 1) {
      expect(freshnessOf(joined), `seed ${seed}`).toEqual(freshnessOf(daemon));
      const events = random.chance(0.7) ? [saying(random, pass()), tick(at)] : [tick(pass())];
      [daemon, joined] = [play(daemon, ...events), play(joined, ...events)];
    }
  }
});

/** A house with one row that was changed. */
function withRow<Name extends 'readings' | 'switches' | 'clients'>(
  state: HomeState,
  name: Name,
  id: string,
  change: object,
): HomeState {
  const table = state[name] as HomeState['readings'];
  const row = getRow(table, id);
  if (row === undefined) throw new Error(`there is no ${id}`);
  return { ...state, [name]: setRow(table, id, { ...row, ...change }) };
}

describe('of each thing what was heard last holds', () => {
  const at = NOON + 60_000;
  const taken = (own: HomeState, past: HomeState, isFirst = false) => play(own, pastOf(past, at, at, isFirst));

  describe('of a sensor', () => {
    const cadence = (intervals: readonly number[]) => ({ intervals, medianMs: intervals[0] ?? null });
    const reading = (own: object, past: object) =>
      getRow(
        taken(withRow(fresh(at), 'readings', 'flow', own), withRow(fresh(at), 'readings', 'flow', past)).readings,
        'flow',
      );

    it('the later value, and that of the other where both heard it', () => {
      expect(reading({ heardAt: 5, value: 1 }, { heardAt: 6, value: 2 })?.value).toBe(2);
      expect(reading({ heardAt: 6, value: 1 }, { heardAt: 5, value: 2 })?.value).toBe(1);
      expect(reading({ heardAt: 5, value: 1 }, { heardAt: 5, value: 2 })?.value).toBe(2);
      expect(reading({ heardAt: 5, value: 1 }, { heardAt: null, value: 2 })?.value).toBe(1);
      // A retained value was heard by nobody.
      expect(reading({ heardAt: null, value: 1 }, { heardAt: null, value: 2 })?.value).toBe(1);
      expect(reading({ heardAt: null, value: null }, { heardAt: null, value: 2 })?.value).toBe(2);
      expect(reading({ heardAt: null, value: 1 }, { heardAt: 5, value: 2 })?.value).toBe(2);
      expect(reading({ heardAt: 5, value: null }, { heardAt: null, value: 2 })?.value).toBe(null);
    });

    it('the measure of who has listened for longer, and our own where both have', () => {
      const of = (own: readonly number[], past: readonly number[]) =>
        reading({ heardAt: 6, value: 1, cadence: cadence(own) }, { heardAt: 5, cadence: cadence(past) })?.cadence
          .intervals;
      expect(of([1, 1], [2])).toEqual([1, 1]);
      expect(of([1], [2, 2])).toEqual([2, 2]);
      expect(of([1], [2])).toEqual([2]);
    });

    it('the range that the other has learned, else our own', () => {
      const [one, two] = [
        { min: 0, max: 1 },
        { min: 0, max: 2 },
      ];
      const of = (own: object | null, past: object | null) =>
        reading({ heardAt: 6, learnedRange: own }, { heardAt: 5, learnedRange: past })?.learnedRange;
      expect([of(one, two), of(one, null), of(null, two)]).toEqual([two, one, two]);
    });
  });

  describe('of a relay', () => {
    const relay = (own: object, past: object) =>
      getRow(
        taken(withRow(fresh(at), 'switches', 'pump', own), withRow(fresh(at), 'switches', 'pump', past)).switches,
        'pump',
      );

    it('the later position of which the age is known', () => {
      const of = (own: object, past: object) =>
        relay({ position: 'on', isRetained: false, ...own }, { position: 'off', isRetained: false, ...past })?.position;
      expect(of({ receivedAt: 5 }, { receivedAt: 6 })).toBe('off');
      expect(of({ receivedAt: 6 }, { receivedAt: 5 })).toBe('on');
      expect(of({ receivedAt: 5 }, { receivedAt: 5 })).toBe('on');
      expect(of({ receivedAt: 9, isRetained: true }, { receivedAt: 5 })).toBe('off');
      expect(of({ receivedAt: 5 }, { receivedAt: 9, isRetained: true })).toBe('on');
      expect(of({ receivedAt: null, position: null }, { receivedAt: 9, isRetained: true })).toBe('off');
    });

    it('is ours alone where we have commanded it', () => {
      const verdict = { kind: 'confirmed' } as const;
      const own = { position: 'on', receivedAt: 5, verdict };
      expect(relay(own, { position: 'off', receivedAt: 6 })).toMatchObject(own);
    });

    it('what both know of how it answers', () => {
      const of = (own: object, past: object) => {
        const row = relay({ position: 'on', receivedAt: 6, ...own }, { receivedAt: 5, ...past });
        return [row?.repeatsItself, row?.slowestAnswerMs];
      };
      expect(of({ repeatsItself: true, slowestAnswerMs: 9 }, { slowestAnswerMs: 5 })).toEqual([true, 9]);
      expect(of({ slowestAnswerMs: 5 }, { repeatsItself: true, slowestAnswerMs: 9 })).toEqual([true, 9]);
      expect(of({}, {})).toEqual([false, 0]);
    });
  });

  it('of a client its word, and the measure that was learned', () => {
    const learned = { ms: 7_000, source: 'learned', pace: null, expireAfterMs: null };
    const client = (own: object, past: object) =>
      getRow(
        taken(withRow(fresh(at), 'clients', 'heating', own), withRow(fresh(at), 'clients', 'heating', past)).clients,
        'heating',
      );
    expect(client({}, { heardAt: 5, keepaliveSeconds: 60 })?.keepaliveSeconds).toBe(60);
    expect(client({ heardAt: 5 }, { heardAt: 5, keepaliveSeconds: 60 })?.keepaliveSeconds).toBe(60);
    expect(client({ heardAt: 6 }, { heardAt: 5, keepaliveSeconds: 60 })?.keepaliveSeconds).toBe(null);
    expect(client({ heardAt: 6 }, { heardAt: 5, cadence: learned })?.cadence).toEqual(learned);
    const own = { heardAt: 6, cadence: learned };
    expect(client(own, { heardAt: 5 })?.cadence).toEqual(learned);
    // What it said of itself, or the log of it, is more than nothing.
    const offline = { at: 6, reason: 'it said so' };
    expect(client({ offline }, { keepaliveSeconds: 60 })).toMatchObject({ offline, keepaliveSeconds: null });
    const said = { at: 6, isOnline: true };
    expect(client({ said }, { keepaliveSeconds: 60 })).toMatchObject({ said, keepaliveSeconds: null });
  });

  it('of the house what was denied to others, and of the broker what we do not know ourselves', () => {
    const denial = { firstAt: 1, at: 1, count: 1, client: null, user: 'x', topic: null, detail: 'd', remedy: 'r' };
    const denials = [
      { ...denial, id: 1, access: 'connect', evidence: 'refused' },
      { ...denial, id: 2, access: 'connect', evidence: 'logged' },
      { ...denial, id: 3, access: 'publish', evidence: 'refused' },
    ] as const;
    const broken = { at: 1, detail: 'Invalid line', reloadedAt: null };
    const login = { user: 'x', address: '10.0.0.7', port: 1, at: 1, isHere: true };
    const past: HomeState = {
      ...fresh(NOON),
      ...{ denials, aclBroken: broken, setUpHeard: { at: 1, source: 'file' }, nextId: 10 },
      ...{ broker: { ...fresh(NOON).broker, version: '2.0.11' }, logins: new Map([['esp', login]]) },
    };
    const first = taken(fresh(at), past, true);
    // Its own login is none of ours, and what was before has a number before all of ours.
    expect(first.denials.map(({ id, access }) => [id, access])).toEqual([
      [-8, 'connect'],
      [-7, 'publish'],
    ]);
    expect(first).toMatchObject({ aclBroken: broken, setUpHeard: { at: 1 }, broker: { version: '2.0.11' } });
    expect([...first.logins.keys()]).toEqual(['esp']);
    const own: HomeState = {
      ...fresh(at),
      ...{ aclBroken: { ...broken, detail: 'ours' }, setUpHeard: { at: 2, source: 'topic' } },
      ...{ broker: { ...past.broker, version: '2.1.2' }, logins: new Map([['esp', { ...login, port: 2 }]]) },
    };
    const both = taken(own, past, true);
    expect(both).toMatchObject({ aclBroken: { detail: 'ours' }, setUpHeard: { at: 2 }, broker: { version: '2.1.2' } });
    expect(both.logins.get('esp')?.port).toBe(2);
    expect(taken(fresh(at), past).denials).toEqual([]);
  });
});
