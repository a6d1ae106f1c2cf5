import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import type { HouseConfig } from '../../src/core/house/schema.ts';
import { withDoor } from '../../src/core/simulation/door.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('visitors', () => {
  const house = useArticleHouse();
  let home = '';
  let file = '';
  let client: MqttClient | undefined;
  const say = (topic: string, payload: string | Buffer, retain = false) =>
    client?.publishAsync(topic, payload, { qos: 1, retain });
  beforeAll(async () => {
    client = await connectAsync(house.broker.url, { username: 'master', password: articlePasswords.master ?? '' });
    home = mkdtempSync(join(tmpdir(), 'hometui-events-'));
    file = join(home, 'house.json');
    const motion = { label: 'Motion', topic: 'heating/motion' };
    writeFileSync(file, JSON.stringify(withMotion(withDoor(presets.article as HouseConfig), motion)));
  });
  afterAll(async () => {
    await client?.endAsync(true);
    rmSync(home, { recursive: true, force: true });
  });

  const env = () => ({ HOME: home, XDG_STATE_HOME: home, ...house.login('master'), HOMETUI_HOUSE: file, TZ: 'UTC' });
  const tell = (...args: readonly string[]) => runHometui(['events', ...args], { env: env() });
  const linesOf = async () => (await tell('-F', 'json')).stdout.split('\n').filter(line => line !== '');

  it('are told by nobody who has not recorded', async () => {
    const { code, stderr } = await tell();
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^hometui: nothing was recorded into .* yet\n/)]);
  });

  it('are recorded by the daemon with day and time, and what the broker had kept is none', async () => {
    await say('door/bell', 'ring', true);
    const daemon = startHometui(['daemon'], { env: env() });
    try {
      await daemon.waitFor(/ connected /);
      const before = Date.now();
      await say('door/bell', 'ring');
      await say('door/picture', Buffer.alloc(3_100));
      for (let count = 0; count < 3; count++) await say('heating/motion', 'ON');
      await expect.poll(linesOf, { timeout: 15_000, interval: 200 }).toHaveLength(1);
      await expect.poll(linesOf, { timeout: 15_000, interval: 200 }).toEqual([expect.stringContaining('3100')]);
      const [line = ''] = await linesOf();
      const ring = JSON.parse(line);
      expect(ring).toMatchObject({ id: 'doorbell', label: 'Door bell', word: 'rings', count: 1, snapshotBytes: 3_100 });
      expect(Math.abs(Date.parse(ring.at) - before)).toBeLessThan(5_000);
    } finally {
      daemon.child.kill('SIGTERM');
      await daemon.ended;
    }
    const text = await tell('--since', 'yesterday');
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^Home, .*\n\n(?:\w{3} \d\d \w{3} \d{4} {2}.*\n(?: {2}\d\d:\d\d:\d\d {2}.*\n)+\n?)+/);
    expect(text.stdout).toContain('  Door bell: rings, with a picture of 3.1 kB\n');
    expect(text.stdout).toMatch(/ {2}Motion: 3 times within /);
    expect(text.stdout).toMatch(/Nobody listened for .* of this time: what happened then is not known/);
    const csv = await tell('--only', 'motion', '-F', 'csv');
    expect(csv.stdout).toMatch(/^at,until,id,.*\r\n\S+,\S+,motion,Motion,counter,,3,,\r\n$/);
    const motion = await tell('--only', 'motion', '--until', '2 h ago');
    expect([motion.code, motion.stdout]).toEqual([3, expect.stringContaining('Nothing happened that was heard.')]);
  });

  it.each([
    [['--since', 'soon'], '--since does not understand "soon"'],
    [['--until', 'soon'], '--until does not understand "soon"'],
    [['--since', 'now', '--until', 'yesterday'], 'the time that is asked for ends before it begins'],
    [['--only', 'flow'], 'the house has no event or counter "flow"'],
    [['-F', 'prometheus'], '--format does not know "prometheus"'],
    [['now'], 'hometui events does not know what to do with "now"'],
  ] as const)('%j is refused: %s', async (args, words) => {
    const { code, stderr } = await tell(...args);
    expect([code, stderr]).toEqual([64, expect.stringContaining(words)]);
  });
});

function withMotion(config: HouseConfig, motion: { label: string; topic: string }): HouseConfig {
  return { ...config, counters: { motion } };
}
