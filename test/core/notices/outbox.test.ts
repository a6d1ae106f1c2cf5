import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../src/core/notices/notice.ts';
import {
  addNotice,
  beginTry,
  emptyBox,
  emptyOutbox,
  endTry,
  failTry,
  nextTryOf,
  parseOutbox,
} from '../../../src/core/notices/outbox.ts';
import { AT } from '../../helpers/notices/changes.ts';

const notice = (id: string) => noticeOf({ type: 'test', entries: [], waitsUntil: null }, { id, at: AT, house: 'Home' });
const boxOf = (...ids: readonly string[]) => ids.reduce((box, id) => addNotice(box, notice(id)), emptyBox);
const idsOf = ({ queue }: typeof emptyBox) => queue.map(one => one.notice.id);

describe('what waits for a channel', () => {
  it('goes in its order, and is forgotten when it is delivered', () => {
    const box = endTry(beginTry(boxOf('1', '2')), AT);
    expect([idsOf(box), box.deliveredAt, box.failure, box.nextTryAt]).toEqual([['2'], AT, null, null]);
  });

  it('is tried again after pauses that become three times as long, up to half an hour', () => {
    let box = boxOf('1');
    const pauses = Array.from({ length: 9 }, () => {
      box = failTry(beginTry(box), AT, 'nothing listens there', false);
      return ((box.nextTryAt ?? AT) - AT) / 1_000;
    });
    expect(pauses).toEqual([5, 15, 45, 135, 405, 1_215, 1_800, 1_800, 1_800]);
    expect(box.failure).toEqual({ at: AT, why: 'nothing listens there' });
    expect(box.queue[0]).toMatchObject({ tries: 9, mayHaveCome: false, isOut: false });
  });

  it('is marked from the first try on that may have arrived', () => {
    const once = failTry(beginTry(boxOf('1')), AT, 'late', true);
    const twice = failTry(beginTry(once), AT, 'refused', false);
    expect([once.queue[0]?.mayHaveCome, twice.queue[0]?.mayHaveCome]).toEqual([true, true]);
  });

  it('is a hundred at the most: the oldest go, and are counted until something is delivered', () => {
    const ids = Array.from({ length: 103 }, (_, index) => String(index));
    const box = boxOf(...ids);
    expect([box.queue.length, idsOf(box)[0], box.lost]).toEqual([100, '3', 3]);
    expect(endTry(beginTry(box), AT).lost).toBe(0);
    expect(idsOf(addNotice(beginTry(boxOf('1', '2')), notice('3')))).toEqual(['1', '2', '3']);
    const out = addNotice(beginTry(boxOf(...ids.slice(0, 100))), notice('x'));
    expect([out.queue.length, idsOf(out).slice(0, 2), out.lost]).toEqual([100, ['0', '2'], 1]);
  });

  it('is due at once, or when the pause is over', () => {
    expect(nextTryOf(emptyBox, AT)).toBeNull();
    expect(nextTryOf(boxOf('1'), AT)).toBe(AT);
    const failed = failTry(beginTry(boxOf('1')), AT, 'late', true);
    expect(nextTryOf(failed, AT)).toBe(AT + 5_000);
    // The clock was set back by more than the longest pause.
    expect(nextTryOf({ ...failed, nextTryAt: AT + 1_800_000 }, AT)).toBe(AT + 1_800_000);
    expect(nextTryOf({ ...failed, nextTryAt: AT + 1_800_001 }, AT)).toBe(AT);
  });

  it('is nothing to be tried where nothing waits', () => {
    expect([beginTry(emptyBox), failTry(emptyBox, AT, 'late', true).queue]).toEqual([emptyBox, []]);
  });
});

describe('an outbox that was kept', () => {
  it('is read as it was, but for a try that was cut off: that may have arrived', () => {
    const outbox = { ...emptyOutbox('seed'), nextId: 7, lastChange: 9, channels: { phone: boxOf('1', '2') } };
    expect(parseOutbox(JSON.stringify(outbox))).toEqual(outbox);
    const cut = { ...outbox, channels: { phone: beginTry(boxOf('1', '2')) } };
    expect(parseOutbox(JSON.stringify(cut))?.channels.phone?.queue).toMatchObject([
      { tries: 1, isOut: false, mayHaveCome: true },
      { tries: 0, isOut: false, mayHaveCome: false },
    ]);
  });

  it('is one though nothing was taken yet', () => {
    expect(parseOutbox(JSON.stringify(emptyOutbox('seed')))).toEqual(emptyOutbox('seed'));
  });

  it('is none where one of its channels is none', () => {
    const bad = { ...emptyOutbox('seed'), channels: { phone: emptyBox, mail: { ...emptyBox, plan: null } } };
    for (const mail of [5, 'x', null, [], { queue: [] }, bad.channels.mail]) {
      expect(parseOutbox(JSON.stringify({ ...bad, channels: { phone: emptyBox, mail } }))).toBeNull();
    }
    for (const channels of ['x', 5, null]) expect(parseOutbox(JSON.stringify({ ...bad, channels }))).toBeNull();
  });

  it.each([
    '',
    'null',
    '[]',
    '{"version":2,"seed":"a","nextId":1,"lastChange":0,"channels":{}}',
    '{"version":1,"seed":1,"nextId":1,"lastChange":0,"channels":{}}',
    '{"version":1,"seed":"a","nextId":-1,"lastChange":0,"channels":{}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0.5,"channels":{}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":[]}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":null}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":{"queue":[]}}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":{"queue":{},"plan":{"held":[],"madeAt":[],"told":{}}}}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":{"queue":[],"plan":{"held":1,"madeAt":[],"told":{}}}}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":{"queue":[],"plan":{"held":[],"madeAt":1,"told":{}}}}}',
    '{"version":1,"seed":"a","nextId":1,"lastChange":0,"channels":{"phone":{"queue":[],"plan":{"held":[],"madeAt":[],"told":[]}}}}',
  ])('is none: %s', text => {
    expect(parseOutbox(text)).toBeNull();
  });
});
