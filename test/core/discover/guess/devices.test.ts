import { describe, expect, it } from 'vitest';
import { guessDevices, isAvailability } from '../../../../src/core/discover/guess/devices.ts';
import { createLogCollector, type LogFacts } from '../../../../src/core/discover/log-facts.ts';
import type { Found, Proposal } from '../../../../src/core/discover/proposal.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

const noLog = createLogCollector('us').facts();
const nothing = hear({ messages: [] });

describe('where a client says whether it is there', () => {
  const isSaid = (topic: string, ...payloads: readonly string[]): boolean => {
    const seen = hear({ messages: payloads.map((payload, second) => ({ topic, payload, at: [second] })) });
    const heard = seen.topics.get(topic);
    return heard !== undefined && isAvailability(heard);
  };

  it.each([
    ['a/status', ['online', 'offline']],
    ['a/LWT', ['Online']],
    ['a/online', ['true', 'false']],
    ['a/alive', ['1']],
    ['a/available', ['on']],
    ['a/state', ['ready']],
    ['a/link', ['connected']],
    ['a/status', ['{"state":"online"}']],
  ])('is %s saying %o', (topic, payloads) => {
    expect(isSaid(topic, ...payloads)).toBe(true);
  });

  it.each([
    ['status', ['online']],
    ['a/statuses', ['online']],
    ['a/mystatus', ['online']],
    ['status/a', ['online']],
    ['a/status', ['on']],
    ['a/state', ['running', 'stopped']],
    ['a/status', ['online', 'on']],
    ['a/status', ['on', 'online']],
    ['a/status', ['hello']],
    ['a/status', ['online', 'hello']],
    ['a/status', ['']],
  ])('is not %s saying %o', (topic, payloads) => {
    expect(isSaid(topic, ...payloads)).toBe(false);
  });
});

describe('the device of what nobody has explained', () => {
  const sensor = (topic: string, path?: string): Found => ({
    ...{ kind: 'sensor', topic, unit: '' },
    ...(path === undefined ? {} : { path }),
  });
  const proposal = (found: Found, device: string | null = null): Proposal => ({
    ...{ found, label: 'X', device, basis: 'seen', evidence: ['e'], isExtra: false },
  });
  const deviceOf = (found: Found): string | null =>
    guessDevices([proposal(found)], nothing, noLog).proposals[0]?.device ?? null;

  it.each<[Found, string | null]>([
    [sensor('a/b/c'), 'root a/b'],
    [sensor('b'), null],
    [sensor('a/b/state'), 'root a'],
    [sensor('a/state'), 'root a'],
    [sensor('a/b/states'), 'root a/b'],
    [sensor('a/b/mystate'), 'root a/b'],
    [sensor('a/b', 'p'), 'root a/b'],
    [sensor('b', 'p'), null],
    [sensor('a/b/SENSOR', 'p'), 'root a/b'],
    [sensor('a/b/SENSORS', 'p'), 'root a/b/SENSORS'],
    [sensor('a/b/MYSENSOR', 'p'), 'root a/b/MYSENSOR'],
    [{ kind: 'switch', command: 'a/b/set', payloads: { on: '1', off: '0' }, answers: { on: '1', off: '0' } }, 'root a'],
    [{ kind: 'button', command: 'a/b/go', payload: 'x' }, 'root a/b'],
  ])('%o is %s', (found, key) => {
    expect(deviceOf(found)).toBe(key);
  });

  it('is told with what it is supposed from, once for all of its items', () => {
    const found = guessDevices([proposal(sensor('a/hall/t')), proposal(sensor('a/hall/h'))], nothing, noLog);
    expect(found.devices).toStrictEqual([
      {
        ...{ key: 'root a/hall', label: 'Hall', user: null, availabilities: [], availabilityMode: 'latest' },
        evidence: ['supposed: what begins with a/hall/ is taken for one device, and its user to be called as it'],
      },
    ]);
    expect(found.proposals).toMatchObject([{ device: 'root a/hall' }, { device: 'root a/hall' }]);
  });

  it('stays where somebody told of one', () => {
    const found = guessDevices([proposal(sensor('a/b/c'), 'theirs')], nothing, noLog);
    expect(found).toMatchObject({ proposals: [{ device: 'theirs' }], devices: [] });
  });

  it('is the user that publishes, by the log', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'a/b/c' || topic === 'answer' ? 'boiler' : null),
    };
    const found = guessDevices([proposal(sensor('a/b/c')), proposal(sensor('b'))], nothing, log);
    expect(found.devices).toMatchObject([
      { key: 'user boiler', label: 'boiler', user: 'boiler', evidence: ["by the broker's log boiler publishes these"] },
    ]);
    expect(found.proposals).toMatchObject([{ device: 'user boiler' }, { device: null }]);
    const words = { on: '1', off: '0' };
    const loop: Found = { kind: 'switch', command: 'c', feedback: 'answer', payloads: words, answers: words };
    expect(guessDevices([proposal(loop)], nothing, log).devices).toMatchObject([{ key: 'user boiler' }]);
  });

  it('says whether it is there on the first topic beside its items that can be that', () => {
    const messages = ['a/b/status', 'a/b/lwt', 'a/status', 'a/b/x/status'].map(topic => ({ topic, payload: 'online' }));
    const found = guessDevices([proposal(sensor('a/b/c'))], hear({ messages }), noLog);
    expect(found.devices).toMatchObject([{ availabilities: [{ topic: 'a/b/status' }] }]);
  });
});
