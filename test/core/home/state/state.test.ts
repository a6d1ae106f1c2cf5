import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { update } from '../../../../src/core/home/update.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';
import { connected, deviceMessages, emptyHome, message, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const COMMANDS = ['heating/pump', 'heating/burner', 'cellar/fan'];
const FAILURE = { kind: 'unreachable', message: 'No answer', cure: 'Start it', code: null } as const;

/** Longer than the coarsest stretch of a series. */
const ROUND_S = 301;

/** What else may happen in five minutes, at a time, about somebody that was never heard of before. */
const stories: readonly ((at: number, someone: string, random: Random) => readonly HomeEvent[])[] = [
  (at, someone) => [log(at, `New client connected from 10.0.0.9:40102 as ${someone} (p5, c1, k60, u'${someone}').`)],
  (at, someone) => [log(at, `New client connected from 10.0.0.9:40102 as ${someone} (p5, c1, k60, u'heating').`)],
  (at, someone) => [log(at, `Client ${someone} closed its connection.`)],
  (at, someone) => [log(at, `Denied PUBLISH from ${someone} (d0, q1, r0, m1, 'heating/${someone}', ... (1 bytes))`)],
  (at, someone) => [log(at, `Client ${someone} disconnected, not authorised.`)],
  (at, someone) => [message(at, `others/${someone}`, someone)],
  (at, someone) => [message(at, 'heating/flow', `no number, ${someone}`), message(at + 1, 'heating/flow', '54.3')],
  (at, someone, random) => [message(at, random.pick(COMMANDS), someone, true)],
  (at, _, random) => [message(at, `${random.pick(COMMANDS)}/done`, random.pick(['on', 'off', 'perhaps']))],
  (at, someone) => [
    { type: 'issue-found', at, issue: { severity: 'warning', message: `The theme ${someone} is broken` } },
  ],
  (at, _, random) => [{ type: 'filter-left-out', at, filter: random.pick(COMMANDS) }],
  (at, _, random) => [{ type: 'filter-answered', at, filter: random.pick(COMMANDS), code: random.pick([0, 135]) }],
  (at, _, random) => [
    {
      type: 'link-changed',
      at,
      link: { phase: 'waiting', failure: FAILURE, attempt: random.below(90), retryAt: at + 9 },
    },
    { type: 'time-skipped', at: at + 1, skippedMs: 60_000 },
    connected(at + 2),
  ],
];

function log(at: number, line: string): HomeEvent {
  const entry = parseLogLine(`${Math.floor(at / 1_000)}: ${line}`);
  if (entry === null) throw new Error(`no line of a broker's log: ${line}`);
  return { type: 'log-line-read', at, entry, source: 'file', isPast: false };
}

/** Asks for a switch, and lets the broker and the relay answer, or not. */
function command(home: HomeState, at: number, random: Random): HomeState {
  const switchId = random.pick(['pump', 'burner', 'fan']);
  const target = getRow(home.switches, switchId)?.position === 'on' ? 'off' : 'on';
  const { state, effects } = update(home, { type: 'switch-requested', at, switchId, target });
  const [effect] = effects;
  if (effect?.type !== 'publish-command' || random.chance(0.2)) return state;
  const { commandId, topic, payload } = effect;
  const code = random.pick([0, 0, 16, 135]);
  const told = withEvents(state, { type: 'command-acknowledged', at: at + 1, commandId, code });
  return random.chance(0.7) ? withEvents(told, message(at + 2, `${topic}/done`, payload)) : told;
}

/** So many rounds of five minutes: each of the four sensors speaks, and each story is told one time in four. */
function live(from: HomeState, first: number, rounds: number, random: Random): HomeState {
  let home = from;
  for (let round = first; round < first + rounds; round += 1) {
    const at = START + round * ROUND_S * 1_000;
    home = withEvents(home, ...deviceMessages(round * ROUND_S));
    for (const [place, story] of stories.entries()) {
      const someone = `someone-${random.below(1_000_000).toString().padStart(6, '0')}`;
      if (random.chance(0.25)) home = withEvents(home, ...story(at + 100 + place * 10, someone, random));
    }
    if (random.chance(0.25)) home = command(home, at + 5_000, random);
    home = withEvents(home, tick(at + 60_000));
  }
  return home;
}

describe('the state of a house', () => {
  it('is as large after 10,000 more values as it was, whatever happens in that time', () => {
    const random = createRandom(11);
    const full = live(withEvents(emptyHome(), connected(START)), 0, 4_500, random);
    expect([full.denials.length, full.logins.size]).toEqual([200, 1_000]);
    const later = live(full, 4_500, 2_500, random);
    // The journal is thinned out in steps.
    for (const { journal } of [full, later]) expect(journal.length).toBeLessThanOrEqual(1_500);
    const sizeOf = (home: HomeState): number => serialize({ ...home, journal: [] }).byteLength;
    const growth = sizeOf(later) / sizeOf(full);
    expect(Math.abs(growth - 1)).toBeLessThan(0.02);
  });
});
