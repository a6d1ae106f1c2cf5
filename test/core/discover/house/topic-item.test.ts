import { describe, expect, it } from 'vitest';
import { proposeItem } from '../../../../src/core/discover/house/topic-item.ts';
import { createObserver } from '../../../../src/core/discover/observer.ts';
import { binaryText } from '../../../../src/core/explorer/binary-text.ts';
import type { NumberPath } from '../../../../src/core/explorer/numbers.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { mergeIntoHouse } from '../../../../src/core/house/merge.ts';
import { article } from '../../../helpers/ui/home.ts';

type Said = readonly [topic: string, payload: string, at?: number];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is proposed for a topic of a broker on which this was said. */
function propose(topic: string, said: readonly Said[], path?: NumberPath, config = article()) {
  const observer = createObserver();
  for (const [place, [name, payload, at = place * 100]] of said.entries())
    observer.add(name, bytes(payload), false, at);
  const payload = said.findLast(([name]) => name === topic)?.[1];
  const value =
    payload === undefined
      ? undefined
      : { at: 0, payload: binaryText(bytes(payload), 10_000), bytes: bytes(payload).length, isRetained: false };
  return proposeItem({ topic, value, path, seen: observer.seen(30_000), house: createHouse(config) });
}

/** The text of the question and what would come into the file, which is a right one then. */
function taken(...asked: Parameters<typeof propose>) {
  const proposed = propose(...asked);
  if (!proposed.ok) return proposed.error;
  const { additions, text } = proposed.value;
  const file = mergeIntoHouse(JSON.stringify(asked[3] ?? article()), 'house.json', additions);
  expect(file).toMatchObject({ ok: true });
  return [text, additions.groups];
}

describe('what a topic would be in the house', () => {
  it('is a sensor with the unit that it says, or that its name makes likely', () => {
    expect(taken('attic/x', [['attic/x', '21.5 °C']], [])).toEqual([
      'a sensor on attic/x, in °C',
      { sensors: { x: { label: 'X', topic: 'attic/x', unit: '°C', expireAfter: 3_600 } } },
    ]);
    const proposed = propose('attic/humidity', [['attic/humidity', '55']], []);
    expect(proposed).toMatchObject({ ok: true, value: { text: 'a sensor on attic/humidity, in %', panel: 'Topics' } });
    expect(proposed.ok && proposed.value.evidence[0]).toContain('is supposed from the word "humidity"');
  });

  it('is a binary, a state, or what stands in its document: the number that is looked at, then what is new', () => {
    expect(
      taken('attic/door', [
        ['attic/door', 'open'],
        ['attic/door', 'closed'],
      ]),
    ).toEqual([
      'a binary on attic/door: open or closed',
      expect.objectContaining({ binaries: { door: expect.objectContaining({ on: 'open', off: 'closed' }) } }),
    ]);
    expect(taken('attic/mode', [['attic/mode', 'eco']])).toEqual(['a state on attic/mode', expect.anything()]);
    const document: readonly Said[] = [['attic/s', '{"contact":true,"battery":90,"temperature":21.5}']];
    expect(taken('attic/s', document, ['battery'])).toEqual([
      expect.stringMatching(/^a sensor on attic\/s, battery, in %/),
      expect.anything(),
    ]);
    expect(taken('attic/s', document)[0]).toBe('a binary on attic/s, contact: on or off');
    const contact = {
      label: 'Contact',
      topic: 'attic/s',
      path: 'contact',
      on: 'true',
      off: 'false',
      words: { on: 'on', off: 'off' },
    };
    const config = {
      ...article(),
      version: 2 as const,
      binaries: { contact },
      panels: [...article().panels, { label: 'Attic', items: ['contact'] }],
    };
    expect(taken('attic/s', document, undefined, config)[0]).toMatch(/^a sensor on attic\/s/);
  });

  it('is a switch where its command was seen being answered, from both of its topics', () => {
    const said: readonly Said[] = [
      ['attic/lamp/set', 'on', 0],
      ['attic/lamp', 'on', 200],
      ['attic/lamp/set', 'off', 9_000],
      ['attic/lamp', 'off', 9_200],
    ];
    for (const topic of ['attic/lamp', 'attic/lamp/set']) {
      expect(taken(topic, said)).toEqual([
        'a switch: attic/lamp/set, answered on attic/lamp',
        {
          switches: {
            lamp: expect.objectContaining({
              command: 'attic/lamp/set',
              feedback: 'attic/lamp',
              key: expect.any(String),
            }),
          },
        },
      ]);
    }
  });

  it('is none where only names speak for it: its answer is a binary, and its command nothing', () => {
    const said: readonly Said[] = [
      ['attic/lamp/done', 'on'],
      ['attic/lamp', 'on'],
    ];
    expect(taken('attic/lamp', said)).toMatch(/^Nothing shows that attic\/lamp\/done answers it: switch it while/);
    expect(taken('attic/lamp/done', said)[0]).toBe('a binary on attic/lamp/done: on or off');
    expect(taken('attic/fan/set', [['attic/fan/set', 'on']])).toMatch(/^It is no item: it is called like a command/);
  });

  it('is none where several answer alike, or the time alone speaks for it: the reason is told', () => {
    const alike = ['attic/lamp', 'attic/lamp/state', 'attic/lamp/done'].map((topic): Said => [topic, 'on']);
    const ask = 'hometui discover asks you about it';
    expect(taken('attic/lamp', alike)).toBe(
      `Cannot tell which of attic/lamp/state, attic/lamp/done is its feedback: they answered alike. ${ask}`,
    );
  });

  it('is what its maker says that it is', () => {
    const config = JSON.stringify({
      ...{ name: 'Target', unique_id: 'a1', command_topic: 'attic/t/set', state_topic: 'attic/t' },
      ...{ min: 5, max: 30, step: 0.5, unit_of_measurement: '°C' },
    });
    const said: readonly Said[] = [
      ['homeassistant/number/a1/config', config],
      ['attic/t', '21'],
    ];
    expect(taken('attic/t', said, [])).toEqual([
      'a set-point from 5 to 30 °C: attic/t/set, answered on attic/t',
      { numbers: { target: expect.objectContaining({ min: 5, max: 30, step: 0.5, command: 'attic/t/set' }) } },
    ]);
  });

  it('is a sensor of whatever number is looked at, though discovery would not propose it', () => {
    expect(taken('attic/x', [['attic/x', '1795942800']], [])[0]).toBe('a sensor on attic/x');
    expect(taken('attic/s', [['attic/s', '{"id":7}']], ['id'])[0]).toBe('a sensor on attic/s, id');
  });

  it('is told as what is there already, as nothing, or as not known yet', () => {
    expect(taken('heating/flow', [['heating/flow', '54.3']], [])).toBe('It is in the house already: Flow');
    expect(
      taken('heating/pump/done', [
        ['heating/pump/done', 'on'],
        ['heating/pump', 'on'],
      ]),
    ).toBe('It is in the house already: Pump');
    expect(taken('attic/s', [['attic/s', '{"id":"a"}']])).toBe('Nothing in it is a value of a house');
    expect(taken('attic/none', [])).toBe('Nothing is kept of what it said: wait for its next message');
  });
});
