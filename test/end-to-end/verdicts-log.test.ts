import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/app/session.ts';
import { logSource } from '../../src/app/sources/log-source.ts';
import { bannerOf } from '../../src/core/home/select.ts';
import { createHouse } from '../../src/core/house/house.ts';
import { presets } from '../../src/core/house/presets.ts';
import { systemClock } from '../../src/io/clock.ts';
import { parseConnectionOptions } from '../../src/io/mqtt-options/mqtt-options.ts';
import type { Mosquitto } from '../helpers/brokers/mosquitto.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

/** What issue 3 promises: a denial within a second, a broken ACL within two. */
const DENIAL_MS = 1_000;
const BANNER_MS = 2_000;

const program = requireProgram('mosquitto');

describe.runIf(program !== null)('what the broker says of others', () => {
  const house = useArticleHouse('log_dest topic');
  const env = () => house.login('master');
  beforeAll(() => void builtProgram());

  test("another client's denied publish is told within a second, with user, topic and the line to add", async () => {
    const args = ['watch', '--format', 'json', '--broker-log', house.broker.logFile, '--acl', house.broker.aclFile];
    const watch = startHometui(args, { env: env() });
    try {
      await watch.waitFor(/"type":"link".*"connected":true/);
      const heating = house.heating.client;
      await heating.publishAsync('cellar/fan', 'on', { qos: 1 });
      await watch.waitFor(/"type":"denial"/, DENIAL_MS);
    } finally {
      watch.child.kill('SIGTERM');
      await watch.ended;
    }
    const lines = watch.stdout().trim().split('\n');
    const denial = lines.map(line => JSON.parse(line)).find(line => line.type === 'denial');
    expect(denial).toMatchObject({ evidence: 'logged', user: 'heating', access: 'publish', topic: 'cellar/fan' });
    expect(denial.remedy).toContain('"topic write cellar/fan"');
    expect(denial.remedy).toContain(`${house.broker.aclFile}:7`);
  });

  test('a broker without its access control list is a banner within two seconds, and status exits with 2', async () => {
    const args = ['status', '--format', 'json', '--broker-log', house.broker.logFile];
    const sound = readFileSync(house.broker.aclFile, 'utf8');
    const before = await runHometui(args, { env: env() });
    expect(before.stdout).not.toContain('access control list');
    const consoles = ['file', 'topic'].map(way => openMaster(house.broker, way === 'file'));
    try {
      for (const console of consoles) await console.until(state => state.link.phase === 'connected');
      writeFileSync(house.broker.aclFile, 'user heating\nTopic write heating/flow\n');
      process.kill(house.broker.pid(), 'SIGHUP');
      const isBanner = (state: Parameters<typeof bannerOf>[0]): boolean =>
        bannerOf(state)?.level === 'critical' && bannerOf(state)?.text.includes('access control list') === true;
      await Promise.all(consoles.map(console => console.until(isBanner, BANNER_MS)));
      // The words about it are far back in the log by now.
      const saidAt = house.broker.readLog().length;
      while (house.broker.readLog().length < saidAt + 100_000) {
        for (let index = 0; index < 100; index++)
          await house.heating.client.publishAsync('heating/flow', '54.3', { qos: 1 });
      }
      const broken = await runHometui(args, { env: env() });
      expect(broken.code).toBe(2);
      expect(JSON.parse(broken.stdout).reasons.join('\n')).toContain('access control list');
      await house.broker.reload({ acl: sound });
      await Promise.all(consoles.map(console => console.until(state => bannerOf(state) === null, BANNER_MS)));
      const mended = await runHometui(args, { env: env() });
      expect(mended.stdout).not.toContain('access control list');
    } finally {
      for (const console of consoles) await console.close();
    }
  });
});

/** A console as `master`, which follows the log by its file or on `$SYS/broker/log/#` only. */
function openMaster(broker: Mosquitto, hasFile: boolean) {
  const login = { url: broker.url, user: 'master', password: articlePasswords.master ?? '' };
  const connection = parseConnectionOptions(login, Math.random);
  const { article } = presets;
  if (!connection.ok || article === undefined) throw new Error('no connection');
  const clock = systemClock();
  const sources = hasFile ? [logSource(broker.logFile, clock)] : [];
  const house = createHouse(article);
  const { store, close } = openSession({ connection: connection.value, house, clock, random: Math.random, sources });
  type State = ReturnType<typeof store.getState>;
  const until = (isSo: (state: State) => boolean, limitMs = 10_000): Promise<void> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => done(new Error(`waited ${limitMs} ms in vain, by ${hasFile}`)), limitMs);
      const release = store.observe(({ after }) => {
        if (isSo(after)) done(null);
      });
      const done = (error: Error | null): void => {
        clearTimeout(limit);
        release();
        if (error === null) resolve();
        else reject(error);
      };
      if (isSo(store.getState())) done(null);
    });
  return { until, close };
}
