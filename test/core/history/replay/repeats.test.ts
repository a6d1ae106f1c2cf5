import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { KeptEvent } from '../../../../src/core/history/replay/kept-event.ts';
import { decodeSteps, encodeSteps } from '../../../../src/core/history/replay/kept-steps.ts';
import { foldRepeats, unfoldRepeats } from '../../../../src/core/history/replay/repeats.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { createRandom } from '../../../../src/core/simulation/random.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const message = (at: number, topic: string, text: string, isRetained = false): KeptEvent => {
  return { event: { type: 'message-received', at, topic, payload: bytes(text), isRetained }, commandId: null };
};
const tick = (at: number): KeptEvent => ({ event: { type: 'ticked', at }, commandId: null });

/** As they come in: in the order of time, those of one moment as they were written. */
const inTime = (events: readonly KeptEvent[]): readonly KeptEvent[] =>
  [...events].sort((one, other) => one.event.at - other.event.at);

describe('what came again just as it was', () => {
  it('is told by its times, and comes in again at each', () => {
    const events = [0, 1_000, 2_003, 3_001].map(at => message(5_000 + at, 'heating/pump/done', 'on'));
    const folded = foldRepeats(events);
    expect(folded).toEqual([{ ...events[0], again: [1_000, 1_003, 998] }]);
    expect(unfoldRepeats(folded)).toEqual(events);
  });

  it('is what has the same topic, payload and flag, and nothing else', () => {
    const events = [
      message(1, 'a', 'on'),
      message(2, 'a', 'off'),
      message(3, 'b', 'on'),
      message(4, 'a', 'on', true),
      tick(5),
      tick(6),
    ];
    expect(foldRepeats(events)).toEqual(events);
  });

  it('is not one of which a value was believed, and one of which none was', () => {
    const [believed, doubted] = [message(1_000, 'a', '85'), { ...message(2_000, 'a', '85'), doubted: ['flow'] }];
    expect(foldRepeats([believed, doubted])).toEqual([believed, doubted]);
    const again = { ...message(3_000, 'a', '85'), doubted: ['flow'] };
    expect(foldRepeats([doubted, again])).toEqual([{ ...doubted, again: [1_000] }]);
    expect(unfoldRepeats([{ ...doubted, again: [1_000] }])).toEqual([doubted, again]);
  });

  it('keeps the order of what came in one millisecond', () => {
    const events = [message(1, 'a', 'on'), message(2, 'a', 'on'), message(2, 'b', 'on'), message(3, 'a', 'on')];
    expect(foldRepeats(events)).toEqual([{ ...events[0], again: [2] }, events[1], events[2]]);
  });

  it('comes in again as it was, whatever came', () => {
    const random = createRandom(3);
    for (let round = 0; round < 300; round += 1) {
      let at = 1_000_000;
      const events = Array.from({ length: 1 + Math.floor(random.next() * 40) }, () => {
        // Now and then several in one moment, and one that is older.
        at += Math.floor(random.next() * 3) * 500;
        const when = random.next() < 0.1 ? at - 250 : at;
        if (random.next() < 0.2) return tick(when);
        return message(when, random.next() < 0.5 ? 'a' : 'b', random.next() < 0.7 ? 'on' : 'off');
      });
      expect(inTime(unfoldRepeats(foldRepeats(events)))).toEqual(inTime(events));
    }
  });

  it('leaves out what is no time, in a file of somebody else', () => {
    const [first] = [message(1_000, 'a', 'on')];
    for (const again of [[0], [-5], [1.5], ['x'], [Number.NaN], 'no list', null]) {
      expect(unfoldRepeats([{ ...first, again } as never])).toEqual([first]);
    }
  });

  it('makes a relay that repeats itself each second cost little', () => {
    const zlib = {
      deflate: (all: Uint8Array) => deflateRawSync(all),
      inflate: (all: Uint8Array) => inflateRawSync(all),
    };
    const random = createRandom(5);
    let at = 1_700_000_000_000;
    const events = Array.from({ length: 60 * 6 }, (_, n) => {
      at += 150 + Math.floor(random.next() * 30);
      return message(at, `house/relay-${n % 6}/state`, 'on');
    });
    const payload = encodeSteps({ kind: 'events', events }, zlib);
    expect(payload.length / events.length).toBeLessThan(3);
    const read = decodeSteps(payload, zlib);
    expect(read?.kind === 'events' && inTime(read.events)).toEqual(events);
    const plain = deflateRawSync(JSON.stringify(events.map(({ event }) => event as HomeEvent)));
    expect(payload.length).toBeLessThan(plain.length / 2);
  });
});
