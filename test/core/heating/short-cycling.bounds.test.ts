import { describe, expect, it } from 'vitest';
import { momentText } from '../../../src/core/moment-text.ts';
import { heatedHouse, minutes } from '../../helpers/heating/heating-run.ts';
import { type OneRule, openRule, type Said } from '../../helpers/heating/one-rule.ts';
import { NOON } from '../../helpers/house/house-run.ts';

const HOUR = minutes(60);

/** A burner that was off at noon, and then ran from and until these, ms; where there is no end it runs on. */
function burner(runs: readonly (readonly [onAt: number, offAt?: number])[], first: Said = { burner: 'off' }): OneRule {
  const rule = openRule(heatedHouse(), 'heat-short-cycling', first);
  for (const [onAt, offAt] of runs) {
    rule.at(onAt, { burner: 'on' });
    if (offAt !== undefined) rule.at(offAt, { burner: 'off' });
  }
  return rule;
}

/** Runs of one length, so far from start to start. */
const equal = (count: number, lengthMs: number, everyMs: number) =>
  Array.from(
    { length: count },
    (_, place) => [minutes(1) + place * everyMs, minutes(1) + place * everyMs + lengthMs] as const,
  );

const detailOf = (rule: OneRule): string => {
  const found = rule.judge();
  return found.kind === 'so' ? found.detail : found.kind;
};

describe('the bounds of a short cycle', () => {
  it.each([
    ['three of five minutes', equal(3, minutes(5), minutes(12)), '3 starts in the last hour, 0 too short'],
    [
      'three that are shorter by a millisecond',
      equal(3, minutes(5) - 1, minutes(12)),
      '3 starts in the last hour, 3 too short',
    ],
    ['four that begin ten minutes apart', equal(4, minutes(6), minutes(10)), '4 starts in the last hour, 0 too short'],
    // The last of them has no next one.
    [
      'four that begin a millisecond sooner',
      equal(4, minutes(6), minutes(10) - 1),
      '4 starts in the last hour, 3 too short',
    ],
  ])('%s', (_, runs, words) => {
    const found = burner(runs).at(HOUR).judge();
    expect(found).toMatchObject({ kind: words.includes('3 too') ? 'so' : 'not-so', value: words });
    if (found.kind === 'so') expect(found.againAt).toBe(NOON + minutes(1) + HOUR);
  });

  it('is an hour of which each start counts, to its last millisecond', () => {
    const three = equal(3, minutes(2), minutes(12));
    expect(
      burner(three)
        .at(minutes(1) + HOUR - 1)
        .judge().kind,
    ).toBe('so');
    expect(
      burner(three)
        .at(minutes(1) + HOUR)
        .judge(),
    ).toEqual({
      kind: 'not-so',
      value: '2 starts in the last hour, 2 too short',
    });
  });

  it('is a day of which each start counts, with how long they took', () => {
    const long = [minutes(1), minutes(21)] as const;
    const short = [0, 12, 24].map(late => [minutes(1_390 + late), minutes(1_391 + late)] as const);
    const rule = () => burner([long, ...short]);
    expect(detailOf(rule().at(minutes(1) + 24 * HOUR - 1))).toContain(
      '4 in the last 24 h; a run takes 5 min on average, 5 min are the least',
    );
    expect(detailOf(rule().at(minutes(1) + 24 * HOUR))).toContain(
      '3 in the last 24 h; a run takes 60 s on average, 5 min are the least',
    );
  });

  it('is known once the burner was watched for an hour', () => {
    const why = 'the burner was not watched for an hour yet';
    expect(
      burner([])
        .at(HOUR - 1)
        .judge(),
    ).toEqual({ kind: 'unwatched', why, againAt: NOON + HOUR });
    expect(burner([]).at(HOUR).judge()).toEqual({ kind: 'not-so', value: '0 starts in the last hour, 0 too short' });
    const gap = burner([]).at(minutes(30), { burner: null });
    expect(gap.judge()).toEqual({ kind: 'unwatched', why: 'Burner was not heard since the link came' });
    expect(gap.at(minutes(40), { burner: 'off' }).at(HOUR).judge()).toEqual({
      ...{ kind: 'unwatched', why },
      againAt: NOON + minutes(100),
    });
  });
});

describe('since when it is so', () => {
  const since = (rule: OneRule) => /so since (.*)$/.exec(detailOf(rule))?.[1];
  const short = (...starts: readonly number[]) => starts.map(at => [at, at + minutes(1)] as const);

  it('is the first that is no more than an hour before the next', () => {
    const later = short(minutes(61), minutes(71), minutes(81));
    expect(since(burner([...short(minutes(1)), ...later]).at(minutes(83)))).toBe(momentText(NOON + minutes(1)));
    expect(since(burner([...short(minutes(1) - 1), ...later]).at(minutes(83)))).toBe(momentText(NOON + minutes(61)));
  });

  it('is the first that no sound one came after, and one that goes on is none', () => {
    const sound = [minutes(2), minutes(12)] as const;
    const three = short(minutes(20), minutes(31), minutes(42));
    expect(since(burner([sound, ...three]).at(minutes(50)))).toBe(momentText(NOON + minutes(20)));
    expect(since(burner([sound, ...three, [minutes(55)]]).at(minutes(65)))).toBe(momentText(NOON + minutes(20)));
    expect(since(burner([sound, ...three, [minutes(55), minutes(65)]]).at(minutes(70)))).toBe(
      momentText(NOON + minutes(55)),
    );
  });
});

describe('what is no start, and no end', () => {
  it('is the first word, and the first behind a silence', () => {
    const silent = burner([], { burner: 'off' });
    for (const place of [1, 2, 3, 4]) {
      silent.at(minutes(place), { burner: null }).at(minutes(place) + 1_000, { burner: 'on' });
      silent.at(minutes(place) + 2_000, { burner: 'off' });
    }
    expect(silent.at(2 * HOUR).judge()).toEqual({ kind: 'not-so', value: '0 starts in the last hour, 0 too short' });
    expect(burner([], { burner: 'on' }).at(HOUR).judge()).toMatchObject({
      value: '0 starts in the last hour, 0 too short',
    });
  });

  it('is the first off behind a silence: how long that run took is not known', () => {
    const rule = burner([]);
    for (const place of [1, 2, 3, 4]) {
      const at = minutes(2 * place);
      rule
        .at(at, { burner: 'on' })
        .at(at + 1_000, { burner: null })
        .at(at + 2_000, { burner: 'off' });
    }
    // They are too short all the same: each was followed too soon.
    const detail = detailOf(rule.at(minutes(20)));
    expect(detail).toMatch(/^4 starts in the last hour, 3 too short; 4 in the last 24 h; so since /);
  });
});
