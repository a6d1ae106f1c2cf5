import { describe, expect, it } from 'vitest';
import { type PublishFacts, publishVerdict } from '../../../src/core/explorer/publish-verdict.ts';

const facts = (part: Partial<PublishFacts>): PublishFacts => ({
  ...{ message: { topic: 'a', payload: '1', qos: 1, retain: false }, protocol: '5' },
  ...{ answer: { kind: 'taken', code: 0 }, hasEcho: false, mayRead: false, isHeardByUs: false, isEchoSure: false },
  ...part,
});
const old = { protocol: '3.1.1' } as const;
const retained = { topic: 'a', payload: '1', qos: 1, retain: true } as const;
const unsure = { topic: 'a', payload: '1', qos: 0, retain: false } as const;

describe('the verdict on a message', () => {
  it.each([
    ['MQTT 5, taken', {}, 'arrived', 'somebody is subscribed'],
    ['by ourselves too', { isHeardByUs: true }, 'arrived', 'perhaps nobody else'],
    ['nobody there', { answer: { kind: 'taken', code: 16 } }, 'nobody-listening', 'nobody got it'],
    ['nobody there, kept', { answer: { kind: 'taken', code: 16 }, message: retained }, 'nobody-listening', 'kept for'],
    ['QoS 2', { message: { topic: 'a', payload: '1', qos: 2, retain: false } }, 'acknowledged', 'at QoS 2'],
    ['refused', { answer: { kind: 'taken', code: 135 } }, 'denied', 'not authorized (135)'],
    ['too much', { answer: { kind: 'taken', code: 151 } }, 'denied', 'quota exceeded (151)'],
    ['3.1.1, came back', { ...old, hasEcho: true }, 'arrived', 'came back'],
    ['3.1.1, kept from us', { ...old, mayRead: true, isEchoSure: true }, 'denied', 'Denied'],
    ['3.1.1, a broker that may be slow', { ...old, mayRead: true }, 'not-known', 'most likely'],
    ['3.1.1, unread', old, 'acknowledged', 'may have been denied'],
    ['QoS 0', { message: unsure, answer: { kind: 'taken', code: null } }, 'not-known', 'nobody tells'],
    ['QoS 0, came back', { message: unsure, answer: { kind: 'taken', code: null }, hasEcho: true }, 'arrived', 'back'],
    ['no answer', { answer: { kind: 'silent' } }, 'not-known', 'may still arrive'],
    ['a lost line', { answer: { kind: 'lost' } }, 'not-known', 'arrived or not'],
    ['no line', { answer: { kind: 'not-sent', why: 'there is none' } }, 'not-sent', 'there is none'],
  ] satisfies readonly (readonly [string, Partial<PublishFacts>, string, string])[])('%s', (_, part, kind, words) => {
    const verdict = publishVerdict(facts(part));
    expect([verdict.kind, verdict.text]).toEqual([kind, expect.stringContaining(words)]);
  });

  it('without MQTT 5, without an echo and unread, silence is never called a denial', () => {
    for (const qos of [0, 1, 2] as const) {
      const message = { topic: 'a', payload: '1', qos, retain: false };
      expect(publishVerdict(facts({ ...old, message })).kind).not.toBe('denied');
    }
  });
});
