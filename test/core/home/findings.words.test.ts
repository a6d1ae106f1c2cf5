import { describe, expect, it } from 'vitest';
import { freshnessOfSwitch, freshnessOfWord } from '../../../src/core/home/clients/select-spoken.ts';
import { clientFindings, sensorFindings, wordFindings } from '../../../src/core/home/findings.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const config: HouseConfig = {
  name: 'H',
  sensors: { temp: { label: 'Temp', topic: 't', unit: '', every: 5 } },
  states: {
    mode: { label: 'Mode', topic: 'm', words: { fine: {}, odd: { level: 'warning' }, bad: { level: 'critical' } } },
    beat: { label: 'Beat', topic: 'b', expireAfter: 60 },
    pulse: { label: 'Pulse', topic: 'u', every: 20 },
  },
  binaries: { door: { label: 'Door', topic: 'd', on: '1', off: '0', words: { on: 'open', off: 'shut' } } },
  switches: {
    lamp: { label: 'Lamp', command: 'c', feedback: 'f', on: '1', off: '0', key: 'l' },
    blind: { label: 'Blind', command: 'e', on: '1', off: '0', key: 'b' },
  },
  numbers: { level: { label: 'Level', command: 'n', feedback: 'g', unit: '', min: 0, max: 9 } },
  buttons: { bell: { label: 'Bell', command: 'r', payload: 'x' } },
  clients: { box: { publishes: ['mode', 'temp'], availability: { topic: 'here' } } },
  panels: [],
};
type Said = readonly [topic: string, payload: string, isRetained?: true];
const listening = withEvents(emptyHome(config), connected(START));
const homeAt = (seconds: number, ...said: readonly Said[]) =>
  withEvents(
    listening,
    ...said.map(([topic, payload, isRetained]) => message(START + 1_000, topic, payload, isRetained ?? false)),
    tick(START + seconds * 1_000),
  );
/** The same after the link was lost and came again. */
const again = (...said: readonly Said[]) => withEvents(homeAt(2, ...said), connected(START + 3_000));

describe('what there is to say of a word', () => {
  const findings = (id: string, seconds: number, ...said: readonly Said[]) =>
    wordFindings(homeAt(seconds, ...said), [id]);

  it.each<[string, readonly Said[], readonly object[]]>([
    ['mode', [['m', 'fine']], []],
    ['mode', [], []],
    ['mode', [['m', 'odd']], [{ level: 'warning', reason: 'Mode is odd' }]],
    ['mode', [['m', 'bad']], [{ level: 'critical', reason: 'Mode is bad' }]],
    [
      'mode',
      [['m', 'bad', true]],
      [{ level: 'critical', reason: 'Mode was bad in a retained message of unknown age' }],
    ],
    ['nothing', [], []],
  ])('%s after %o', (id, said, expected) => {
    expect(findings(id, 2, ...said)).toEqual(expected);
  });

  it('that cannot be read is that', () => {
    const [finding, ...others] = findings('door', 2, ['d', 'x']);
    expect([finding?.level, others]).toEqual(['warning', []]);
    expect(finding?.reason).toMatch(/^Door: no readable word yet: ./);
    const [later] = findings('door', 2, ['d', '1'], ['d', 'x']);
    expect(later?.reason).toMatch(/^Door: its last payload cannot be read: .*; the last known word stays$/);
  });

  it('that was heard before the link was lost has its age', () => {
    expect(wordFindings(again(['m', 'bad']), ['mode'])[0]?.reason).toBe('Mode was bad when it was last heard, 2 s ago');
  });

  it.each([
    ['beat', 60.9, 0],
    ['beat', 61, 1],
    ['pulse', 60.9, 0],
    ['pulse', 61, 1],
    ['door', 900, 0],
  ])('%s is silent for too long after %d seconds: %d', (id, seconds, count) => {
    const topic = { beat: 'b', pulse: 'u', door: 'd' }[id] ?? '';
    const found = findings(id, seconds, [topic, '1']);
    expect(found.map(({ level, reason }) => [level, reason])).toEqual(
      count === 0 ? [] : [['warning', `${id === 'beat' ? 'Beat' : 'Pulse'}: silent for 60 s, and it may be for 60 s`]],
    );
  });
});

describe('how fresh a word is', () => {
  it.each<[string, readonly Said[], string, string | RegExp | null]>([
    ['mode', [['m', 'fine']], 'live', null],
    ['mode', [['m', 'fine', true]], 'retained', 'only a retained message was received, its age is unknown'],
    ['beat', [], 'waiting', 'never received yet on b'],
    ['nothing', [], 'waiting', 'nothing is no item of this house'],
  ])('%s after %o', (id, said, freshness, reason) => {
    expect(freshnessOfWord(homeAt(2, ...said), id)).toMatchObject({ freshness, reason });
  });

  it('is not known before there is a link, or since the last one', () => {
    expect(freshnessOfWord(emptyHome(config), 'beat').reason).toMatch(/^never received: ./);
    expect(freshnessOfWord(again(['b', '1']), 'beat')).toMatchObject({
      ...{ freshness: 'waiting', ageMs: 2_000 },
      reason: 'not heard since the link came: it may have been changed meanwhile',
    });
  });

  it('is that of its client where that is gone', () => {
    expect(freshnessOfWord(homeAt(2, ['m', 'fine'], ['here', 'offline']), 'mode').freshness).toBe('offline');
    expect(freshnessOfWord(homeAt(2, ['here', 'offline']), 'mode').reason).toMatch(/^never received: ./);
  });
});

describe('how fresh a position is', () => {
  it.each<[string, readonly Said[], string, string | null]>([
    ['lamp', [['f', '1']], 'live', null],
    ['lamp', [], 'waiting', 'unknown until it answers a command or reports by itself'],
    ['blind', [], 'waiting', 'it gives no feedback: where it stands cannot be known'],
    ['bell', [], 'waiting', 'a button does something once, and stands nowhere'],
    ['nothing', [], 'waiting', 'nothing is no switch of this house'],
    ['lamp', [['f', '1', true]], 'retained', 'only a retained message was received, its age is unknown'],
  ])('%s after %o', (id, said, freshness, reason) => {
    expect(freshnessOfSwitch(homeAt(2, ...said), id)).toMatchObject({ freshness, reason });
  });

  it('that cannot be read says so, with what was known', () => {
    expect(freshnessOfSwitch(homeAt(2, ['f', 'x']), 'lamp').reason).toMatch(/^its feedback cannot be read: ./);
    expect(freshnessOfSwitch(homeAt(2, ['f', '1'], ['f', 'x']), 'lamp')).toMatchObject({
      freshness: 'stale',
      reason: expect.stringMatching(/^its last feedback cannot be read: .*; the last known state stays$/),
    });
  });

  it('from before the link came may have been switched, or changed', () => {
    const reason = (id: string, topic: string) => freshnessOfSwitch(again([topic, '1']), id).reason;
    expect(reason('lamp', 'f')).toBe('not heard since the link came: it may have been switched meanwhile');
    expect(reason('level', 'g')).toBe('not heard since the link came: it may have been changed meanwhile');
  });
});

describe('what there is to say of sensors and clients', () => {
  it('is nothing of what is live or not there', () => {
    const home = homeAt(2, ['t', '5']);
    expect([sensorFindings(home, ['temp', 'nothing'], []), clientFindings(home, ['box'])]).toEqual([[], []]);
  });

  it('is critical where a client is offline, and said once', () => {
    const home = homeAt(2, ['t', '5'], ['here', 'offline']);
    const [client, ...others] = clientFindings(home, ['box']);
    expect([client?.level, others]).toEqual(['critical', []]);
    expect(client?.reason).toMatch(/^box is offline: ./);
    expect(sensorFindings(home, ['temp'], ['box'])).toEqual([]);
    expect(sensorFindings(home, ['temp'], [])).toMatchObject([{ level: 'critical' }]);
  });

  it('is a warning where nothing was heard yet', () => {
    expect(clientFindings(homeAt(2), ['box'])).toMatchObject([
      { level: 'warning', reason: expect.stringMatching(/^box [^:]/) },
    ]);
    expect(sensorFindings(homeAt(2), ['temp'], [])).toMatchObject([{ level: 'warning' }]);
  });
});
