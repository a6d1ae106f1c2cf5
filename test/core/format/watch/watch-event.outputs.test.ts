import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plainStyle, type Style } from '../../../../src/core/format/style.ts';
import { isShown, type WatchEvent, watchEvents, watchJson } from '../../../../src/core/format/watch/watch-event.ts';
import { watchCsv, watchText } from '../../../../src/core/format/watch/watch-line.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import { update } from '../../../../src/core/home/update.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { articleHouse, NOON, runHouse, unreachable } from '../../../helpers/house/house-run.ts';

const at = (second: number): number => NOON + 1_000 * second;
const message = (second: number, topic: string, payload: string, isRetained = false): HomeEvent => ({
  ...{ type: 'message-received', at: at(second), topic, payload: new TextEncoder().encode(payload), isRetained },
});
const logged = (second: number, line: string): HomeEvent => {
  const entry = parseLogLine(`${at(second) / 1_000}: ${line}`);
  if (entry === null) throw new Error(line);
  return { type: 'log-line-read', at: at(second), entry, source: 'file', isPast: false };
};
const wanted = (second: number, switchId: string, target: 'on' | 'off'): HomeEvent => ({
  ...{ type: 'switch-requested', at: at(second), switchId, target },
});
/** The command that is on its way is the last thing that was given a number. */
const ack = (second: number, code: number) => (commandId: number) =>
  ({ type: 'command-acknowledged', at: at(second), commandId, code }) as const;
const link = { phase: 'connected', protocol: '5', connectedAt: NOON } as const;

/** An hour of a house in which everything happens that watch has words for. */
const HAPPENS: readonly (HomeEvent | ((commandId: number) => HomeEvent))[] = [
  { type: 'link-changed', at: at(0), link },
  message(0, 'cellar/humidity', '71', true),
  message(0, 'heating/burner/done', 'off', true),
  message(1, 'heating/flow', '54.3'),
  message(1, 'heating/flow', '54.3'),
  message(1, 'heating/return', '84'),
  message(1, 'cellar/temperature', '0.4'),
  message(1, 'roof/wind', '3.14159'),
  message(1, 'somewhere/else', '1'),
  message(2, 'cellar/temperature', 'nan'),
  message(2, 'cellar/temperature', 'nan'),
  message(3, 'cellar/temperature', '14'),
  message(4, 'heating/pump/done', 'on'),
  message(5, 'heating/pump/done', 'on'),
  wanted(6, 'pump', 'off'),
  ack(6, 0),
  message(6, 'heating/pump/done', 'off'),
  wanted(7, 'fan', 'on'),
  ack(7, 0x87),
  wanted(8, 'burner', 'on'),
  ack(8, 0x10),
  wanted(9, 'burner', 'on'),
  ack(9, 0),
  { type: 'ticked', at: at(15) },
  message(16, 'heating/burner/done', 'on'),
  logged(17, "New client connected from 127.0.0.1:40102 as h-1 (p5, c1, k60, u'heating')."),
  logged(17, "Denied PUBLISH from h-1 (d0, q1, r0, m1, 'roof/wind', ... (2 bytes))"),
  logged(18, "Denied PUBLISH from h-1 (d0, q1, r0, m2, 'roof/wind', ... (2 bytes))"),
  logged(19, 'Client stranger disconnected, not authorised.'),
  logged(20, 'Reloading config.'),
  logged(20, 'Error opening acl file "/etc/mosquitto/acl".'),
  logged(21, 'Reloading config.'),
  { type: 'ticked', at: at(23) },
  logged(24, 'Client h-1 closed its connection.'),
  { type: 'issue-found', at: at(25), issue: { severity: 'warning', message: 'the log cannot be read', cure: 'Look.' } },
  { type: 'ticked', at: at(60) },
  message(61, 'cellar/humidity', '72'),
  message(62, 'heating/pump', 'on', true),
  { type: 'link-changed', at: at(70), link: { phase: 'waiting', failure: unreachable, attempt: 1, retryAt: at(71) } },
  { type: 'link-changed', at: at(80), link: { ...link, connectedAt: at(80) } },
  { type: 'time-skipped', at: at(3_600), skippedMs: 3_000_000 },
  { type: 'backlog-began', at: at(3_600), since: at(600) },
  message(3_600, 'heating/flow', '91'),
  message(3_600, 'heating/pump/done', 'on'),
  { type: 'backlog-ended', at: at(3_601) },
  message(3_602, 'heating/flow', '50'),
];

function watchAll(): readonly WatchEvent[] {
  const { sensors, ...article } = articleHouse();
  const wind = { label: 'Wind', topic: 'roof/wind', unit: 'm/s', decimals: 3 };
  let { state } = runHouse({ ...article, sensors: { ...sensors, wind } });
  return HAPPENS.flatMap(happening => {
    const before = state;
    const commandId = Math.max(0, ...[...state.switches.chunks.flat()].map(row => row.command?.id ?? 0));
    const event = typeof happening === 'function' ? happening(commandId) : happening;
    state = update(before, event).state;
    return watchEvents(event, before, state);
  });
}

const marked: Style = (text, role) => `<${role}>${text}</>`;

/** Changed only where a change means to change what is written (`vitest -u`), and read again then. */
test('watch tells what happens in each format, to the last blank', async () => {
  const events = watchAll();
  const time = (moment: number): string => `+${(moment - NOON) / 1_000}`;
  const { house } = runHouse().state;
  const only = (...ids: string[]): string =>
    events
      .filter(event => isShown(event, house, new Set(ids)))
      .map(event => watchText(event, time, plainStyle))
      .join('');
  const whole = [
    ...events.map(event => watchText(event, time, marked)),
    ...['--- csv\n', ...events.map(watchCsv)],
    ...['--- json\n', ...events.map(watchJson)],
    ...['--- only fan, dewPoint\n', only('fan', 'dewPoint')],
    ...['--- only heating\n', only('heating')],
  ];
  const file = fileURLToPath(new URL('../../../fixtures/formats/watch.txt', import.meta.url));
  await expect(whole.join('')).toMatchFileSnapshot(file);
});

test('an event that changes nothing has no line', () => {
  const { state } = runHouse();
  expect(watchEvents({ type: 'ticked', at: NOON }, state, state)).toEqual([]);
});
