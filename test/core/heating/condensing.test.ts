import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';
import { openRule } from '../../helpers/heating/one-rule.ts';

const ID = 'heat-no-condensing';
const HOUR = minutes(60);

describe('a return that is too warm to condense', () => {
  it('says its share of the burner time of a day', () => {
    const run = runHeating(heatedHouse({ fuel: 'gas' }));
    run.speak(minutes(1), running('off', '60', '50'));
    run.speak(HOUR + minutes(6), running('on', '70', '58'));
    expect(run.alarm(ID)).toMatchObject({
      ...{ priority: 'note', value: '100 %' },
      detail: 'above 55 °C in 100 % of the 61 min that the burner ran in the last 24 h; now 58.0 °C',
    });
    expect(run.raised()).toEqual([ID]);
  });

  it.each([
    [{ fuel: 'gas' }, 55],
    [{ fuel: 'oil' }, 47],
    [{ fuel: 'gas', limits: { condensing: 60 } }, 60],
  ] as const)('is one of more than its limit: %j', (heating, limit) => {
    const found = (back: number) => {
      const rule = openRule(heatedHouse(heating), ID, { burner: 'off', return: back }).at(0, { burner: 'on' });
      return rule.at(minutes(5)).at(minutes(65)).judge().kind;
    };
    expect([found(limit), found(limit + 0.1)]).toEqual(['not-so', 'so']);
  });

  it('is none of a boiler that is not made for it', () => {
    expect(() => openRule(heatedHouse({}), ID)).toThrow('no rule');
  });
});

describe('the bounds of what counts', () => {
  /** The burner begins a second after noon. */
  const rule = () =>
    openRule(heatedHouse({ fuel: 'gas' }), ID, { burner: 'off', return: 60 }).at(1_000, { burner: 'on' });
  const SETTLED = 1_000 + minutes(5);
  const unknown = { kind: 'unwatched', why: 'the burner was not seen to run for an hour in the last day' };
  const share = (found: ReturnType<ReturnType<typeof rule>['judge']>) => [
    found.kind,
    'value' in found ? found.value : null,
  ];

  it('is burner time from five minutes on, of which there must be an hour', () => {
    expect(
      rule()
        .at(SETTLED)
        .at(SETTLED + HOUR - 1)
        .judge(),
    ).toEqual(unknown);
    expect(
      rule()
        .at(SETTLED)
        .at(SETTLED + HOUR)
        .judge(),
    ).toEqual({
      ...{ kind: 'so', value: '100 %' },
      detail: 'above 55 °C in 100 % of the 60 min that the burner ran in the last 24 h; now 60.0 °C',
    });
    // At a look before that it was not known yet.
    expect(
      rule()
        .at(SETTLED - 1)
        .at(SETTLED + HOUR)
        .judge(),
    ).toEqual(unknown);
    // Nor does time count while the burner rests.
    expect(
      rule()
        .at(SETTLED)
        .at(SETTLED + 1, { burner: 'off' })
        .at(SETTLED + HOUR)
        .judge(),
    ).toEqual(unknown);
  });

  it('is half of it, and once it was raised two fifths', () => {
    /** Half an hour above the limit, and then on it for so long. */
    const mixed = (ms: number) =>
      rule()
        .at(SETTLED)
        .at(SETTLED + HOUR / 2, { return: 55 })
        .at(SETTLED + HOUR / 2 + ms);
    expect(share(mixed(HOUR / 2).judge())).toEqual(['so', '50 %']);
    expect(share(mixed(HOUR / 2 + 1).judge())).toEqual(['not-so', '49 %']);
    expect(share(mixed(HOUR / 2 + 1).judge(true))).toEqual(['so', '49 %']);
    expect(share(mixed(minutes(45)).judge(true))).toEqual(['so', '40 %']);
    expect(share(mixed(minutes(45) + 1).judge(true))).toEqual(['not-so', '39 %']);
  });

  it('is a day by its hours', () => {
    const DAY = 24 * HOUR;
    // From 12:05 to 13:05.
    const warm = () =>
      rule()
        .at(SETTLED)
        .at(HOUR - 1)
        .at(SETTLED + HOUR, { burner: 'off' });
    expect(
      share(
        warm()
          .at(DAY - 1)
          .judge(),
      ),
    ).toEqual(['so', '100 %']);
    expect(warm().at(DAY).judge()).toEqual(unknown);
  });

  it('has no time in it that was slept through, or in which nothing was heard', () => {
    const half = SETTLED + HOUR / 2;
    expect(
      rule()
        .at(SETTLED)
        .at(half)
        .at(SETTLED + HOUR)
        .judge().kind,
    ).toBe('so');
    expect(
      rule()
        .at(SETTLED)
        .at(half, {}, { event: 'time-skipped' })
        .at(SETTLED + HOUR)
        .judge(),
    ).toEqual(unknown);
    const cut = rule()
      .at(SETTLED)
      .at(half, {}, { listeningSince: Date.UTC(2026, 0, 1, 12) + SETTLED + 1 });
    expect(cut.at(SETTLED + HOUR).judge()).toEqual(unknown);
  });

  it('is not known where the return or the burner is not', () => {
    const known = () =>
      rule()
        .at(SETTLED)
        .at(SETTLED + HOUR);
    expect(
      known()
        .at(2 * HOUR, { return: null })
        .judge(),
    ).toMatchObject({ why: 'Return was not heard since the link came' });
    expect(
      known()
        .at(2 * HOUR, { burner: null })
        .judge(),
    ).toMatchObject({ why: 'Burner was not heard since the link came' });
    // What was not known of the return counts on neither side.
    const gap = rule()
      .at(SETTLED, { return: null })
      .at(SETTLED + HOUR, { return: 60 });
    expect(gap.judge()).toEqual(unknown);
  });
});
