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
        others: [],
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
        others: [],
      },
    ]);
  });

  it.each([
    [2.5, 'seen'],
    [2.51, 'supposed'],
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
      ['a', 'off', 1.5],
      ['a/done', 'on', 1.5],
    ];
    expect(pairs(said)[0]?.evidence[0]).toBe('a/done answered 1 of 2 commands on a within 500 ms');
    expect(
      pairs([
        ['a', 'on', 1],
        ['a', 'off', 1.5],
        ['a/done', 'on', 1.6],
      ]),
    ).toMatchObject([{ basis: 'supposed' }]);
  });

  it('that may have been answered by chance is possible, and why that is no proof is told', () => {
    const repeated = [0, 5, 10, 15, 20, 25].map((second): Said => ['a/state', 'on', second]);
    expect(pairs([...repeated, ['a', 'on', 3]])).toStrictEqual([
      {
        ...{ command: 'a', feedback: 'a/state', payloads: ON, answers: ON, basis: 'supposed', doubt: 'by-chance' },
        evidence: [
          'possible: a/state answered one command on a within 2 s, but it speaks every 5.0 s in any case',
          '"off" was not heard, and is supposed from its other word',
        ],
        others: [],
      },
    ]);
    expect(pairs([...repeated, ['a', 'on', 3], ['a/state', 'on', 3.1]])).toMatchObject([{ basis: 'seen' }]);
  });

  it('that may have been answered by chance is seen by the log, which alone is evidence then', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'a/state' ? 'boiler' : null),
      whoTakes: topic => new Set(topic === 'a' ? ['boiler'] : []),
    };
    const repeated = [0, 5, 10, 15, 20, 25].map((second): Said => ['a/state', 'on', second]);
    expect(pairs([...repeated, ['a', 'on', 3]], log)).toMatchObject([
      {
        basis: 'seen',
        evidence: [
          "by the broker's log boiler takes a and publishes a/state",
          '"off" was not heard, and is supposed from its other word',
        ],
      },
    ]);
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
        ...{ command: 'a/pump/go', feedback: 'b/pump', payloads: ON, answers: ON, basis: 'supposed', doubt: 'by-time' },
        evidence: [
          'that a/pump/go commands it is supposed from the time alone',
          'b/pump answered 2 of 2 commands on a/pump/go within 500 ms',
        ],
        others: [],
      },
    ]);
  });

  it.each(['set', 'cmd', 'cmnd', 'command', 'commands', 'control', 'ctrl', 'switch', 'CMD'])(
    'is seen where a level of it is called %s',
    level => {
      for (const command of [`${level}/pump`, `a/${level}/pump`, `a/pump/${level}`]) {
        const evidence = [`b/pump answered 2 of 2 commands on ${command} within 500 ms`];
        const [pair] = pairs(both(command, 'b/pump'));
        expect(pair).toMatchObject({ command, basis: 'seen', evidence });
        expect(pair).not.toHaveProperty('doubt');
      }
      expect(pairs(both(`a/x${level}/pump`, 'b/pump'))).toMatchObject([{ basis: 'supposed' }]);
      expect(pairs(both(`a/${level}x/pump`, 'b/pump'))).toMatchObject([{ basis: 'supposed' }]);
    },
  );

  it('is seen where the log says that who answers takes the commands', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'b/pump' ? 'boiler' : null),
      whoTakes: topic => new Set(topic === 'a/pump/go' ? ['boiler'] : []),
    };
    const [pair] = pairs(both('a/pump/go', 'b/pump'), log);
    expect(pair).toMatchObject({
      basis: 'seen',
      evidence: [
        'b/pump answered 2 of 2 commands on a/pump/go within 500 ms',
        "by the broker's log boiler takes a/pump/go and publishes b/pump",
      ],
    });
    expect(pair).not.toHaveProperty('doubt');
  });

  it('are possible where both answers may be chance, and the log alone is evidence', () => {
    const slow = both('ctrl/pump', 'b/pump', 2);
    const short = (log: LogFacts): readonly Pair[] => {
      const messages = slow.map(([topic, payload, second]) => ({ topic, payload, at: [second] }));
      const seen = hear({ messages }, 12);
      return findPairs(seen, [...seen.topics.values()], log);
    };
    expect(short(noLog)).toMatchObject([
      {
        ...{ command: 'ctrl/pump', feedback: 'b/pump', basis: 'supposed', doubt: 'by-chance' },
        evidence: ['possible: b/pump answered 2 of 2 commands on ctrl/pump within 2 s, but that may be chance'],
      },
    ]);
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'b/pump' ? 'boiler' : null),
      whoTakes: topic => new Set(topic === 'ctrl/pump' ? ['boiler'] : []),
    };
    expect(short(log)).toMatchObject([
      { basis: 'seen', evidence: ["by the broker's log boiler takes ctrl/pump and publishes b/pump"] },
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

describe('several topics that answer one command', () => {
  const answers = (topics: Readonly<Record<string, number>>): readonly Said[] =>
    Object.entries(topics).flatMap(([topic, late]): readonly Said[] => [
      [topic, 'on', 1 + late],
      [topic, 'off', 9 + late],
    ]);
  const twice = 'within 0 ms';

  it('are no pair of each other: the command is what comes before both', () => {
    const found = pairs(answers({ 'a/pump/set': 0, 'a/pump': 0.2, 'a/pump/done': 0.4 }));
    expect(brief(found)).toStrictEqual(['a/pump/set > a/pump seen']);
    const byTime = pairs(answers({ 'ctrl/pump': 0, 'b/pump': 0.2, 'c/pump': 0.4 }));
    expect(byTime.map(({ command }) => command)).toStrictEqual(['ctrl/pump']);
  });

  it('also where one of them repeats itself between two commands', () => {
    const repeated: readonly Said[] = [
      ['a/pump', 'off', 0],
      ['a/pump', 'on', 5],
      ['a/pump', 'off', 14],
    ];
    const found = pairs([...answers({ 'a/pump/set': 0, 'a/pump': 0.2, 'a/pump/done': 0.4 }), ...repeated]);
    expect(brief(found)).toStrictEqual(['a/pump/set > a/pump seen']);
  });

  it('are two commands where the one in the middle is also told by others', () => {
    const told: readonly Said[] = [
      ['a/pump', 'on', 20],
      ['a/pump/done', 'on', 20.5],
    ];
    const found = pairs([...answers({ 'a/pump/set': 0, 'a/pump': 0.2, 'a/pump/done': 0.4 }), ...told]);
    expect(brief(found)).toStrictEqual(['a/pump/set > a/pump seen', 'a/pump > a/pump/done seen']);
  });

  it('with names that fit alike are told, and none of them is claimed', () => {
    const found = pairs(answers({ 'a/pump': 0, 'a/pump/state': 0, 'a/pump/done': 0 }));
    expect(found).toStrictEqual([
      {
        ...{ command: 'a/pump', feedback: 'a/pump/state', payloads: ON, answers: ON },
        ...{ basis: 'supposed', doubt: 'undecided', others: [] },
        evidence: [
          'cannot tell which of a/pump/state, a/pump/done is its feedback: they answered alike',
          `a/pump/state answered 2 of 2 commands on a/pump ${twice}`,
        ],
      },
    ]);
  });

  it('of which one missed a command are told apart by that', () => {
    const found = pairs([...answers({ 'a/pump': 0, 'a/pump/done': 0.5 }), ['a/pump/state', 'on', 1]]);
    expect(brief(found)).toStrictEqual(['a/pump > a/pump/done seen']);
  });

  it('are told apart by the log where one device takes the commands', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'a/pump/done' ? 'boiler' : 'bridge'),
      whoTakes: topic => new Set(topic === 'a/pump' ? ['boiler'] : []),
    };
    const said = answers({ 'a/pump': 0, 'a/pump/state': 0, 'a/pump/done': 0 });
    expect(brief(pairs(said, log))).toStrictEqual(['a/pump > a/pump/done seen']);
    const both = { ...log, whoPublishes: () => 'boiler' };
    expect(pairs(said, both)).toMatchObject([{ doubt: 'undecided' }]);
  });

  it('is not what only its name says of an answer that was not seen', () => {
    const found = pairs([
      ['a/pump', 'on', 1],
      ['a/pump/state', 'on', 20],
      ['a/pump/done', 'on', 20],
    ]);
    expect(found).toMatchObject([
      {
        doubt: 'undecided',
        evidence: [
          'cannot tell which of a/pump/state, a/pump/done is its feedback: they fit by their names',
          'that a/pump commands it is supposed from the names alone: no command was seen being answered',
          '"off" was not heard, and is supposed from its other word',
        ],
      },
    ]);
  });

  it('by time alone are all named, four at most, unless one begins with more of the same levels', () => {
    const topics = { 'a/pump/go': 0, 'b/pump': 0.1, 'c/pump': 0.1, 'd/pump': 0.1, 'e/pump': 0.1, 'f/pump': 0.1 };
    const [pair, ...more] = pairs(answers(topics));
    expect(pair).toMatchObject({ command: 'a/pump/go', feedback: 'b/pump', doubt: 'undecided' });
    expect(pair?.evidence[0]).toBe(
      'cannot tell which of b/pump, c/pump, d/pump, e/pump is its feedback: they answered alike',
    );
    expect(more).toStrictEqual([]);
    const near = pairs(answers({ 'x/cmd/pump': 0, 'b/pump': 0.1, 'y/cmd/pump': 0.1, 'x/pump': 0.1 }));
    expect(near).toMatchObject([{ feedback: 'x/pump', basis: 'seen' }]);
  });

  it('by time alone are told apart by the log', () => {
    const log: LogFacts = {
      ...noLog,
      whoPublishes: topic => (topic === 'c/pump' ? 'boiler' : null),
      whoTakes: topic => new Set(topic === 'a/pump/go' ? ['boiler'] : []),
    };
    const found = pairs(answers({ 'a/pump/go': 0, 'b/pump': 0.1, 'c/pump': 0.1 }), log);
    expect(brief(found)).toStrictEqual(['a/pump/go > c/pump seen']);
  });

  it('and two commands that are answered on one topic: the first is the pair, and the other is named', () => {
    const found = pairs([
      ...([
        ['a/pump/set', 'on', 1],
        ['a/pump', 'on', 1.5],
      ] as const),
      ...([
        ['a/pump/cmd', 'off', 20],
        ['a/pump', 'off', 20.5],
      ] as const),
      ...([
        ['a/pump/cmd', 'on', 30],
        ['a/pump', 'on', 30.5],
      ] as const),
    ]);
    expect(found).toMatchObject([{ command: 'a/pump/cmd', feedback: 'a/pump', basis: 'seen', others: ['a/pump/set'] }]);
  });
});

it('a topic that is called /done and nothing else answers nothing', () => {
  expect(pairs([['/done', 'on', 1]])).toStrictEqual([]);
  expect(brief(pairs([['a/done', 'on', 1]]))).toStrictEqual(['a > a/done supposed']);
});
