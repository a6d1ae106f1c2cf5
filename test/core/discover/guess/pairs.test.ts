import { describe, expect, it } from 'vitest';
import { findPairs, type Pair } from '../../../../src/core/discover/guess/pairs.ts';
import { createLogCollector, type LogFacts } from '../../../../src/core/discover/log-facts.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Said = readonly [topic: string, payload: string, second: number];

const noLog = createLogCollector('us').facts();

function pairs(said: readonly Said[], log: LogFacts = noLog): readonly Pair[] {
  const seen = hear({ messages: said.map(([topic, payload, second]) => ({ topic, payload, at: [second] })) });
  return findPairs(seen, [...seen.topics.values()], log);
}

const brief = (found: readonly Pair[]) =>
  found.map(({ command, feedback, basis }) => `${command} > ${feedback} ${basis}`);
const ON = { on: 'on', off: 'off' };

describe('a command and its answer by their names', () => {
  it.each([
    ['a/pump', 'a/pump/done'],
    ['a/pump', 'a/pump/state'],
    ['a/pump', 'a/pump/status'],
    ['a/pump', 'a/pump/stat'],
    ['a/pump', 'a/pump/feedback'],
    ['a/pump', 'a/pump/ack'],
    ['a/pump', 'a/pump/get'],
    ['a/pump/set', 'a/pump'],
    ['a/pump/command', 'a/pump'],
    ['a/pump/cmd', 'a/pump'],
    ['a/pump/cmnd', 'a/pump'],
    ['a/pump/switch', 'a/pump'],
    ['a/pump/set', 'a/pump/state'],
    ['a/pump/command', 'a/pump/state'],
    ['a/pump/cmd', 'a/pump/state'],
    ['cmnd/plug/POWER', 'stat/plug/POWER'],
    ['a/cmnd/plug/POWER', 'a/stat/plug/POWER'],
  ])('%s is answered on %s', (command, feedback) => {
    expect(
      brief(
        pairs([
          [command, 'on', 1],
          [feedback, 'on', 1.5],
        ]),
      ),
    ).toStrictEqual([`${command} > ${feedback} seen`]);
  });

  it.each([
    ['a/pump', 'a/pump/done/x'],
    ['a/pump', 'a/pumpdone'],
    ['cmnd/plug', 'xstat/plug'],
    ['xcmnd/plug', 'xstat/plug'],
  ])('%s is not answered on %s', (command, feedback) => {
    expect(
      pairs([
        [command, 'on', 1],
        [feedback, 'on', 20],
      ]),
    ).toStrictEqual([]);
  });

  it('has no command without a name', () => {
    expect(pairs([['/done', 'on', 1]]).map(({ command }) => command)).not.toContain('');
  });

  it('says how many were answered, and how long the slowest took', () => {
    const found = pairs([
      ...([
        ['a', 'on', 1],
        ['a/done', 'on', 1.2],
        ['a', 'off', 5],
        ['a/done', 'off', 5.7],
      ] as const),
      ...([['a', 'on', 9]] as const),
    ]);
    expect(found).toStrictEqual([
      {
        ...{ command: 'a', feedback: 'a/done', payloads: ON, answers: ON, basis: 'seen' },
        evidence: ['a/done answered 2 of 3 commands on a within 700 ms'],
      },
    ]);
  });

  it('says what was not heard', () => {
    expect(
      pairs([
        ['a', 'on', 1],
        ['a/done', 'ON', 1],
      ]),
    ).toStrictEqual([
      {
        ...{ command: 'a', feedback: 'a/done', payloads: ON, answers: { on: 'ON', off: 'OFF' }, basis: 'seen' },
        evidence: [
          'a/done answered one command on a within 0 ms',
          '"off" was not heard, and is supposed from its other word',
        ],
      },
    ]);
  });

  it.each([
    [11, 'seen'],
    [11.1, 'supposed'],
    [0.9, 'supposed'],
  ])('answered at second %d after a command at 1 is %s', (second, basis) => {
    expect(
      pairs([
        ['a', 'on', 1],
        ['a/done', 'on', second],
      ]),
    ).toMatchObject([{ basis }]);
  });

  it('that came with the next command answers the first', () => {
    const said: readonly Said[] = [
      ['a', 'on', 1],
      ['a', 'off', 2],
      ['a/done', 'on', 2],
    ];
    expect(pairs(said)[0]?.evidence[0]).toBe('a/done answered 1 of 2 commands on a within 1 s');
    expect(
      pairs([
        ['a', 'on', 1],
        ['a', 'off', 2],
        ['a/done', 'on', 2.1],
      ]),
    ).toMatchObject([{ basis: 'supposed' }]);
  });

  it('that nobody saw answered is supposed', () => {
    expect(
      pairs([
        ['a', 'on', 1],
        ['a/state', 'off', 2],
      ]),
    ).toMatchObject([
      {
        basis: 'supposed',
        evidence: [
          'that a commands it is supposed from the names alone: no command was seen being answered',
          '"off" was not heard, and is supposed from its other word',
        ],
      },
    ]);
  });

  it.each([
    ['a/done', 1],
    ['a/feedback', 1],
    ['a/ack', 1],
    ['a/state', 0],
    ['a/done/state', 0],
    ['a', 0],
  ])('of which nothing but %s was heard are %d', (feedback, count) => {
    expect(pairs([[feedback, 'on', 1]])).toHaveLength(count);
  });

  it('that was seen is before one that is supposed', () => {
    const said: readonly Said[] = [
      ['a', 'on', 1],
      ['a/set', 'on', 20],
      ['a/state', 'on', 20.5],
    ];
    expect(brief(pairs(said))).toContain('a/set > a/state seen');
    expect(brief(pairs(said))).not.toContain('a > a/state supposed');
  });

  it('is none where the command is no word of a switch', () => {
    expect(
      pairs([
        ['a', 'open', 1],
        ['a/state', 'on', 1],
      ]),
    ).toStrictEqual([]);
    expect(
      pairs([
        ['a', 'on', 1],
        ['a/state', 'open', 1],
      ]),
    ).toStrictEqual([]);
  });

  it('is seen where the log says that who answers takes the commands', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'a/done' ? 'boiler' : null),
      whoTakes: topic => new Set(topic === 'a' ? ['boiler'] : []),
    };
    expect(pairs([['a/done', 'on', 1]], log)).toMatchObject([
      {
        basis: 'seen',
        evidence: [
          "by the broker's log boiler takes a and publishes a/done",
          '"off" was not heard, and is supposed from its other word',
        ],
      },
    ]);
    expect(pairs([['a/done', 'on', 1]], { ...log, whoTakes: () => new Set(['other']) })).toMatchObject([
      { basis: 'supposed' },
    ]);
    const unknown: LogFacts = { ...noLog, whoPublishes: () => null, whoTakes: () => new Set(['boiler']) };
    expect(pairs([['a/done', 'on', 1]], unknown)).toMatchObject([{ basis: 'supposed' }]);
  });
});

describe('a command and its answer by time', () => {
  const both = (command: string, feedback: string, late = 0.5): readonly Said[] => [
    ...([
      [command, 'on', 1],
      [feedback, 'on', 1 + late],
    ] as const),
    ...([
      [command, 'off', 9],
      [feedback, 'off', 9 + late],
    ] as const),
  ];

  it('are a pair where their names share a word and each was answered at once', () => {
    expect(pairs(both('a/pump/go', 'b/pump'))).toStrictEqual([
      {
        ...{ command: 'a/pump/go', feedback: 'b/pump', payloads: ON, answers: ON, basis: 'seen' },
        evidence: ['b/pump answered 2 of 2 commands on a/pump/go within 500 ms'],
      },
    ]);
  });

  it.each<[string, readonly Said[]]>([
    ['their names share no word', both('a/pump/go', 'b/fan')],
    ['they share only what both begin with', both('pump/go', 'pump/answer')],
    ['they share a word of two letters', both('a/up/go', 'b/up')],
    ['the answer takes longer than two seconds', both('a/pump/go', 'b/pump', 2.1)],
    ['one is not answered', both('a/pump/go', 'b/pump').slice(0, 3)],
    ['more is answered than was asked', [...both('a/pump/go', 'b/pump'), ['b/pump', 'on', 20]]],
    [
      'only one word of the command was heard',
      [
        ['a/pump/go', 'on', 1],
        ['b/pump', 'on', 1],
        ['a/pump/go', 'on', 9],
        ['b/pump', 'on', 9],
      ],
    ],
    ['two topics answer', [...both('a/pump/go', 'b/pump'), ...both('x', 'c/pump').filter(([topic]) => topic !== 'x')]],
    [
      'there was one command only',
      [
        ['a/pump/go', 'on', 1],
        ['b/pump', 'on', 1],
      ],
    ],
  ])('are none where %s', (_, said) => {
    expect(pairs(said).filter(({ command }) => command === said[0]?.[0])).toStrictEqual([]);
  });

  it('share three letters, or a word behind the same beginning', () => {
    expect(pairs(both('a/led/go', 'b/led'))).toHaveLength(1);
    expect(pairs(both('a/led/go', 'a/x/led'))).toHaveLength(1);
    expect(pairs(both('a/led/go', 'b/led', 2))).toHaveLength(1);
  });

  it('are none of what is a pair by its names', () => {
    const found = pairs([...both('a/pump', 'a/pump/done'), ...both('y', 'b/pump').filter(([topic]) => topic !== 'y')]);
    expect(brief(found)).toStrictEqual(['a/pump > a/pump/done seen']);
  });

  it('are each in one pair', () => {
    expect(pairs(both('a/pump', 'b/pump', 0))).toHaveLength(1);
  });
});
