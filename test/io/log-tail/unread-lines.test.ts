import { expect, it } from 'vitest';
import { createUnreadLines } from '../../../src/io/log-tail/unread-lines.ts';

const strange = (count: number): string[] => Array.from({ length: count }, (_, index) => `GET /${index} 200`);

it('tells of a log of which not one line can be read, once, with the first as evidence, and when it can', () => {
  const lines = createUnreadLines('the broker log /var/log/x');
  const told = strange(200).map(line => lines.hear(line));
  expect(told.findIndex(issue => issue !== null)).toBe(49);
  expect(told.filter(issue => issue !== null)).toMatchObject([
    {
      isOver: false,
      issue: { message: 'not one of 50 lines of the broker log /var/log/x can be read; the first is: GET /0 200' },
    },
  ]);
  expect(lines.hear('1795372950: Sending PINGRESP to dht-1')).toMatchObject({ isOver: true });
  expect(lines.hear('GET / 200')).toBeNull();
});

it.each([
  "mosquitto-1  | 1795372950: Received PUBLISH from dht-1 (d0, q0, r0, m0, 'a', ... (2 bytes))",
  '1795372950: \theating/flow (QoS 1)',
  '[2026-11-22 18:42:30]: Opening ipv4 listen socket on port 1883.',
  '[12375] 2026/11/22 18:51:27.453075 [INF] Server is ready',
  '2026-11-22 18:42:30.000000+00:00 [info] <0.747.0> accepting MQTT connection',
])('knows a broker by one line among the strange: %s', line => {
  const lines = createUnreadLines('the log');
  const told = [...strange(49), line, ...strange(100)].map(each => lines.hear(each));
  expect(told.filter(issue => issue !== null)).toEqual([]);
});
