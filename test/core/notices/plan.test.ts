import { describe, expect, it } from 'vitest';
import type { NoticeEntry } from '../../../src/core/notices/notice.ts';
import { type ChannelPlan, dueNotice, emptyPlan, type Rules, takeEntry } from '../../../src/core/notices/plan.ts';
import { AT, entry } from '../../helpers/notices/changes.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** A channel that lives in fake time. */
function openChannel(rules: Rules = {}, isOpen: (id: string) => boolean = () => true) {
  let plan: ChannelPlan = emptyPlan;
  let now = AT;
  let nextAt: number | null = null;
  const told: string[] = [];
  const look = (): void => {
    for (;;) {
      const due = dueNotice(plan, rules, now, isOpen);
      plan = due.plan;
      nextAt = due.nextAt;
      if (due.parts === null) return;
      const { entries, waitsUntil } = due.parts;
      const type = waitsUntil === null ? due.parts.type : 'limit';
      const what = entries.map(({ id, kind }) => `${id} ${kind}`).join(', ');
      told.push(`${(now - AT) / SECOND} ${type === 'alarms' ? '' : `${type}: `}${what}`);
    }
  };
  return {
    told,
    plan: () => plan,
    nextAt: () => (nextAt === null ? null : (nextAt - AT) / SECOND),
    take: (id: string, kind: NoticeEntry['kind'], more: Partial<NoticeEntry> = {}, isQuiet = false) => {
      plan = takeEntry(plan, 'phone', rules, { entry: entry(id, kind, { at: now, ...more }), isQuiet });
      look();
    },
    /** Goes on to this second, and looks whenever that is due. */
    until: (second: number) => {
      const end = AT + second * SECOND;
      for (; nextAt !== null && nextAt <= end; ) {
        now = Math.max(now, nextAt);
        look();
      }
      now = end;
      look();
    },
    setBack: (ms: number) => {
      now -= ms;
      look();
    },
  };
}

describe('what is told', () => {
  it('is told together with what comes within five seconds', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    expect([channel.told, channel.nextAt()]).toEqual([[], 5]);
    channel.until(3);
    channel.take('b', 'raised');
    channel.until(4.999);
    expect(channel.told).toEqual([]);
    channel.until(5);
    expect(channel.told).toEqual(['5 a raised, b raised']);
    expect(channel.nextAt()).toBeNull();
  });

  it('is of each alarm where it stands by then', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.take('a', 'cleared');
    channel.until(60);
    // It was never told, and is over.
    expect(channel.told).toEqual([]);
  });

  it.each([
    [undefined, ['warning', 'alarm']],
    ['note', ['note', 'warning', 'alarm']],
    ['alarm', ['alarm']],
  ] as const)('is what matters at least as much as %s', (least, expected) => {
    const channel = openChannel(least === undefined ? {} : { least });
    for (const priority of ['note', 'warning', 'alarm'] as const) channel.take(priority, 'raised', { priority });
    channel.until(5);
    expect(channel.told).toEqual([`5 ${expected.map(id => `${id} raised`).join(', ')}`]);
  });

  it('is what is meant for it', () => {
    const channel = openChannel();
    channel.take('a', 'raised', { tell: ['mail'] });
    channel.take('b', 'raised', { tell: ['mail', 'phone'] });
    channel.take('c', 'raised', { tell: [] });
    channel.until(5);
    expect(channel.told).toEqual(['5 b raised']);
  });

  it('is no shelved one, and none of a flood', () => {
    const channel = openChannel();
    channel.take('a', 'raised', {}, true);
    channel.take('a', 'flooded');
    channel.until(5);
    channel.take('a', 'cleared', {}, true);
    channel.until(20);
    expect(channel.told).toEqual(['5 a flooded']);
  });

  it('is nothing of who acknowledged it', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.until(5);
    for (const kind of ['acknowledged', 'shelved', 'unshelved'] as const) channel.take('a', kind);
    channel.until(60);
    expect(channel.told).toEqual(['5 a raised']);
  });
});

describe('the end of an alarm', () => {
  it('is told where its begin was', () => {
    const channel = openChannel();
    channel.take('b', 'cleared');
    channel.take('a', 'raised');
    channel.until(5);
    channel.take('a', 'returned');
    channel.until(20);
    channel.take('a', 'cleared');
    channel.until(60);
    expect(channel.told).toEqual(['5 a raised', '10 a returned']);
  });

  it('is not told where nobody wants to know, and the next begin is', () => {
    const channel = openChannel({ resolved: false });
    channel.take('a', 'raised');
    channel.until(5);
    channel.take('a', 'cleared');
    channel.until(HOUR / SECOND + 10);
    channel.take('a', 'raised');
    channel.until(2 * (HOUR / SECOND));
    expect(channel.told).toEqual(['5 a raised', '3615 a raised']);
  });

  it('takes back what is not told yet', () => {
    const channel = openChannel({ resolved: false });
    channel.take('a', 'raised');
    channel.take('a', 'cleared');
    channel.until(60);
    expect(channel.told).toEqual([]);
  });

  it('takes back that alone', () => {
    const channel = openChannel({ resolved: false });
    channel.take('a', 'raised');
    channel.take('b', 'raised');
    channel.take('a', 'cleared');
    channel.until(60);
    expect(channel.told).toEqual(['5 b raised']);
  });

  it('of what was not told is not told beside another one', () => {
    const channel = openChannel();
    channel.take('b', 'raised');
    channel.take('a', 'cleared');
    expect(channel.plan().held.map(({ id }) => id)).toEqual(['b']);
    channel.take('c', 'raised');
    channel.take('b', 'cleared');
    expect(channel.plan().held.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['b raised', 'c raised', 'b cleared']);
  });

  it('while it is shelved is not told, and the next begin is', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.until(5);
    channel.take('a', 'cleared', {}, true);
    channel.until(HOUR / SECOND + 5);
    channel.take('a', 'raised');
    channel.until(HOUR / SECOND + 10);
    expect(channel.told).toEqual(['5 a raised', '3610 a raised']);
  });
});

describe('too much', () => {
  it('of one alarm is told once an hour each way, and where it stands in the end', () => {
    const channel = openChannel();
    for (let second = 0; second < 600; second += 60) {
      channel.until(second);
      channel.take('a', 'raised');
      channel.until(second + 30);
      channel.take('a', 'cleared');
    }
    channel.until(3_000);
    channel.take('a', 'raised');
    channel.until(5 * 3_600);
    expect(channel.told).toEqual(['5 a raised', '35 a cleared', '3605 a raised']);
  });

  it('of the end of one alarm is told once an hour, too', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.until(30);
    channel.take('a', 'cleared');
    channel.until(3_000);
    channel.take('a', 'raised');
    channel.until(3_610);
    channel.take('a', 'cleared');
    channel.take('b', 'raised');
    channel.until(2 * 3_600);
    expect(channel.told).toEqual(['5 a raised', '35 a cleared', '3605 a raised', '3615 b raised', '3635 a cleared']);
    expect(channel.plan().held).toEqual([]);
  });

  it('of a flood is told once an hour, beside the alarm that came first', () => {
    const channel = openChannel();
    channel.take('a', 'flooded');
    channel.until(10);
    channel.take('a', 'raised');
    channel.until(20);
    channel.take('a', 'flooded');
    channel.until(3_604);
    expect(channel.told).toEqual(['5 a flooded', '15 a raised']);
    channel.until(3_605);
    expect(channel.told.at(-1)).toBe('3605 a flooded');
  });

  it('keeps nothing of what was told already', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.until(5);
    channel.take('a', 'raised');
    channel.take('a', 'acknowledged');
    channel.take('a', 'raised');
    channel.until(20);
    expect([channel.told, channel.plan().held, channel.plan().heldSince]).toEqual([['5 a raised'], [], null]);
  });

  it('of one alarm that is told again waits for the hour, too', () => {
    const channel = openChannel();
    channel.take('a', 'raised');
    channel.until(5);
    channel.take('a', 'raised');
    channel.until(20);
    channel.take('a', 'repeated');
    channel.until(3_604);
    expect(channel.told).toEqual(['5 a raised']);
    channel.until(3_605);
    expect(channel.told).toEqual(['5 a raised', '3605 a repeated']);
  });

  it('at all is ten an hour, then one that says so, then all that waited', () => {
    const channel = openChannel();
    for (let count = 0; count < 15; count++) {
      channel.until(10 * count);
      channel.take(`a${count}`, 'raised');
    }
    channel.until(3_604);
    expect(channel.told).toEqual([
      ...Array.from({ length: 10 }, (_, count) => `${10 * count + 5} a${count} raised`),
      '105 limit: a10 raised',
    ]);
    channel.until(3_605);
    expect(channel.told.slice(11)).toEqual(['3605 limit: a11 raised, a12 raised, a13 raised, a14 raised']);
    channel.until(3 * 3_600);
    channel.take('b', 'raised');
    channel.until(3 * 3_600 + 5);
    expect(channel.told.at(-1)).toBe('10805 b raised');
  });

  it('says until when the next one waits', () => {
    let plan = { ...emptyPlan, madeAt: Array.from({ length: 10 }, (_, count) => AT - HOUR + MINUTE * (count + 1)) };
    plan = { ...takeEntry(plan, 'phone', {}, { entry: entry('a', 'raised'), isQuiet: false }), madeAt: plan.madeAt };
    const due = dueNotice(plan, {}, AT + 5 * SECOND, () => true);
    expect(due.parts).toMatchObject({ type: 'alarms', waitsUntil: AT + MINUTE });
    const one = dueNotice({ ...plan, madeAt: plan.madeAt.slice(1) }, {}, AT + 5 * SECOND, () => true);
    expect(one.parts).toMatchObject({ type: 'alarms', waitsUntil: null });
  });
});

describe('quiet hours', () => {
  const quiet = { from: '11:00', to: '13:00' };

  it('let what can wait wait until they are over, and what cannot through', () => {
    const channel = openChannel({ quiet });
    channel.take('a', 'raised', { priority: 'warning' });
    channel.take('b', 'raised');
    channel.until(5);
    expect(channel.told).toEqual(['5 b raised']);
    expect(channel.nextAt()).toBe(3_600);
    channel.until(3_600);
    expect(channel.told).toEqual(['5 b raised', '3600 a raised']);
  });

  it('tell nothing of what came and went meanwhile', () => {
    const channel = openChannel({ quiet });
    channel.take('a', 'raised', { priority: 'warning' });
    channel.until(60);
    channel.take('a', 'cleared', { priority: 'warning' });
    channel.until(7_200);
    expect(channel.told).toEqual([]);
  });

  it('let through what they are told to', () => {
    const channel = openChannel({ quiet: { ...quiet, least: 'warning' } });
    channel.take('a', 'raised', { priority: 'warning' });
    channel.until(5);
    expect(channel.told).toEqual(['5 a raised']);
  });
});

describe('what nobody acknowledges', () => {
  it('is told again until somebody does', () => {
    const open = new Set(['a', 'b']);
    const channel = openChannel({ repeatMinutes: 10 }, id => open.has(id));
    channel.take('a', 'raised');
    channel.take('b', 'raised');
    channel.until(5);
    expect(channel.nextAt()).toBe(605);
    channel.until(604);
    channel.take('b', 'acknowledged');
    channel.until(605);
    expect(channel.told).toEqual(['5 a raised, b raised', '605 reminder: a raised']);
    open.delete('a');
    channel.until(3_600);
    expect(channel.told).toHaveLength(2);
  });

  it('is not told again where it is over, a flood, or nobody asked for it', () => {
    const channel = openChannel({ repeatMinutes: 10 });
    channel.take('a', 'flooded');
    channel.take('b', 'raised');
    channel.until(5);
    channel.take('b', 'cleared');
    channel.until(7_200);
    expect(channel.told).toEqual(['5 a flooded, b raised', '10 b cleared']);
    const once = openChannel();
    once.take('a', 'raised');
    once.until(7_200);
    expect(once.told).toEqual(['5 a raised']);
  });

  it('waits for the end of quiet hours, too', () => {
    const channel = openChannel({ repeatMinutes: 10, quiet: { from: '12:01', to: '13:00' } });
    channel.take('a', 'raised', { priority: 'warning' });
    channel.until(3_599);
    expect(channel.told).toEqual(['5 a raised']);
    channel.until(3_600);
    expect(channel.told).toEqual(['5 a raised', '3600 reminder: a raised']);
  });
});

it('a clock that is set back puts no reminder off', () => {
  const channel = openChannel({ repeatMinutes: 10 });
  channel.take('a', 'raised');
  channel.until(5);
  channel.setBack(10 * HOUR);
  expect(channel.told).toEqual(['5 a raised', `${5 - 36_000} reminder: a raised`]);
});

it('a channel begins with nothing', () => {
  expect(emptyPlan).toEqual({ held: [], heldSince: null, madeAt: [], told: {} });
});

it('a clock that is set back keeps nothing back', () => {
  const channel = openChannel();
  channel.take('a', 'raised');
  channel.until(5);
  channel.take('a', 'cleared');
  channel.setBack(10 * HOUR);
  expect(channel.told.at(-1)).toBe(`${5 - 36_000} a cleared`);
  expect(channel.plan().madeAt).toHaveLength(1);
});
