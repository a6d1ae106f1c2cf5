import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Deflate } from '../../../../src/core/history/block.ts';
import { keepState } from '../../../../src/core/history/replay/kept-state.ts';
import { decodeSteps, encodeSteps, isMoment, type StepsFrame } from '../../../../src/core/history/replay/kept-steps.ts';
import { livingHome, START } from '../../../helpers/ui/home.ts';

const zlib: Deflate = { deflate: bytes => deflateRawSync(bytes), inflate: bytes => inflateRawSync(bytes) };
const there = (frame: StepsFrame) => decodeSteps(encodeSteps(frame, zlib), zlib);

describe('a frame of steps', () => {
  it('gives events again as they were, with their bytes and their commands', () => {
    const frame: StepsFrame = {
      kind: 'events',
      events: [
        { event: { type: 'switch-requested', at: START, switchId: 'pump', target: 'on' }, commandId: 7 },
        { event: { type: 'command-acknowledged', at: START + 9, commandId: 7, code: 0 }, commandId: null },
        {
          event: {
            type: 'message-received',
            at: START + 20,
            topic: 'a/b',
            payload: new Uint8Array([0, 255, 10]),
            isRetained: true,
          },
          commandId: null,
        },
      ],
    };
    expect(there(frame)).toEqual(frame);
    expect(isMoment(encodeSteps(frame, zlib))).toBe(false);
  });

  it('gives again what was known of the house at a moment', () => {
    const state = { ...keepState(livingHome(30)), passingIssues: new Map([['disk-full', START + 5]]) };
    const frame: StepsFrame = { kind: 'moment', moment: { at: START, isBegin: true, state } };
    expect(there(frame)).toEqual(frame);
    expect(isMoment(encodeSteps(frame, zlib))).toBe(true);
  });

  it('leaves out what this program does not know, and what does not come in again', () => {
    const events = [
      { event: { type: 'ticked', at: START }, commandId: null },
      { event: { type: 'of-a-newer-program', at: START }, commandId: null },
      { event: { type: 'history-read', at: START }, commandId: null },
      { event: { type: 'ticked' }, commandId: null },
      { event: { type: 'constructor', at: START }, commandId: null },
      { event: { type: ['ticked'], at: START }, commandId: null },
      null,
      7,
    ];
    const [kind = 0] = encodeSteps({ kind: 'events', events: [] }, zlib);
    const payload = Uint8Array.from([kind, ...deflateRawSync(JSON.stringify(events))]);
    expect(decodeSteps(payload, zlib)).toEqual({ kind: 'events', events: events.slice(0, 1) });
  });

  it('has what came in from outside, and not what was read of it elsewhere', () => {
    const comesAgain = (type: string): boolean => {
      const [kind = 0] = encodeSteps({ kind: 'events', events: [] }, zlib);
      const text = JSON.stringify([{ event: { type, at: START }, commandId: null }]);
      const frame = decodeSteps(Uint8Array.from([kind, ...deflateRawSync(text)]), zlib);
      return frame?.kind === 'events' && frame.events.length === 1;
    };
    const outside = [
      ...['ticked', 'time-skipped', 'backlog-began', 'backlog-ended', 'login-changed', 'link-changed'],
      ...['filter-answered', 'filter-left-out', 'message-received', 'value-recalled', 'alarms-changed'],
      ...['switch-requested', 'command-acknowledged', 'command-not-sent', 'command-lost'],
      ...['log-line-read', 'version-read', 'acl-read', 'issue-found', 'issue-settled'],
    ];
    const elsewhere = ['past-heard', 'house-changed', 'history-read', 'seals-recalled', 'verdict-noted'];
    expect([...outside, ...elsewhere].filter(comesAgain)).toEqual(outside);
  });

  it('is none where its bytes hold none', () => {
    const good = encodeSteps({ kind: 'events', events: [] }, zlib);
    const other = Uint8Array.from(good, (byte, place) => (place === 0 ? 1 : byte));
    const text = (kind: number, content: string) => Uint8Array.from([kind, ...deflateRawSync(content)]);
    const { 0: eventsKind = 0 } = good;
    const stateKind =
      encodeSteps({ kind: 'moment', moment: { at: 0, isBegin: true, state: keepState(livingHome(1)) } }, zlib)[0] ?? 0;
    for (const bytes of [
      new Uint8Array(),
      good.slice(0, 1),
      good.slice(0, -1),
      other,
      text(eventsKind, 'no json'),
      text(eventsKind, '{}'),
      text(stateKind, '{"at":1}'),
      text(stateKind, '{"at":"x","state":{"readings":[],"switches":[],"clients":[]}}'),
      text(stateKind, 'null'),
      text(stateKind, '{"at":1,"state":{"readings":{},"switches":[],"clients":[]}}'),
      text(stateKind, '{"at":1,"state":{"readings":[],"switches":{},"clients":[]}}'),
      text(stateKind, '{"at":1,"state":{"readings":[],"switches":[]}}'),
    ]) {
      expect(decodeSteps(bytes, zlib)).toBeNull();
    }
  });
});
