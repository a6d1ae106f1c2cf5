import { expect, it } from 'vitest';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { watchUnreadLines } from '../../../src/io/log-tail/unread-lines.ts';

const strange = (count: number): string[] => Array.from({ length: count }, (_, index) => `GET /${index} 200`);

it('tells of a log of which not one line can be read, once, with the first as evidence, and when it can', () => {
  const told: HomeEvent[] = [];
  const hear = watchUnreadLines('the broker log /var/log/x', systemClock(), event => told.push(event));
  for (const line of strange(49)) hear(line);
  expect(told).toEqual([]);
  for (const line of strange(151)) hear(line);
  const message = 'not one of 50 lines of the broker log /var/log/x can be read; the first is: GET /0 200';
  expect(told).toMatchObject([{ type: 'issue-found', issue: { message } }]);
  hear('1795372950: Sending PINGRESP to dht-1');
  hear('GET / 200');
  expect(told.slice(1)).toMatchObject([{ type: 'issue-settled', issue: { message } }]);
});

it.each([
  "mosquitto-1  | 1795372950: Received PUBLISH from dht-1 (d0, q0, r0, m0, 'a', ... (2 bytes))",
  '1795372950: \theating/flow (QoS 1)',
  '[2026-11-22 18:42:30]: Opening ipv4 listen socket on port 1883.',
  '[12375] 2026/11/22 18:51:27.453075 [INF] Server is ready',
  '2026-11-22 18:42:30.000000+00:00 [info] <0.747.0> accepting MQTT connection',
])('knows a broker by one line among the strange: %s', line => {
  const told: HomeEvent[] = [];
  const hear = watchUnreadLines('the log', systemClock(), event => told.push(event));
  for (const each of [...strange(49), line, ...strange(100)]) hear(each);
  expect(told).toEqual([]);
});
