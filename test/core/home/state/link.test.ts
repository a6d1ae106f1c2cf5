import { expect, test } from 'vitest';
import { type LinkState, linkFailure, linkText, ourName } from '../../../../src/core/home/state/link.ts';
import { NOON, session, unreachable } from '../../../helpers/house/house-run.ts';

const waiting = (inMs: number): LinkState => ({
  phase: 'waiting',
  failure: unreachable,
  attempt: 1,
  retryAt: NOON + inMs,
});
const refused: LinkState = { phase: 'refused', failure: { ...unreachable, message: 'login refused' }, refusals: 1 };

test.each<[LinkState, string, boolean]>([
  [{ phase: 'idle' }, 'not connected yet', false],
  [{ phase: 'connecting', attempt: 1 }, 'connecting to localhost:1883', false],
  [{ phase: 'connecting', attempt: 2 }, 'connecting to localhost:1883, attempt 2', false],
  [{ phase: 'connected', protocol: '3.1.1', connectedAt: NOON }, 'connected to localhost:1883 with MQTT 3.1.1', false],
  [waiting(4_000), `${unreachable.message}; next try in 4 s`, true],
  [waiting(4_001), `${unreachable.message}; next try in 5 s`, true],
  [waiting(1), `${unreachable.message}; next try in 1 s`, true],
  [waiting(0), `${unreachable.message}; next try now`, true],
  [waiting(-5_000), `${unreachable.message}; next try now`, true],
  [refused, 'login refused', true],
  [{ phase: 'closed' }, 'disconnected from localhost:1883', false],
])('the link %j in words: %s', (link, text, isFailure) => {
  expect(linkText(link, session, NOON)).toBe(text);
  expect(linkFailure(link) !== null).toBe(isFailure);
});

test('who we are, where we have no name', () => {
  expect([ourName(session), ourName({ user: null })]).toEqual(['monitor', 'a client without a user name']);
});
