import { describe, expect, it } from 'vitest';
import { type Answers, answeredText, answersTo, possibleText } from '../../../../src/core/discover/guess/answers.ts';
import type { Heard } from '../../../../src/core/discover/observer.ts';
import { hear } from '../../../helpers/discover/recorded.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

type Said = readonly [second: number, payload: string];

const ANSWER_MS = 10_000;

interface Case {
  readonly command: Heard;
  readonly feedback: Heard;
  readonly answers: Answers;
}

function judge(commands: readonly Said[], said: readonly Said[], listenedS = 30): Case {
  const messages = [
    ...commands.map(([second, payload]) => ({ topic: 'a/set', payload, at: [second] })),
    ...said.map(([second, payload]) => ({ topic: 'a', payload, at: [second] })),
  ];
  const { topics, listenedMs } = hear({ messages }, listenedS);
  const [command, feedback] = [topics.get('a/set'), topics.get('a')];
  if (command === undefined || feedback === undefined) throw new Error('nothing was said');
  return { command, feedback, answers: answersTo(command, feedback, ANSWER_MS, listenedMs) };
}

/** The same word each so many seconds, from a second on. */
const repeated = (payload: string, every: number, from = 0, until = 30): readonly Said[] =>
  Array.from({ length: Math.ceil((until - from) / every) }, (_, round) => [from + round * every, payload] as const);

const sorted = (...said: readonly (readonly Said[])[]): readonly Said[] =>
  said.flat().sort(([one], [other]) => one - other);

describe('what follows a command', () => {
  it.each<[string, readonly Said[], readonly Said[], boolean]>([
    ['an answer at once, and nothing else', [[3, 'on']], [[3.1, 'on']], true],
    ['an answer within the twentieth of the time', [[3, 'on']], [[4.5, 'on']], true],
    ['one that came later, alone', [[3, 'on']], [[4.51, 'on']], false],
    ['what is repeated each 5 s', [[3, 'on']], repeated('on', 5), false],
    [
      'what is repeated each 5 s, and each command falls in step',
      [
        [4.5, 'on'],
        [14.5, 'on'],
        [24.5, 'on'],
      ],
      repeated('on', 5),
      false,
    ],
    ['an answer in between', [[3, 'on']], sorted(repeated('on', 5), [[3.1, 'on']]), true],
    [
      'two slower answers in between',
      [
        [3, 'on'],
        [12, 'on'],
      ],
      sorted(repeated('on', 5), [
        [3.6, 'on'],
        [12.6, 'on'],
      ]),
      true,
    ],
    [
      'a move at once, told with the pace',
      [[4, 'on']],
      [
        [0, 'off'],
        [5, 'on'],
        [10, 'on'],
        [15, 'on'],
        [20, 'on'],
      ],
      true,
    ],
    [
      'a move that took its time',
      [[3, 'on']],
      [
        [0, 'off'],
        [5, 'on'],
        [10, 'on'],
        [15, 'on'],
        [20, 'on'],
      ],
      false,
    ],
    [
      'moves that come by themselves too',
      [[4, 'on']],
      [
        [0, 'off'],
        [5, 'on'],
        [10, 'off'],
        [15, 'on'],
        [20, 'off'],
        [25, 'on'],
      ],
      false,
    ],
  ])('%s', (_, commands, said, isProof) => {
    const { answers } = judge(commands, said);
    expect(answers.waitsMs.length).toBeGreaterThan(0);
    expect(answers.isProof).toBe(isProof);
  });

  it('is told with how long it took, and as possible with the reason', () => {
    const once = judge([[3, 'on']], [[5, 'on']]);
    expect(answeredText(once.answers, once.command, once.feedback)).toBe('a answered one command on a/set within 2 s');
    expect(possibleText(once.answers, once.command, once.feedback)).toBe(
      'possible: a answered one command on a/set within 2 s, but that may be chance',
    );
    const paced = judge(
      [
        [3, 'on'],
        [8, 'off'],
      ],
      repeated('on', 5),
    );
    expect(possibleText(paced.answers, paced.command, paced.feedback)).toBe(
      'possible: a answered 1 of 2 commands on a/set within 2 s, but it speaks every 5.0 s in any case',
    );
  });

  it('is measured by its own pace where it was heard often, however long somebody listened', () => {
    expect(judge([[3, 'on']], repeated('on', 0.5, 0, 12), 3_600).answers.isProof).toBe(false);
    expect(judge([[3, 'on']], [[3.4, 'on']], 3_600).answers.isProof).toBe(true);
    expect(judge([[3, 'on']], [[3.4, 'on']], 0).answers.isProof).toBe(false);
  });
});

/** Somebody who commands now and then, in whole milliseconds. */
function commandsOf(random: Random, listenedS: number): readonly Said[] {
  const count = 1 + random.below(5);
  const times = Array.from({ length: count }, () => Math.round(random.next() * listenedS * 1_000) / 1_000);
  return times.sort((one, other) => one - other).map(time => [time, random.pick(['on', 'off'])] as const);
}

describe('over random phases', () => {
  const ROUNDS = rounds(2_000);
  const shareOf = (seed: number, judged: (random: Random) => boolean): number => {
    const random = createRandom(seed);
    return Array.from({ length: ROUNDS }, () => judged(random)).filter(Boolean).length / ROUNDS;
  };
  const listenedS = (random: Random): number => random.pick([20, 30, 60, 120]);

  it.each([0.5, 1, 2, 5, 7.3, 10, 20])('what is repeated each %d s is hardly ever taken for an answer', every => {
    const share = shareOf(1, random => {
      const until = listenedS(random);
      const said = repeated(random.pick(['on', 'off']), every, random.next() * every, until);
      return judge(commandsOf(random, until), said, until).answers.isProof;
    });
    expect(share).toBeLessThan(0.05);
  });

  it('nor is what moves by itself now and then', () => {
    const share = shareOf(2, random => {
      const until = listenedS(random);
      const moves = Array.from({ length: 1 + random.below(8) }, () => random.next() * until).sort((a, b) => a - b);
      const said = moves.map((second, place) => [second, place % 2 === 0 ? 'on' : 'off'] as const);
      return judge(commandsOf(random, until), said, until).answers.isProof;
    });
    expect(share).toBeLessThan(0.07);
  });

  it.each([2, 5, 20])('a device that moves at once is seen, though it also speaks each %d s', every => {
    const share = shareOf(3, random => {
      // What was said before its last two dozen messages is not kept.
      const until = Math.min(listenedS(random), 20 * every);
      const commands = [[2 + random.next() * (until - 8), 'on'] as const];
      const moveAt = (commands[0]?.[0] ?? 0) + 0.02 + random.next() * 0.3;
      const paced = repeated('', every, random.next() * Math.min(every, 1), until);
      const said = sorted(
        paced.map(([second]) => [second, second < moveAt ? 'off' : 'on'] as const),
        [[moveAt, 'on']],
      );
      return judge(commands, said, until).answers.isProof;
    });
    expect(share).toBe(1);
  });
});
