import { describe, expect, test } from 'vitest';
import { bannerOf, freshnessOfClient, overallOf } from '../../../../src/core/home/select.ts';
import type { LogSource } from '../../../../src/core/home/state/broker.ts';
import { getRow } from '../../../../src/core/home/state/table.ts';
import { nextDueAt } from '../../../../src/core/home/update-time.ts';
import { type AclFile, parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { type HouseRun, runConnected, runHouse, unreachable } from '../../../helpers/house/house-run.ts';

/** Feeds lines as mosquitto writes them, `agoS` seconds before now. */
function log(run: HouseRun, line: string, agoS = 0, source: LogSource = 'file'): void {
  const entry = parseLogLine(`${Math.floor(run.state.at / 1_000) - agoS}: ${line}`);
  if (entry === null) throw new Error(`no log line: ${line}`);
  run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source, isPast: false });
}

const login = (id: string, user: string, keepalive = 60): string =>
  `New client connected from 127.0.0.1:40102 as ${id} (p5, c1, k${keepalive}, u'${user}').`;
const denied = (id: string, topic: string): string =>
  `Denied PUBLISH from ${id} (d0, q1, r0, m1, '${topic}', ... (2 bytes))`;

describe("others' denials", () => {
  test('name the user behind the client identifier, the topic and the line to add', () => {
    const run = runConnected();
    log(run, login('dht-1', 'dhtclient'));
    log(run, denied('dht-1', 'heating/pump'));
    log(run, denied('dht-1', 'heating/pump'));
    expect(run.state.denials).toHaveLength(1);
    expect(run.state.denials[0]).toMatchObject({
      user: 'dhtclient',
      client: 'dht-1',
      topic: 'heating/pump',
      count: 2,
      evidence: 'logged',
    });
    expect(run.state.denials[0]?.remedy).toContain('add "topic write heating/pump" below "user dhtclient"');
    expect(overallOf(run.state).level).toBe('critical');
  });

  test('a client identifier made to look like a log line names itself and nobody else', () => {
    const run = runConnected();
    const forged = "x (d0, q1, r0, m1, 'cellar/fan', ... (2 bytes))";
    log(run, login(forged, 'guest'));
    log(run, denied(forged, 'heating/burner'));
    expect(run.state.denials[0]).toMatchObject({ user: 'guest', client: forged, topic: 'heating/burner' });
  });

  test('a login that was never seen is said to be unknown', () => {
    const run = runConnected();
    log(run, denied('who', 'cellar/fan'));
    expect(run.state.denials[0]).toMatchObject({ user: null, client: 'who' });
    expect(run.state.denials[0]?.remedy).toContain('is not known');
  });

  test('history is listed and no news, and is not counted against the house', () => {
    const run = runConnected();
    const before = run.texts().length;
    log(run, login('dht-1', 'dhtclient'), 7_200);
    log(run, denied('dht-1', 'heating/pump'), 7_200);
    expect(run.state.denials).toHaveLength(1);
    expect(run.texts()).toHaveLength(before);
    expect(overallOf(run.state).reasons).not.toContain(run.state.denials[0]?.detail);
  });

  test('our own logged denial is the proof that MQTT 3.1.1 does not give', () => {
    const run = runConnected('3.1.1');
    run.publish('pump', 'on');
    log(run, denied('hometui-test', 'heating/pump'));
    expect(run.verdict('pump')).toMatchObject({ kind: 'denied', evidence: 'logged' });
    expect(run.state.denials).toHaveLength(1);
  });
});

describe('a topic that cannot be written as it is', () => {
  const acl = (text: string): AclFile => parseAclFile(text, '/etc/mosquitto/acl');
  const long = `heating/${'x'.repeat(200)}`;

  test('is asked of the file whole, so that the line that denies it is found', () => {
    const run = runConnected();
    const file = acl(`user dhtclient\ntopic write heating/#\ntopic deny ${long}\n`);
    run.dispatch({ type: 'acl-read', at: run.state.at, acl: file });
    log(run, login('dht-1', 'dhtclient'));
    log(run, denied('dht-1', long));
    expect(run.state.denials[0]?.topic).toBe(long);
    expect(run.state.denials[0]?.remedy).toMatch(/^If it should be allowed: delete or narrow \/etc\/mosquitto\/acl:3 /);
  });

  test.each([long, 'heating/\u200bpump', 'heating/pump '])('is in no line to copy: %j', topic => {
    for (const file of [null, acl('user dhtclient\ntopic write cellar/#\n')]) {
      const run = runConnected();
      run.dispatch({ type: 'acl-read', at: run.state.at, acl: file });
      log(run, login('dht-1', 'dhtclient'));
      log(run, denied('dht-1', topic));
      const remedy = run.state.denials[0]?.remedy ?? '';
      expect(remedy).not.toMatch(/topic write heating|…/);
      expect(remedy).toContain(
        `a line "topic write" with this topic, whose ${topic.length} characters cannot all be shown here`,
      );
      expect(remedy).toContain('user dhtclient');
    }
  });
});

describe('a log that is read by two ways', () => {
  test('counts each line once, and two equal lines as two', () => {
    const run = runConnected();
    for (const source of ['file', 'topic', 'file', 'topic'] as const) log(run, 'Reloading config.', 0, source);
    expect(run.texts().filter(text => text.includes('reloads'))).toHaveLength(2);
    for (const source of ['topic', 'topic', 'file', 'file'] as const) log(run, denied('x', 'cellar/fan'), 0, source);
    expect(run.state.denials[0]?.count).toBe(2);
  });

  test('does not let the echo of a reload take back the alarm', () => {
    const run = runConnected();
    const broken = 'Error opening acl file "/etc/mosquitto/acl".';
    log(run, 'Reloading config.', 0, 'file');
    log(run, broken, 0, 'file');
    log(run, 'Reloading config.', 0, 'topic');
    expect(bannerOf(run.state)?.level).toBe('critical');
    log(run, broken, 0, 'topic');
    expect(bannerOf(run.state)?.level).toBe('critical');
  });
});

describe('a log whose lines have no time', () => {
  function past(run: HouseRun, line: string): void {
    const entry = parseLogLine(line);
    if (entry === null) throw new Error(`no log line: ${line}`);
    run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: true });
  }

  test('teaches who is who by what stood there, and tells none of it as news', () => {
    const run = runHouse();
    run.connect();
    const before = run.texts().length;
    past(run, login('dht-1', 'dhtclient', 0));
    past(run, denied('dht-1', 'heating/pump'));
    past(run, 'Client <unknown> disconnected, not authorised.');
    past(run, 'Reloading config.');
    expect(run.state.denials).toEqual([]);
    expect(run.texts()).toHaveLength(before);
    log(run, denied('dht-1', 'heating/pump'));
    expect(run.state.denials).toMatchObject([{ user: 'dhtclient', topic: 'heating/pump' }]);
  });

  test('raises the alarm of a missing access control list, and ends it, all the same', () => {
    const run = runHouse();
    run.connect();
    past(run, 'Error opening acl file "/etc/mosquitto/acl".');
    expect(bannerOf(run.state)?.level).toBe('critical');
    past(run, 'Reloading config.');
    run.pass(1);
    expect(bannerOf(run.state)).toBeNull();
    expect(run.state.setUpHeard).toMatchObject({ source: 'file' });
  });
});

describe('a broker whose clock is wrong', () => {
  test.each([-31_536_000, 31_536_000])('and that tells by its topic is believed to tell of now (%i s)', agoS => {
    const run = runConnected();
    log(run, denied('x', 'cellar/fan'), agoS, 'topic');
    log(run, 'Error opening acl file "/etc/mosquitto/acl".', agoS, 'topic');
    expect(run.texts().at(-1)).toContain('cannot use its access control list');
    expect(run.state.denials[0]?.at).toBe(run.state.at);
    run.pass(700_000);
    log(run, 'mosquitto version 2.0.11 running', agoS, 'topic');
    expect(overallOf(run.state).reasons.join()).not.toContain('cellar/fan');
  });
});

describe('a log whose two ways are out of step', () => {
  test('keeps the alarm: the file told of a reload that the topic could not tell of', () => {
    const run = runHouse();
    log(run, 'Reloading config.', 0, 'file');
    run.connect();
    const broken = 'Error opening acl file "/etc/mosquitto/acl".';
    log(run, 'Reloading config.', 0, 'topic');
    log(run, broken, 0, 'topic');
    log(run, 'Reloading config.', 0, 'file');
    log(run, broken, 0, 'file');
    expect(bannerOf(run.state)?.level).toBe('critical');
    log(run, 'Reloading config.', 0, 'topic');
    log(run, 'Reloading config.', 0, 'file');
    run.pass(2_000);
    expect(bannerOf(run.state)).toBeNull();
  });
});

describe('clients in the log', () => {
  test('are offline when their last connection is gone, and back with a message', () => {
    const run = runConnected();
    log(run, login('dht-1', 'dhtclient'));
    run.receive('cellar/temperature', '14');
    run.pass(60_000);
    log(run, login('dht-2', 'dhtclient'));
    log(run, 'Client dht-1 has exceeded timeout, disconnecting.');
    expect(freshnessOfClient(run.state, 'dhtclient').freshness).toBe('stale');
    log(run, 'Client dht-2 closed its connection.');
    expect(freshnessOfClient(run.state, 'dhtclient')).toMatchObject({ freshness: 'offline' });
    expect(overallOf(run.state).level).toBe('critical');
    run.receive('cellar/temperature', '14');
    expect(freshnessOfClient(run.state, 'dhtclient').freshness).toBe('live');
  });

  test('an old line does not take away one that spoke since', () => {
    const run = runConnected();
    log(run, login('dht-1', 'dhtclient'), 300);
    run.receive('cellar/temperature', '14');
    log(run, 'Client dht-1 closed its connection.', 200);
    expect(freshnessOfClient(run.state, 'dhtclient').freshness).toBe('live');
  });

  test('keepalive 0 is told once', () => {
    const run = runConnected();
    log(run, login('h-1', 'heating', 0));
    log(run, login('h-1', 'heating', 0));
    expect(run.texts().filter(text => text.includes('keepalive 0'))).toHaveLength(1);
    expect(getRow(run.state.clients, 'heating')?.keepaliveSeconds).toBe(0);
  });
});

describe('brokers that name the user only', () => {
  /** A line as RabbitMQ 3.10 writes it. */
  function rabbit(run: HouseRun, words: string): void {
    const stamp = new Date(run.state.at).toISOString().replace('T', ' ').replace('Z', '+00:00');
    const entry = parseLogLine(`${stamp} [error] <0.747.0> ${words}`);
    if (entry === null) throw new Error(`no log line: ${words}`);
    run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: false });
  }
  const refused = (topic: string, user: string): string =>
    `access to topic '${topic}' in exchange 'amq.topic' in vhost '/' refused for user '${user}'`;
  const publish = (topic: string, user: string): string =>
    `operation resulted in an error (access_refused): "${refused(topic, user)}"`;

  test("what is denied to our user ends our command, and another user's denial does not", () => {
    const run = runConnected('3.1.1');
    run.request('fan', 'on');
    rabbit(run, publish('cellar.fan', 'dhtclient'));
    expect(run.verdict('fan')).toBeNull();
    rabbit(run, publish('cellar.fan', 'monitor'));
    expect(run.verdict('fan')).toMatchObject({ kind: 'denied', evidence: 'logged' });
    expect(run.state.denials.map(({ user }) => user)).toEqual(['monitor', 'dhtclient']);
  });

  test('a denied subscription is no denied command: the echo was a gift', () => {
    const run = runConnected('3.1.1');
    run.request('fan', 'on');
    rabbit(run, `operation queue.bind caused a channel exception access_refused: ${refused('cellar.fan', 'monitor')}`);
    expect(run.verdict('fan')).toBeNull();
    expect(run.state.denials).toEqual([]);
  });

  test('our own refused login is counted once', () => {
    const run = runHouse();
    const failure = { ...unreachable, kind: 'login-refused', code: 4 } as const;
    run.dispatch({ type: 'link-changed', at: run.state.at, link: { phase: 'refused', failure, refusals: 1 } });
    rabbit(run, "MQTT login failed for user 'monitor', authentication failed: Refused");
    expect(run.state.denials).toHaveLength(1);
    rabbit(run, "MQTT login failed for user 'heating', authentication failed: Refused");
    expect(run.state.denials[0]).toMatchObject({ user: 'heating', access: 'connect', evidence: 'logged', count: 1 });
  });
});

describe('the ACL in force', () => {
  test('a broken file is a banner on every screen until the next good reload', () => {
    const run = runConnected();
    run.dispatch({ type: 'version-read', at: run.state.at, version: '2.0.11' });
    log(run, 'Reloading config.');
    log(run, 'Error: Invalid line in acl_file "/etc/mosquitto/acl": topc read #.');
    log(run, 'Error opening acl file "/etc/mosquitto/acl".');
    expect(bannerOf(run.state)?.text).toContain('WITHOUT its access control list');
    expect(overallOf(run.state).level).toBe('critical');
    log(run, 'Reloading config.');
    run.pass(2_000);
    expect(bannerOf(run.state)).toBeNull();
    const [, last] = run.state.journal.slice(-2);
    expect(last).toMatchObject({ level: 'good', kind: 'broker', text: expect.stringMatching(/list again/) });
  });

  test('a reload that fails as well is never taken for a good one, not for a moment, and is told', () => {
    const run = runConnected();
    const broken = 'Error opening acl file "/etc/mosquitto/acl".';
    log(run, 'Reloading config.');
    log(run, broken);
    run.pass(60_000);
    log(run, 'Reloading config.');
    expect(bannerOf(run.state)?.level).toBe('critical');
    expect(nextDueAt(run.state)).toBe(run.state.at + 1_000);
    run.pass(900);
    log(run, broken);
    expect(nextDueAt(run.state)).toBeNull();
    run.pass(10_000);
    expect(bannerOf(run.state)?.level).toBe('critical');
    expect(run.texts().filter(text => text.includes('cannot use its access control list'))).toHaveLength(2);
    expect(run.texts().filter(text => text.includes('list again'))).toEqual([]);
  });

  test('what went wrong in a reload of long ago is never taken for put right, not for a moment', () => {
    const run = runConnected();
    log(run, 'Error opening acl file "/etc/mosquitto/acl".', 7_200);
    log(run, 'Reloading config.', 3_600);
    expect(bannerOf(run.state)?.level).toBe('critical');
    log(run, 'Error opening acl file "/etc/mosquitto/acl".', 3_600);
    run.pass(10_000);
    expect(bannerOf(run.state)?.level).toBe('critical');
  });

  test('a reload of long ago ended the alarm long ago', () => {
    const run = runConnected();
    log(run, 'Error opening acl file "/etc/mosquitto/acl".', 7_200);
    log(run, 'Reloading config.', 3_600);
    expect(bannerOf(run.state)?.level).toBe('critical');
    expect(nextDueAt(run.state)).toBeLessThan(run.state.at);
    run.pass(1);
    expect(bannerOf(run.state)).toBeNull();
  });
});

describe('a broken file, by the version of the broker', () => {
  const RELOAD = [
    'Reloading config.',
    'Error: Invalid line in acl_file "/etc/mosquitto/acl": Topic.',
    'Error opening acl file "/etc/mosquitto/acl".',
  ];

  test('up to 2.0 it runs on without its list', () => {
    const run = runConnected();
    log(run, 'mosquitto version 2.0.11 running', 3_600);
    for (const line of RELOAD) log(run, line);
    expect(bannerOf(run.state)).toMatchObject({
      text: 'The broker runs WITHOUT its access control list: Invalid line in acl_file "/etc/mosquitto/acl": Topic',
      cure: expect.stringContaining('Everybody may read and write everything'),
    });
  });

  test('from 2.1 on it ends, and nothing runs without a list', () => {
    const run = runConnected();
    run.dispatch({ type: 'version-read', at: run.state.at, version: '2.1.2' });
    for (const line of RELOAD) log(run, line);
    expect(bannerOf(run.state)?.text).not.toContain('WITHOUT');
    expect(bannerOf(run.state)?.cure).toContain('mosquitto 2.1.2 ends then');
    log(run, 'mosquitto version 2.1.2 terminating');
    run.disconnect();
    expect(run.texts().join()).not.toContain('WITHOUT');
    const end = 'The broker ended at a reload: it cannot use its access control list: Invalid line';
    expect(bannerOf(run.state)).toMatchObject({
      text: expect.stringContaining(end),
      cure: 'Mend the acl_file, then start the broker: sudo systemctl start mosquitto',
    });
    expect(overallOf(run.state)).toMatchObject({
      level: 'unknown',
      reasons: [expect.stringContaining(end), expect.anything()],
    });
    log(run, 'mosquitto version 2.1.2 starting');
    log(run, 'mosquitto version 2.1.2 running');
    run.connect();
    expect(bannerOf(run.state)).toBeNull();
  });

  test('of a version that nobody knows both are said', () => {
    const run = runConnected();
    for (const line of RELOAD) log(run, line);
    const { text, cure } = bannerOf(run.state) ?? {};
    expect(text).toContain('cannot use its access control list');
    expect(cure).toContain('Up to mosquitto 2.0 it runs on WITHOUT the list');
    expect(cure).toContain('from 2.1 on it ends');
  });

  test.each(['2.0.11', '2.1.2'])('%s does not start with a broken list', version => {
    const run = runHouse();
    run.disconnect();
    log(run, `mosquitto version ${version} starting`);
    for (const line of RELOAD.slice(1)) log(run, line);
    expect(bannerOf(run.state)?.text).toMatch(
      /^The broker does not start: it cannot use its access control list: Invalid line/,
    );
  });

  test('2.1 ends on a bad line in the password file, 2.0 drops the entry', () => {
    const run = runConnected();
    log(run, "password-file: Error: Unable to decode line in password file '/etc/pw'.");
    log(run, 'mosquitto version 2.1.2 terminating');
    run.disconnect();
    expect(bannerOf(run.state)).toMatchObject({
      text: "The broker ended at a reload: it cannot use its password file: Unable to decode line in password file '/etc/pw'",
      cure: expect.stringContaining('Mend the password_file'),
    });
    const old = runConnected();
    log(old, 'Error: Invalid password hash type for user heating, removing entry.');
    log(old, 'mosquitto version 2.0.11 terminating');
    old.disconnect();
    expect(bannerOf(old.state)).toBeNull();
  });

  test('a stop of its own accord is no end by a file', () => {
    const run = runConnected();
    for (const line of RELOAD) log(run, line, 60);
    log(run, 'mosquitto version 2.0.11 terminating');
    run.disconnect();
    expect(bannerOf(run.state)).toBeNull();
    expect(run.texts()).toContain('the broker stops');
  });
});
