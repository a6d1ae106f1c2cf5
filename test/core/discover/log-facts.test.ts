import { describe, expect, it } from 'vitest';
import { createLogCollector, type LogFacts } from '../../../src/core/discover/log-facts.ts';

function factsOf(...lines: readonly string[]): LogFacts {
  const log = createLogCollector('us');
  for (const line of lines) log.add(line);
  return log.facts();
}

const published = (client: string, topic: string) =>
  `1795942764: Received PUBLISH from ${client} (d0, q0, r0, m0, '${topic}', ... (4 bytes))`;
const sent = (client: string, topic: string) =>
  `1795942764: Sending PUBLISH to ${client} (d0, q0, r0, m0, '${topic}', ... (4 bytes))`;
const login = (client: string, user: string) =>
  `1795942762: New client connected from 192.0.2.8:40102 as ${client} (p2, c1, k60, u'${user}').`;

describe('who publishes', () => {
  it('is told by the name of its user, or by its own where it has none', () => {
    const facts = factsOf(login('h-1', 'heating'), published('h-1', 'a/b'), published('x 2', 'c'));
    expect([facts.whoPublishes('a/b'), facts.whoPublishes('c'), facts.whoPublishes('d')]).toEqual([
      'heating',
      'x 2',
      null,
    ]);
  });

  it.each([
    "1795942764: Received PUBLISH from h-1 (d1, q2, r1, m65535, 'a', ... (12345 bytes))",
    "Received PUBLISH from h-1 (d0, q1, r0, m12, 'a', ... (0 bytes))",
  ])('%s', line => {
    expect(factsOf(line).whoPublishes('a')).toBe('h-1');
  });

  it.each([
    "x Received PUBLISH from h-1 (d0, q0, r0, m0, 'a', ... (4 bytes))",
    "Received PUBLISH from h-1 (d0, q0, r0, m0, 'a', ... (4 bytes)) and more",
    "Received PUBLISH from h-1 (d2, q0, r0, m0, 'a', ... (4 bytes))",
    "Received PUBLISH from h-1 (d0, q3, r0, m0, 'a', ... (4 bytes))",
    "Sending PUBLISH to h-1 (d0, q0, r0, m0, 'a', ... (4 bytes))",
  ])('is not told by %s', line => {
    expect(factsOf(line).whoPublishes('a')).toBeNull();
  });
});

describe('who takes', () => {
  it('is who has subscribed by name, or has got a message', () => {
    const facts = factsOf(
      ...[
        login('h-1', 'heating'),
        'Received SUBSCRIBE from h-1',
        '\ta/b (QoS 0)',
        '\tc (QoS 2)',
        '\td/# (QoS 1)',
        '\t+/e (QoS 1)',
        '\t$SYS/broker/version (QoS 0)',
      ],
      ...[sent('tv', 'a/b'), sent('us', 'a/b'), sent('tv', 'f')],
    );
    expect([...facts.whoTakes('a/b')]).toEqual(['heating', 'tv']);
    expect([...facts.whoTakes('c')]).toEqual(['heating']);
    expect([...facts.whoTakes('f')]).toEqual(['tv']);
    expect([...facts.whoTakes('$SYS/broker/version')]).toEqual([]);
    for (const topic of ['d/#', '+/e', 'x']) expect(facts.whoTakes(topic).size).toBe(0);
  });

  it.each([
    "Sending PUBLISH to a b (d1, q2, r1, m65535, 'a', ... (12345 bytes))",
    "Sending PUBLISH to a b (d0, q0, r0, m12, 'a', ... (0 bytes))",
  ])('%s', line => {
    expect([...factsOf(line).whoTakes('a')]).toEqual(['a b']);
  });

  it.each([
    ["x Sending PUBLISH to h (d0, q0, r0, m0, 'a', ... (4 bytes))"],
    ["Sending PUBLISH to h (d0, q0, r0, m0, 'a', ... (4 bytes)) and more"],
    ["Received PUBLISH from h (d0, q0, r0, m0, 'a', ... (4 bytes))"],
    ['x Received SUBSCRIBE from h', '\ta (QoS 0)'],
    ['Received SUBSCRIBE from h', 'x\ta (QoS 0)'],
    ['Received SUBSCRIBE from h', '\ta (QoS 0) more'],
    ['Received SUBSCRIBE from h', 'something else', '\ta (QoS 0)'],
    ['Received SUBSCRIBE from us', '\ta (QoS 0)'],
    ['\ta (QoS 0)'],
  ])('is not told by %o', (...lines) => {
    expect(factsOf(...lines).whoTakes('a').size).toBe(0);
  });
});

it('commanded is what a publisher takes and nobody was seen publishing on', () => {
  const facts = factsOf(
    ...[published('h', 'flow'), sent('h', 'pump'), sent('tv', 'pump'), sent('tv', 'fan'), sent('h', 'flow')],
    ...[sent('h', 'asked'), published('tv2', 'asked')],
  );
  expect(facts.commanded).toEqual(['pump']);
});

it('a log that says neither is not telling', () => {
  expect(factsOf(login('h-1', 'heating'), 'Received PINGREQ from h-1').isTelling).toBe(false);
  expect(factsOf(published('h', 'a')).isTelling).toBe(true);
  expect(factsOf(sent('h', 'a')).isTelling).toBe(true);
});

it('a login without a user name leaves the client its identifier', () => {
  const facts = factsOf(
    '1795942762: New client connected from 192.0.2.8:40102 as h-1 (p2, c1, k60).',
    published('h-1', 'a'),
  );
  expect(facts.whoPublishes('a')).toBe('h-1');
});

it('20 000 topics are kept', () => {
  const log = createLogCollector('us');
  for (let number = 0; number <= 20_000; number++) {
    log.add(published('h', `p/${number}`));
    log.add(sent('h', `s/${number}`));
  }
  const facts = log.facts();
  expect([facts.whoPublishes('p/19999'), facts.whoPublishes('p/20000')]).toEqual(['h', null]);
  expect([facts.whoTakes('s/19999').size, facts.whoTakes('s/20000').size]).toEqual([1, 0]);
});
