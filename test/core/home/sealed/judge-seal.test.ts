import { describe, expect, it } from 'vitest';
import { isCommandOld, judgeMessage } from '../../../../src/core/home/sealed/judge-seal.ts';
import type { SealMark } from '../../../../src/core/home/state/seal.ts';
import { createRandom } from '../../../../src/core/simulation/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

/** A device that started at 1,000,000 ms and was heard 60 s later. */
const MARK: SealMark = { boot: 5, counter: 600, keyId: 'a', startedAt: 1_000_000, heardAt: 1_060_000 };
const CADENCE_MS = 5_000;

const judge = (mark: SealMark | null, sent: { boot: number; counter: number }, at: number, cadenceMs = CADENCE_MS) =>
  judgeMessage(mark, { ...sent, keyId: 'a', isPrevious: false }, at, cadenceMs);

describe('a genuine message', () => {
  it('is taken when it is the first, whatever its number', () => {
    expect(judge(null, { boot: 1, counter: 300 }, 2_000_000)).toEqual({
      kind: 'taken',
      mark: { boot: 1, counter: 300, keyId: 'a', startedAt: 1_970_000, heardAt: 2_000_000 },
    });
  });

  it('is taken when it is newer, and of a new start', () => {
    expect(judge(MARK, { boot: 5, counter: 601 }, 1_060_100).kind).toBe('taken');
    expect(judge(MARK, { boot: 6, counter: 0 }, 1_061_000)).toMatchObject({
      mark: { boot: 6, counter: 0, startedAt: 1_061_000 },
    });
  });

  it.each([
    [{ boot: 5, counter: 600 }, 'it came before: sent again by somebody else'],
    [{ boot: 5, counter: 599 }, /^it is older than what was heard of it: sent again/],
    [{ boot: 4, counter: 9_000 }, /^it is older than its start 5, of start 4: .* forgot how often it had started$/],
  ])('%j is not taken, and said to be what it is', (sent, reason) => {
    const verdict = judge(MARK, sent, 1_061_000);
    expect(verdict.kind).toBe('replayed');
    expect(verdict).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it.each([
    [10_000, 5_000, 'taken'],
    [10_200, 5_000, 'replayed'],
    [60_000, 30_000, 'taken'],
    [60_200, 30_000, 'replayed'],
  ] as const)('that is %i ms late, of a device that speaks each %i ms, is %s', (lateMs, cadenceMs, kind) => {
    const sentAt = MARK.startedAt === null ? 0 : MARK.startedAt + 65_000;
    expect(judge(MARK, { boot: 5, counter: 650 }, sentAt + lateMs, cadenceMs).kind).toBe(kind);
  });

  it('with another key begins anew, and with the key before it is old', () => {
    const other = { boot: 1, counter: 3, keyId: 'b' };
    const verdict = judgeMessage(MARK, { ...other, isPrevious: false }, 1_061_000, CADENCE_MS);
    expect(verdict).toMatchObject({ kind: 'taken', mark: { ...other, startedAt: 1_060_700 } });
    const old = judgeMessage(MARK, { ...other, boot: 9, isPrevious: true }, 1_061_000, CADENCE_MS);
    expect(old).toEqual({
      kind: 'replayed',
      reason: 'it has the key before, after the new one was used: sent again by somebody else',
    });
    const same = { boot: 5, counter: 610, keyId: 'a', isPrevious: true };
    expect(judgeMessage(MARK, same, 1_061_000, CADENCE_MS).kind).toBe('taken');
  });

  it('says how late it is', () => {
    expect(judge(MARK, { boot: 5, counter: 700 }, 1_311_000)).toEqual({
      kind: 'replayed',
      reason: 'it was sent 4 min before it came: held up on the way, or sent again by somebody else',
    });
  });

  it('is never late for a clock that runs slower by as much as a quartz may, for a month', () => {
    for (const offBy of [-0.000_1, 0, 0.000_1]) {
      let mark: SealMark | null = null;
      for (let s = 0; s < 30 * 86_400; s += 60) {
        const counter = Math.floor(s * 10 * (1 + offBy));
        const verdict = judge(mark, { boot: 1, counter }, 5_000_000 + s * 1_000, 60_000);
        if (verdict.kind !== 'taken') throw new Error(`late after ${s} s`);
        mark = verdict.mark;
      }
    }
  });

  it('is taken once of all that a recorded line sends again in any order', () => {
    const taken = takenOf(rounds(1_000_000));
    expect(taken.length).toBeGreaterThan(100);
    expect(new Set(taken).size).toBe(taken.length);
  });
});

/** What is taken where four of five messages are ones of before. */
function takenOf(count: number): readonly string[] {
  const random = createRandom(3);
  const taken: string[] = [];
  let mark: SealMark | null = null;
  let sent = { boot: 1, counter: 1 };
  const recorded = [sent];
  for (let round = 0; round < count; round += 1) {
    const isGenuine = random.next() < 0.2;
    if (isGenuine) sent = nextOf(sent, random.next() < 0.01);
    if (isGenuine && recorded.length < 5_000) recorded.push(sent);
    const message = isGenuine ? sent : random.pick(recorded);
    const verdict = judge(mark, message, 10_000_000 + round * 300, 1e9);
    if (verdict.kind !== 'taken') continue;
    taken.push(`${message.boot} ${message.counter}`);
    mark = verdict.mark;
  }
  return taken;
}

function nextOf({ boot, counter }: { boot: number; counter: number }, isStart: boolean) {
  return isStart ? { boot: boot + 1, counter: 1 } : { boot, counter: counter + 15 };
}

describe('a command that is seen', () => {
  it.each([
    [{ boot: 5, counter: 600 }, 1_060_000, false],
    [{ boot: 5, counter: 600 }, 1_095_000, false],
    [{ boot: 5, counter: 600 }, 1_095_100, true],
    [{ boot: 4, counter: 9_000 }, 1_060_000, true],
    [{ boot: 6, counter: 0 }, 1_060_000, false],
  ])('that names %j at %i ms is old: %s', (named, at, isOld) => {
    expect(isCommandOld(MARK, named, at)).toBe(isOld);
  });

  it('is judged by the last message where the start is not known, and not at all before the first', () => {
    expect(isCommandOld({ ...MARK, startedAt: null }, { boot: 5, counter: 249 }, 9e9)).toBe(true);
    expect(isCommandOld({ ...MARK, startedAt: null }, { boot: 5, counter: 250 }, 9e9)).toBe(false);
    expect(isCommandOld(null, { boot: 1, counter: 1 }, 9e9)).toBe(false);
  });
});
