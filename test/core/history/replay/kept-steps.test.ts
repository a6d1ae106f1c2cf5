import { describe, expect, it } from 'vitest';
import { FrameKind } from '../../../../src/core/history/bytes/frame.ts';
import { ByteWriter } from '../../../../src/core/history/bytes/varint.ts';
import { keepState } from '../../../../src/core/history/replay/kept-state.ts';
import {
  decodeSteps,
  encodeSteps,
  isMoment,
  type KeptEvent,
  type StepsFrame,
} from '../../../../src/core/history/replay/kept-steps.ts';
import { deflate } from '../../../helpers/history/samples.ts';
import { connected, message, richHome, START, tick } from '../../../helpers/ui/home.ts';

const moment: StepsFrame = {
  kind: 'moment',
  moment: { at: START, isBegin: true, state: keepState(richHome()) },
};
const events: StepsFrame = {
  kind: 'events',
  events: [
    { event: message(START, 'heating/flow', 'ü\u0000', true), commandId: null },
    { event: { type: 'switch-requested', at: START, switchId: 'pump', target: 'on' }, commandId: 7 },
    { event: connected(START + 0.25), commandId: null },
  ],
};

/** A frame with any content, as another program may have written it. */
function frameOf(kind: number, content: unknown): Uint8Array {
  const writer = new ByteWriter();
  writer.whole(kind);
  writer.append(deflate.deflate(new TextEncoder().encode(JSON.stringify(content))));
  return writer.take();
}
const decode = (kind: number, content: unknown) => decodeSteps(frameOf(kind, content), deflate);

describe('a frame of steps', () => {
  it.each([['events', events] as const, ['a moment', moment] as const])('gives %s back as they were', (_, frame) => {
    expect(decodeSteps(encodeSteps(frame, deflate), deflate)).toEqual(frame);
  });

  it('tells without being read whether it is a moment', () => {
    expect(isMoment(encodeSteps(moment, deflate))).toBe(true);
    expect(isMoment(encodeSteps(events, deflate))).toBe(false);
    expect(isMoment(new Uint8Array())).toBe(false);
  });

  it('is none of another kind, nor what cannot be read', () => {
    expect(decode(FrameKind.block, [])).toBeNull();
    expect(decode(99, [])).toBeNull();
    expect(decodeSteps(new Uint8Array(), deflate)).toBeNull();
    const whole = encodeSteps(events, deflate);
    for (let length = 0; length < whole.length; length++)
      expect(decodeSteps(whole.subarray(0, length), deflate), `${length} bytes`).toBeNull();
  });

  it.each([null, 7, 'text', {}, { $map: 1 }])('of events holds a list of them, and not %j', content => {
    expect(decode(FrameKind.steps, content)).toBeNull();
  });

  it.each<[string, unknown]>([
    ['without a time', { state: { readings: [], switches: [], clients: [] } }],
    ['without a state', { at: 1 }],
    ['without readings', { at: 1, state: { switches: [], clients: [] } }],
    ['without switches', { at: 1, state: { readings: [], clients: [] } }],
    ['without clients', { at: 1, state: { readings: [], switches: [] } }],
    ['that is nothing', null],
  ])('of a moment is none %s', (_, content) => {
    expect(decode(FrameKind.state, content)).toBeNull();
  });

  it('of a moment is one with the least that it takes', () => {
    expect(decode(FrameKind.state, { at: 1, state: { readings: [], switches: [], clients: [] } })?.kind).toBe('moment');
  });
});

describe('an event that was kept', () => {
  const left = (...kept: readonly unknown[]) => {
    const frame = decode(FrameKind.steps, kept);
    return frame?.kind === 'events' ? frame.events.map(({ event }) => event.type) : null;
  };
  const kept = (event: object): unknown => ({ event, commandId: null });

  it('comes in again, but for what was read elsewhere, and what this program does not know', () => {
    expect(left(kept(tick(START)), kept({ type: 'history-read', at: 1 }), kept({ type: 'past-heard', at: 1 }))).toEqual(
      ['ticked'],
    );
    expect(
      left(kept({ type: 'invented', at: 1 }), kept({ type: 'toString', at: 1 }), kept({ type: 7, at: 1 })),
    ).toEqual([]);
  });

  it('has a time', () => {
    expect(
      left(kept({ type: 'ticked' }), kept({ type: 'ticked', at: null }), kept({ type: 'ticked', at: '1' })),
    ).toEqual([]);
    expect(left(null, 7, {}, { event: null })).toEqual([]);
  });

  it.each<KeptEvent['event']['type']>([
    ...(['ticked', 'time-skipped', 'backlog-began', 'backlog-ended', 'login-changed', 'link-changed'] as const),
    ...(['filter-answered', 'filter-left-out', 'message-received', 'value-recalled', 'switch-requested'] as const),
    ...(['command-acknowledged', 'command-not-sent', 'command-lost', 'log-line-read', 'version-read'] as const),
    ...(['acl-read', 'issue-found', 'issue-settled'] as const),
  ])('of the kind %s is part of the story', type => {
    expect(left(kept({ type, at: START }))).toEqual([type]);
  });
});
