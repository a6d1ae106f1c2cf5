import { beforeEach, describe, expect, it } from 'vitest';
import { nagiosText } from '../../../../src/core/format/status/nagios.ts';
import { prometheusText } from '../../../../src/core/format/status/prometheus.ts';
import { statusCsv } from '../../../../src/core/format/status/status-csv.ts';
import { statusText } from '../../../../src/core/format/status/status-text.ts';
import { statusJson, takeSnapshot } from '../../../../src/core/format/status-snapshot.ts';
import {
  bannerOf,
  freshnessOfClient,
  freshnessOfReading,
  freshnessOfSwitch,
} from '../../../../src/core/home/select.ts';
import type { Effect } from '../../../../src/core/home/state/effect.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../../src/core/home/state/state.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { update } from '../../../../src/core/home/update.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { presets } from '../../../../src/core/house/presets.ts';
import type { OpenedSeal, SealSeen } from '../../../../src/core/sealed/seal-seen.ts';

const article = presets.article;
if (article === undefined) throw new Error('there is the article');
const { heating, ...others } = article.clients;
if (heating === undefined) throw new Error('it has a heating');
const house = createHouse({ ...article, clients: { ...others, heating: { ...heating, sealed: true } } });
const SESSION = {
  ...{ url: 'mqtt://pi', user: 'master', clientId: 'me', isEncrypted: false },
} as Parameters<typeof createState>[1];
const START = 1_800_000_000_000;

let state: HomeState;
let effects: Effect[];
let at: number;

const happen = (event: HomeEvent): void => {
  const step = update(state, event);
  state = step.state;
  effects.push(...step.effects);
};
const pass = (ms: number): void => {
  at += ms;
  happen({ type: 'ticked', at });
};
/** A message as it comes out of the opening of its seal. */
const hear = (topic: string, value: string, seal: SealSeen | undefined, isRetained = false): void =>
  happen({
    ...{ type: 'message-received', at, topic, payload: new TextEncoder().encode(value), isRetained },
    ...(seal === undefined ? {} : { seal }),
  } as HomeEvent);
/** That it was sent at this moment by a device that started at START. */
const now = (rest: Partial<OpenedSeal> = {}): OpenedSeal => ({
  ...{ kind: 'opened', boot: 3, counter: Math.floor((at - START) / 100), id: '0', keyId: 'k', isPrevious: false },
  ...rest,
});
const flow = () => freshnessOfReading(state, 'flow');
const value = () => getRow(state.readings, 'flow')?.value;
const news = () => state.journal.map(({ text }) => text);

beforeEach(() => {
  at = START;
  effects = [];
  state = createState(house, SESSION, at);
  happen({ type: 'link-changed', at, link: { phase: 'connected', protocol: '3.1.1' } as HomeState['link'] });
  pass(1_000);
});

describe('a value of a device that seals', () => {
  it('is live when it is genuine and new', () => {
    hear('heating/flow', '64.3', now());
    expect([value(), flow().freshness, freshnessOfClient(state, 'heating').freshness]).toEqual([64.3, 'live', 'live']);
  });

  it.each([
    ['unsealed', { kind: 'unsealed' }, 'a message came in the clear, where heating seals what it sends'],
    ['forged', { kind: 'forged' }, 'a message came that is not sealed with the key of heating for this topic'],
  ] as const)('is no value, but %s, while nothing genuine comes', (word, seal, reason) => {
    hear('heating/flow', '21.0', seal);
    expect([value(), flow()]).toEqual([null, { freshness: word, reason, ageMs: null }]);
    expect(freshnessOfClient(state, 'heating')).toMatchObject({ freshness: word, reason });
    expect(news().at(-1)).toContain(`heating/flow: a message was ${word}, and not taken: Somebody else sent it, or`);
    // The other client is as it is.
    expect(freshnessOfClient(state, 'dhtclient').freshness).toBe('waiting');
    hear('heating/flow', '64.3', now());
    expect([value(), flow().freshness]).toEqual([64.3, 'live']);
  });

  it('stays live beside a forged one, and the forged one is told once', () => {
    hear('heating/flow', '64.3', now());
    for (let round = 0; round < 20; round += 1) {
      pass(1_000);
      hear('heating/flow', '21.0', { kind: 'forged' });
    }
    expect([value(), flow().freshness]).not.toContain(21);
    expect(news().filter(text => text.includes('forged'))).toHaveLength(1);
    expect(state.issues.map(({ message }) => message)).toEqual(['heating/flow: a message was forged, and not taken']);
    hear('heating/flow', '64.3', now());
    expect(bannerOf(state)?.text).toBe('A message on heating/flow was forged, and not taken');
    pass(600_000);
    expect([state.issues, bannerOf(state)?.text]).toEqual([[], 'A message on heating/flow was forged, and not taken']);
    pass(1_000);
    expect(bannerOf(state)).toBeNull();
  });

  it('that is sent again is not of now, and the device is not there for it', () => {
    const first = now();
    hear('heating/flow', '64.3', first);
    pass(120_000);
    expect(flow().freshness).toBe('stale');
    hear('heating/flow', '64.3', first);
    expect(flow()).toMatchObject({ freshness: 'replayed', reason: 'it came before: sent again by somebody else' });
    expect(getRow(state.clients, 'heating')?.heardAt).toBe(START + 1_000);
  });

  it('that was held up for minutes is not of now', () => {
    hear('heating/flow', '64.3', now());
    const held = now({ counter: now().counter + 50 });
    pass(240_000);
    hear('heating/flow', '70', held);
    expect([value(), flow().freshness]).toEqual([64.3, 'replayed']);
    expect(flow().reason).toMatch(/^it was sent 3 min before it came/);
  });

  it('that came while we slept is as old as it may be, and no accusation', () => {
    hear('heating/flow', '64.3', now());
    const slept = now({ counter: now().counter + 50 });
    at += 240_000;
    happen({ type: 'time-skipped', at, skippedMs: 240_000 });
    happen({ type: 'backlog-began', at, since: at - 240_000 });
    hear('heating/flow', '65', slept);
    happen({ type: 'backlog-ended', at });
    expect(value()).toBe(65);
    expect(flow().freshness).not.toBe('live');
    expect(news().join()).not.toContain('replayed');
    pass(1_000);
    hear('heating/flow', '66', now());
    expect(flow().freshness).toBe('live');
  });

  it('is refused after the clock was put forward only if it is old by its count', () => {
    hear('heating/flow', '64.3', now());
    at += 3_600_000;
    happen({ type: 'time-skipped', at, skippedMs: 3_600_000 });
    hear('heating/flow', '64.4', { ...now(), counter: 60 });
    expect([value(), flow().freshness]).toEqual([64.4, 'live']);
  });

  it('of an earlier run is not taken for one of now', () => {
    happen({ type: 'seals-recalled', at, marks: new Map([['heating', { boot: 3, counter: 900, keyId: 'k' }]]) });
    hear('heating/flow', '64.3', now({ counter: 900 }));
    expect(flow().freshness).toBe('replayed');
    hear('heating/flow', '64.4', now({ counter: 901 }));
    expect([value(), flow().freshness]).toEqual([64.4, 'live']);
  });

  it('that is retained is of unknown age, as any', () => {
    hear('heating/flow', '64.3', now(), true);
    expect([value(), flow().freshness]).toEqual([64.3, 'retained']);
    expect(getRow(state.clients, 'heating')?.seal.mark).toBeNull();
  });

  it.each([undefined, { kind: 'no-key' } as const])('without a key is unknown, and nobody is accused (%j)', seal => {
    hear('heating/flow', 'eyJ…', seal);
    const reason = 'heating seals what it sends, and there is no key for it here';
    expect([value(), flow()]).toEqual([null, { freshness: 'waiting', reason, ageMs: null }]);
    expect(news().at(-1)).toBe(
      `${reason}: Copy keys.json from where its key was made, or make one: hometui keys new heating`,
    );
  });

  it('is told with its word in the snapshot that all formats are made of', () => {
    hear('heating/flow', '21.0', { kind: 'forged' });
    const { overall, sensors, clients, issues } = takeSnapshot(state);
    expect([overall, sensors.flow?.freshness, clients.heating?.freshness]).toEqual(['critical', 'forged', 'forged']);
    expect(issues.map(({ message }) => message)).toContain('heating/flow: a message was forged, and not taken');
    const plain = (text: string): string => text;
    const snapshot = takeSnapshot(state);
    const told = [
      statusText(snapshot, house, plain),
      statusJson(snapshot),
      nagiosText(snapshot, house),
      prometheusText(snapshot, 'Home'),
      statusCsv(snapshot),
    ];
    expect(told.map(text => text.includes('forged'))).toEqual([true, true, true, true, true]);
    expect(told[3]).toContain('hometui_sensor_freshness{sensor="flow",freshness="forged",house="Home"} 1');
  });
});

describe('a command to a device that seals', () => {
  const ask = (): void => happen({ type: 'switch-requested', at, switchId: 'pump', target: 'on' });
  const pump = () => getRow(state.switches, 'pump');
  const acknowledge = (): void =>
    happen({ type: 'command-acknowledged', at, commandId: pump()?.command?.id ?? 0, code: 0 });

  it('names the last message that was heard, and an id of its own', () => {
    hear('heating/flow', '64.3', now());
    ask();
    expect(effects.at(-1)).toMatchObject({
      type: 'publish-command',
      payload: 'on',
      seal: { boot: 3, counter: 10, id: pump()?.command?.sealId },
    });
  });

  it.each([
    [false, 'nothing genuine was heard of heating yet, and a sealed command has to name what it said last'],
    [true, 'nothing genuine was heard of heating for 30 s, and a sealed command has to name what it said last'],
  ])('is not sent where the device would not take it', (wasHeard, detail) => {
    if (wasHeard) hear('heating/flow', '64.3', now());
    pass(30_000);
    ask();
    expect([effects, pump()?.verdict]).toEqual([[], expect.objectContaining({ kind: 'not-sent', detail })]);
  });

  it('is confirmed by the answer to this very command and by no other', () => {
    hear('heating/flow', '64.3', now());
    ask();
    acknowledge();
    const { sealId } = pump()?.command ?? {};
    pass(200);
    hear('heating/pump/done', 'on', now({ id: '0' }));
    expect([pump()?.position, pump()?.verdict]).toEqual(['on', null]);
    pass(200);
    hear('heating/pump/done', 'on', now({ id: '77' }));
    expect(pump()?.verdict).toBeNull();
    hear('heating/pump/done', 'on', { kind: 'forged' });
    expect(pump()?.verdict).toBeNull();
    pass(200);
    hear('heating/pump/done', 'on', now({ id: sealId ?? '' }));
    expect(pump()?.verdict?.kind).toBe('confirmed');
    expect(freshnessOfSwitch(state, 'pump').freshness).toBe('live');
  });

  it('that somebody sends again on its topic is told, and ours and those of others are not', () => {
    hear('heating/flow', '64.3', now());
    ask();
    const { sealId } = pump()?.command ?? {};
    const ours = now({ counter: 10, id: sealId ?? '' });
    hear('heating/pump', 'on', ours);
    hear('heating/pump', 'off', now({ counter: 10, id: '55' }));
    expect(news().join()).not.toContain('replayed');
    expect(news().at(-1)).toBe('Pump off: commanded by another client');
    hear('heating/pump', 'on', ours);
    expect(news().at(-1)).toContain('heating/pump: a message was replayed, and not taken');
  });

  it('of long ago is told as one that was sent again', () => {
    hear('heating/flow', '64.3', now());
    pass(60_000);
    hear('heating/flow', '64.3', now());
    hear('heating/pump', 'on', now({ counter: 10, id: '56' }));
    expect(news().at(-1)).toContain('heating/pump: a message was replayed, and not taken');
  });

  it('cannot be given in the clear by somebody else without a word', () => {
    hear('heating/flow', '64.3', now());
    hear('heating/pump', 'on', { kind: 'unsealed' });
    expect(news().at(-1)).toContain('heating/pump: a message was unsealed, and not taken');
    expect(pump()?.position).toBeNull();
  });
});
