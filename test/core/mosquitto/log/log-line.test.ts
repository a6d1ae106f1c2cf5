import { describe, expect, it } from 'vitest';
import { isBrokerLine, parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';

/** Lines as mosquitto 2.0.11 and 2.0.21 wrote them; where they differ, both stand here. */
const SENTENCES: readonly (readonly [string, object])[] = [
  [
    'New connection from 127.0.0.1:42688 on port 39179.',
    { kind: 'connection-opened', address: '127.0.0.1', port: 42688 },
  ],
  [
    "New client connected from 127.0.0.1:40102 as dht-1 (p5, c1, k60, u'dhtclient').",
    {
      kind: 'login',
      clientId: 'dht-1',
      user: 'dhtclient',
      address: '127.0.0.1',
      port: 40102,
      keepaliveSeconds: 60,
    },
  ],
  [
    'New client connected from ::1:40102 as anon (p2, c0, k0).',
    {
      kind: 'login',
      clientId: 'anon',
      user: null,
      address: '::1',
      keepaliveSeconds: 0,
    },
  ],
  ['Client <unknown> disconnected, not authorised.', { kind: 'login-refused', clientId: null, user: null }],
  ['Client z disconnected, not authorised.', { kind: 'login-refused', clientId: 'z' }],
  [
    "Denied PUBLISH from dht-3 (d0, q1, r0, m39473, 'heating/pump', ... (1 bytes))",
    {
      kind: 'denied-publish',
      clientId: 'dht-3',
      user: null,
      topic: 'heating/pump',
      qos: 1,
      isRetained: false,
      payloadBytes: 1,
    },
  ],
  [
    "Denied PUBLISH from <unknown> (d1, q2, r1, m1, 'it's', ... (1024 bytes))",
    { kind: 'denied-publish', clientId: null, topic: "it's", qos: 2, isRetained: true, payloadBytes: 1024 },
  ],
  ["Denied PUBLISH from a (d0, q0, r0, m0, '', ... (0 bytes))", { topic: '', qos: 0, payloadBytes: 0 }],
  ["New client connected from 1.2.3.4:5 as a (p10, c1, k600, u'b').", { kind: 'login', keepaliveSeconds: 600 }],
  ['New client connected from 1.2.3.4:5 as a (p10, c1, k600).', { kind: 'login', user: null, keepaliveSeconds: 600 }],
  ['Invalid QoS in PUBLISH from a, disconnecting.', { kind: 'protocol-error', clientId: 'a', detail: 'bad QoS' }],
  ['Too high QoS in PUBLISH from a, disconnecting.', { kind: 'protocol-error', clientId: 'a', detail: 'bad QoS' }],
  ['Bad client a sending multiple CONNECT messages.', { detail: 'sending multiple CONNECT messages' }],
  ['Client dht-1 disconnected.', { kind: 'left', clientId: 'dht-1' }],
  ['Client dht-2 closed its connection.', { kind: 'connection-lost', clientId: 'dht-2', detail: null }],
  [
    'Bad socket read/write on client dht-2: Invalid arguments provided.',
    { kind: 'connection-lost', clientId: 'dht-2', detail: 'Invalid arguments provided' },
  ],
  [
    'Client dht-2 disconnected: The connection was lost.',
    { kind: 'connection-lost', clientId: 'dht-2', detail: 'The connection was lost' },
  ],
  ['Client silent has exceeded timeout, disconnecting.', { kind: 'keepalive-expired', clientId: 'silent' }],
  ['Client dup already connected, closing old connection.', { kind: 'taken-over', clientId: 'dup' }],
  [
    'Client <unknown> disconnected due to protocol error.',
    { kind: 'protocol-error', clientId: null, detail: 'protocol error' },
  ],
  [
    'Client mal disconnected due to malformed packet.',
    { kind: 'protocol-error', clientId: 'mal', detail: 'malformed packet' },
  ],
  [
    'Protocol error from pw: password without username, closing connection.',
    { kind: 'protocol-error', clientId: 'pw', detail: 'password without username' },
  ],
  [
    'ACL denying access to client with dangerous username "b+c"',
    { kind: 'wildcard-name', clientId: null, user: 'b+c' },
  ],
  ['ACL denying access to client with dangerous client id "a#"', { kind: 'wildcard-name', clientId: 'a#', user: null }],
  ['Outgoing messages are being dropped for client slow.', { kind: 'messages-dropped', clientId: 'slow' }],
  ['Reloading config.', { kind: 'reload' }],
  [
    'Error: Invalid line in acl_file "/etc/mosquitto/acl": Topic.',
    { kind: 'acl-broken', file: '/etc/mosquitto/acl', detail: 'Invalid line in acl_file "/etc/mosquitto/acl": Topic' },
  ],
  ['Error: Invalid topic access type "Read" in acl_file "/etc/acl".', { kind: 'acl-broken', file: '/etc/acl' }],
  ['Error: Invalid ACL topic "a#" in acl_file "/etc/acl".', { kind: 'acl-broken', file: '/etc/acl' }],
  ['Error: Missing username in acl_file "/etc/acl".', { kind: 'acl-broken', file: '/etc/acl' }],
  ['Error: Empty topic in acl_file "/etc/acl".', { kind: 'acl-broken', file: '/etc/acl' }],
  ['Error: Unable to open acl_file "/etc/acl".', { kind: 'acl-broken', file: '/etc/acl' }],
  [
    'Error opening acl file "/etc/acl".',
    { kind: 'acl-broken', file: '/etc/acl', detail: 'Error opening acl file "/etc/acl"' },
  ],
  ['Error opening password file "/etc/pw".', { kind: 'passwords-broken', file: '/etc/pw', user: null }],
  ['Error: Unable to open pwfile "/etc/pw".', { kind: 'passwords-broken', file: '/etc/pw' }],
  [
    'Error: Invalid password hash type for user dhtclient, removing entry.',
    { kind: 'passwords-broken', file: null, user: 'dhtclient' },
  ],
  ['Client a been disconnected by administrative action.', { kind: 'protocol-error', clientId: 'a' }],
  [
    'Client a disconnected due to QoS too high or retain not supported.',
    { kind: 'protocol-error', clientId: 'a', detail: 'QoS too high or retain not supported' },
  ],
  ['Client a disconnected: Success.', { kind: 'connection-lost', clientId: 'a', detail: null }],
  [
    'OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number',
    { kind: 'wrong-transport', spoken: 'plain', peer: null },
  ],
  ['mosquitto version 2.0.11 starting', { kind: 'starting', version: '2.0.11' }],
  ['mosquitto version 2.0.11 running', { kind: 'started', version: '2.0.11' }],
  ['mosquitto version 2.0.11 terminating', { kind: 'stopped', version: '2.0.11' }],
];

const AT = 1_795_372_950_000;
/** What may stand before a sentence, and the time that it tells. */
const PREFIXES: readonly (readonly [string, number | null])[] = [
  ['', null],
  ['1795372950: ', AT],
  ['2026-11-22T18:42:30+0000: ', AT],
  ['2026-11-22T20:42:30+02:00: ', AT],
  ['2026-11-22T18:42:30Z: ', AT],
  ['2026-11-22T18:42:30: ', null],
  ['2026-11-22 18:42:30: ', null],
  ['Sun Nov 22 18:42:30 2026: ', null],
  ['22.11.2026 18:42:30: ', null],
  ['18:42:30: ', null],
  ['Nov 22 18:42:30 pi mosquitto[612]: ', null],
  ['Nov  2 18:42:30 pi mosquitto[612]: ', null],
  ['Nov 22 18:42:30 pi mosquitto[612]: 1795372950: ', AT],
  ['2026-11-22T18:42:30+00:00 pi mosquitto[612]: ', AT],
  ['2026-11-22T19:42:30.250000+01:00 pi mosquitto[612]: ', AT + 250],
  ['2026-11-22T18:42:30+0000 pi mosquitto[612]: 1795372950: ', AT],
  ['mosquitto-1  | 1795372950: ', AT],
  ['mosquitto-1  | 2026-11-22T18:42:30.250000000Z ', AT + 250],
  ['2026-11-22T18:42:30.123456789Z 1795372950: ', AT],
  ['\u001b[36mmosquitto-1  |\u001b[0m 1795372950: ', AT],
  ['\u001b[33mmosquitto \u001b[0m| \u001b[32m1795372950: ', AT],
  ['<30>1 2026-11-22T18:42:30.250Z pi mosquitto 612 - - ', AT + 250],
  ['<30>1 2026-11-22T19:42:30+01:00 pi mosquitto 612 ID47 [a@1 b="c"][d@2] \ufeff1795372950: ', AT],
  ['<30>Nov 22 18:42:30 pi mosquitto[612]: ', null],
  ['Sun 2026-11-22 18:42:30 UTC pi mosquitto[612]: ', AT],
  ['Sun 2026-11-22 19:42:30 CET pi mosquitto[612]: 1795372950: ', AT],
  ['Sun 2026-11-22 18:42:30.250000 UTC pi mosquitto[612]: ', AT + 250],
  ['1795372950.250000 pi mosquitto[612]: ', AT + 250],
  ['Sun 2026-11-22 18:42:30 UTC pi mosquitto@home.service[612]: ', AT],
  ['[  123.456789] pi mosquitto[612]: 1795372950: ', AT],
  ['Sun Nov 22 18:42:30 2026 daemon.notice mosquitto[1234]: 1795372950: ', AT],
  ['Sun Nov  1 18:42:30 2026 daemon.notice mosquitto: ', null],
  ['Nov 22 18:42:30 router daemon.notice mosquitto[1234]: ', null],
  ['[2026-11-22T18:42:30Z]: ', AT],
  ['[2026-11-22 18:42:30]: ', null],
  ['(22/Nov/2026:18:42:30 +0000): ', null],
  ['mosquitto 2026-11-22T18:42:30Z: ', AT],
  ['broker [2026-11-22T18:42:30+0000] of home: ', AT],
];

describe('parseLogLine', () => {
  it.each(SENTENCES)('reads: %s', (sentence, expected) => {
    expect(parseLogLine(sentence)).toMatchObject({ at: null, ...expected });
  });

  it.each(SENTENCES)('takes no other sentence for it, with words before or behind: %s', (sentence, expected) => {
    // The system's words for a socket may end without a full stop.
    const isOpen = sentence.startsWith('Bad socket');
    const others = [`x ${sentence}`, `${sentence} x`, `${sentence}x`, sentence.slice(1)];
    for (const other of isOpen ? others : [...others, sentence.slice(0, -1)]) {
      expect({ ...parseLogLine(other) }).not.toMatchObject(expected);
    }
  });

  it.each(PREFIXES)('reads every sentence behind %j', (prefix, at) => {
    for (const [sentence, expected] of SENTENCES) {
      expect(parseLogLine(`${prefix}${sentence}`)).toMatchObject({ at, ...expected });
    }
  });

  it.each(SENTENCES)("reads it out of a container's JSON: %s", (sentence, expected) => {
    const log = `1795372950: ${sentence}\n`;
    const docker = JSON.stringify({ log, stream: 'stderr', time: '2026-11-22T18:42:30.5Z' });
    const journal = JSON.stringify({ MESSAGE: sentence, __REALTIME_TIMESTAMP: '1795372950250000' });
    expect(parseLogLine(docker)).toMatchObject({ at: AT, ...expected });
    expect(parseLogLine(journal)).toMatchObject({ at: AT + 250, ...expected });
  });

  it.each([
    ['Sun 2026-11-22 20:42:30 EET pi mosquitto[612]: '],
    ['Sun Nov 22 20:42:30 2026 daemon.notice mosquitto[1234]: '],
    ['[2026-11-22 20:42:30]: '],
  ])("reads the time behind %j by the machine's offset", prefix => {
    expect(parseLogLine(`${prefix}Client a disconnected.`, 2 * 3_600_000)?.at).toBe(AT);
  });

  it('reads a stamp without a zone by the offset it is told', () => {
    const line = '2026-11-22T20:42:30: Client a disconnected.';
    expect(parseLogLine(line, 2 * 3_600_000)?.at).toBe(AT);
  });

  it.each(['\n', '\r\n'])('reads it with its end of line, %j', end => {
    expect(parseLogLine(`Client a disconnected.${end}`)).toEqual({ kind: 'left', at: null, clientId: 'a', peer: null });
  });

  it('has the words of a fault as they stand, without the full stop', () => {
    const detail = (line: string) => ({ ...parseLogLine(line) });
    expect(detail('Error: Unable to open pwfile "/etc/p.w".')).toMatchObject({
      detail: 'Unable to open pwfile "/etc/p.w"',
    });
    expect(detail('Unable to open pwfile "/etc/pw".')).toMatchObject({ detail: 'Unable to open pwfile "/etc/pw"' });
    expect(detail('Error opening password file "/etc/pw".')).toMatchObject({
      detail: 'Error opening password file "/etc/pw"',
    });
    expect(detail('Error: Missing password hash for user a for user b, removing entry.')).toMatchObject({
      ...{ user: 'a for user b', detail: 'Missing password hash for user a for user b, removing entry' },
    });
    expect(detail("password-file: Error: Unable to decode line in password file '/etc/p.w'.")).toMatchObject({
      ...{ file: '/etc/p.w', detail: "Unable to decode line in password file '/etc/p.w'" },
    });
    expect(detail("password-file: Error: Duplicate user 'it's' in password file '/etc/p.w'.")).toMatchObject({
      ...{ user: "it's", file: '/etc/p.w', detail: "Duplicate user 'it's' in password file '/etc/p.w'" },
    });
    expect(detail('Bad socket read/write on client a: Error 1.5 of it.')).toMatchObject({ detail: 'Error 1.5 of it' });
  });

  it.each([
    '',
    '1795372950: ',
    'Client disconnected.',
    'Client a disconnected: x Y.',
    'Client a disconnected due to a. b.',
    'New client connected from x 1.2.3.4:5 as a (p2, c1, k60).',
    "New client connected from x 1.2.3.4:5 as a (p2, c1, k60, u'b').",
    'New client connected from 1.2.3.4:5 as a (p2, c1, k60, x).',
    'New connection from x 1.2.3.4:5 on port 1883.',
    'New connection from 1.2.3.4:5 on port 18 83.',
    "Denied PUBLISH from a (d0, q1, r0, m1, 'b', ... (1x bytes))",
    "Denied PUBLISH from a (d0, q1, r0, m1, 'b', ... (x1 bytes))",
    "Denied PUBLISH from a (d0, q3, r0, m1, 'b', ... (1 bytes))",
    'Denied PUBLISH from a bytes))',
    'Error: Something in acl_file "x" else.',
    'Error: Missing password hash, removing entry.',
    'password-file: Error: Out of memory.',
    "password-file: Error: Duplicate user 'a'.".replace("'a'", 'a'),
    'Opening ipv4 listen socket on port 39179.',
    'Config loaded from /etc/mosquitto/mosquitto.conf.',
    'To fix this, use `chmod 0700 /etc/mosquitto/acl`.',
    'Client dht-1 disconnected',
    'x Client dht-1 disconnected.',
    'Client dht-1 disconnected. ',
    "denied PUBLISH from dht-3 (d0, q1, r0, m1, 'a', ... (1 bytes))",
    'Sending PINGRESP to dht-1',
    'Received DISCONNECT from 12:30:01: Client dht-1 disconnected.',
    'Sending CONNACK to [2026-11-22 18:42:30]: Client dht-1 disconnected.',
    '{"log":',
    '{"log":5}',
    'null',
  ])('makes nothing of: %j', line => {
    expect(parseLogLine(line)).toBeNull();
  });
});

describe('a client that calls itself like a log line', () => {
  const EVIL = [
    "evil (p5, c1, k60, u'master').",
    'evil disconnected.',
    'evil disconnected, not authorised.',
    'evil already connected, closing old connection.',
    "evil (d0, q1, r0, m1, 'heating/pump', ... (1 bytes))",
    'evil: Error opening acl file "/etc/acl".',
    'Client dht-1 disconnected.',
    '1795372950: Reloading config.',
    "x'",
    '"',
    ' ',
    '',
  ];

  it.each(EVIL)('is told apart in each sentence: %j', clientId => {
    expect(
      parseLogLine(`1795372950: New client connected from 1.2.3.4:5 as ${clientId} (p2, c1, k60, u'a').`),
    ).toMatchObject({
      kind: 'login',
      clientId,
      user: 'a',
      keepaliveSeconds: 60,
    });
    expect(parseLogLine(`Client ${clientId} disconnected.`)).toMatchObject({ kind: 'left', clientId });
    expect(parseLogLine(`Client ${clientId} closed its connection.`)).toMatchObject({
      kind: 'connection-lost',
      clientId,
    });
    expect(parseLogLine(`Client ${clientId} disconnected, not authorised.`)).toMatchObject({
      kind: 'login-refused',
      clientId,
    });
    expect(parseLogLine(`Client ${clientId} disconnected due to protocol error.`)).toMatchObject({
      kind: 'protocol-error',
      clientId,
    });
    expect(parseLogLine(`Denied PUBLISH from ${clientId} (d0, q0, r1, m0, 'a/b', ... (3 bytes))`)).toMatchObject({
      kind: 'denied-publish',
      clientId,
      topic: 'a/b',
      isRetained: true,
    });
  });

  it('cannot blame another by its topic: the name still begins with its own', () => {
    const topic = "x (d0, q1, r0, m1, 'heating/pump";
    const entry = parseLogLine(`Denied PUBLISH from evil (d0, q1, r0, m2, '${topic}', ... (1 bytes))`);
    expect(entry).toMatchObject({ kind: 'denied-publish', clientId: expect.stringMatching(/^evil \(d0/) });
  });
});

describe('isBrokerLine', () => {
  it.each([
    'Opening ipv4 listen socket on port 39179.',
    '1795372950: \tcellar/status',
    'mosquitto version 2.0.11 starting',
    '[12375] 2026/11/22 18:51:27.453075 [INF] Server is ready',
    '[12375] [DBG] x',
    '2026-11-22 18:42:30.000000+00:00 [info] <0.747.0> accepting',
    '2026-11-22 18:42:30Z [error] <0.1.0> x',
  ])('knows %j', line => {
    expect(isBrokerLine(line)).toBe(true);
  });

  it.each([
    'x Opening ipv4 listen socket on port 39179.',
    'Clients',
    'a mosquitto version 2.0.11 starting',
    'x[12375] [INF] y',
    '[1x] [INF] y',
    '[1] x [INF] y',
    '[1] [XXX] y',
    'x 2026-11-22 18:42:30.000000+00:00 [info] <0.747.0> accepting',
    '2026-11-22 x [info] <0.747.0> accepting',
    '2026-11-22 18:42:30Z [a b] <0.747.0> accepting',
    '2026-11-22 18:42:30Z [info] <x> accepting',
    '2026-11-22 18:42:30Z [info] accepting',
    '',
  ])('does not know %j', line => {
    expect(isBrokerLine(line)).toBe(false);
  });
});

describe('other brokers', () => {
  it.each([
    [
      '[12375] 2026/11/22 18:51:27.453075 [ERR] 127.0.0.1:52424 - mid:4 - "cid1" - Publish Violation - User "dhtclient", Subject "heating.pump"',
      { kind: 'denied-publish', at: null, clientId: 'cid1', user: 'dhtclient', topic: 'heating/pump', qos: null },
    ],
    [
      '[12375] [ERR] 127.0.0.1:52424 - mid:4 - "a\\" - Publish Violation" - Publish Violation - User "d", Subject "/.a./.b"',
      { kind: 'denied-publish', clientId: 'a" - Publish Violation', user: 'd', topic: '/a//b' },
    ],
    [
      '[12375] 2026/11/22 18:51:27.462170 [ERR] 127.0.0.1:52434 - mid:19 - "cid3" - Subscription Violation - User "dhtclient", Subject "heating.>", SID heating.>',
      { kind: 'denied-subscribe', clientId: 'cid3', user: 'dhtclient', topic: 'heating/#' },
    ],
    [
      '[12375] 2026/11/22 18:51:27.464710 [ERR] 127.0.0.1:52444 - mid:20 - "cid4" - authentication error - User "dhtclient"',
      { kind: 'login-refused', clientId: 'cid4', user: 'dhtclient' },
    ],
    [
      '[12375] 2026/11/22 18:51:27.466935 [ERR] 127.0.0.1:52450 - mid:21 - "cid5" - authentication error - User ""',
      { kind: 'login-refused', clientId: 'cid5', user: null },
    ],
  ])('nats-server: %s', (line, expected) => {
    expect(parseLogLine(line)).toMatchObject(expected);
  });

  it.each([
    ['a//b', 'a.b'],
    ['a./', 'a/'],
    ['/.a', '/a'],
    ['a.*.>', 'a/+/#'],
    ['a.b.c', 'a/b/c'],
  ])('nats-server: the subject %s is the topic %s', (subject, topic) => {
    const line = `[1] 2026/11/22 18:42:30 [ERR] 127.0.0.1:5 - mid:4 - "c" - Publish Violation - User "d", Subject "${subject}"`;
    expect(parseLogLine(line, 0)).toMatchObject({ kind: 'denied-publish', at: AT, topic });
    expect(parseLogLine(`x${line}`, 0)).toBeNull();
  });

  it('nats-server: reads the time by the offset it is told', () => {
    const line =
      '[1] 2026/11/22 18:42:30.500000 [ERR] 127.0.0.1:5 - mid:4 - "c" - Publish Violation - User "d", Subject "a"';
    expect(parseLogLine(line, 0)?.at).toBe(AT + 500);
  });

  it('nats-server: two clients with one identifier', () => {
    const line =
      '[5681] 2026/11/22 20:23:58.686436 [WRN] 127.0.0.1:47806 - mid:30 - "dup" - Replacing old client "127.0.0.1:47790 - mid:29 - \\"dup\\"" since both have the same client ID "dup"';
    expect(parseLogLine(line, 0)).toEqual({
      kind: 'taken-over',
      at: Date.UTC(2026, 10, 22, 20, 23, 58, 686),
      clientId: 'dup',
      peer: null,
    });
  });

  const RABBIT = '2026-11-22 18:42:30.000000+00:00 [error] <0.747.0> ';
  const REFUSED = "in exchange 'amq.topic' in vhost '/' refused for user";

  it.each([
    ['denied-access', `access to topic 'heating.pump' ${REFUSED} 'dhtclient'`],
    ['denied-publish', `write access to topic 'heating.pump' ${REFUSED} 'dhtclient'`],
    ['denied-subscribe', `read access to topic 'heating.pump' ${REFUSED} 'dhtclient'`],
    // As RabbitMQ 3.10.8 wrote them.
    [
      'denied-publish',
      `operation resulted in an error (access_refused): "access to topic 'heating.pump' ${REFUSED} 'dhtclient'"`,
    ],
    [
      'denied-subscribe',
      `operation queue.bind caused a channel exception access_refused: access to topic 'heating.pump' ${REFUSED} 'dhtclient'`,
    ],
  ])('RabbitMQ: %s by %j', (kind, words) => {
    expect(parseLogLine(RABBIT + words)).toMatchObject({
      kind,
      at: AT,
      clientId: null,
      user: 'dhtclient',
      topic: 'heating/pump',
    });
  });

  it.each([
    ['2026-11-22 18:42:30', null],
    ['2026-11-22 18:42:30.250', null],
    ['2026-11-22 18:42:30Z', AT],
    ['2026-11-22 20:42:30.250+02:00', AT + 250],
  ])('RabbitMQ: %s is when', (stamp, at) => {
    const line = `${stamp} [error] <0.747.0> MQTT login failed: no`;
    expect(parseLogLine(line)).toMatchObject({ kind: 'login-refused', at });
  });

  it('RabbitMQ: reads a denial of 3.13, with what stands behind it', () => {
    const words =
      "MQTT topic access refused: write access to topic 'a.b' in exchange 'amq.topic' in vhost '/home' refused for user 'x'";
    const expected = { kind: 'denied-publish', user: 'x', topic: 'a/b' };
    for (const behind of ['', '"', '." }', ','])
      expect(parseLogLine(`${RABBIT}${words}${behind}`)).toMatchObject(expected);
    expect(parseLogLine(`${RABBIT}${words} or so`)).toBeNull();
    expect(parseLogLine(`${RABBIT}x ${words}`)).toBeNull();
  });

  it.each([
    'x MQTT login failed: no credentials provided',
    "MQTT login failed: it's so",
    "MQTT login failed for user 'a', it's so 'b",
    `x MQTT disconnecting client "1.2.3.4:5 -> 1.2.3.4:6" with duplicate id 'dup'`,
    `MQTT disconnecting client "1.2.3.4:5 -> 1.2.3.4:6" with duplicate id 'dup' x`,
  ])('RabbitMQ: makes nothing of %s', words => {
    expect(parseLogLine(RABBIT + words)).toBeNull();
  });

  it('RabbitMQ: a client that is disconnected without quotes', () => {
    const words = "MQTT disconnecting client 127.0.0.1:5 -> 127.0.0.1:6 with duplicate id 'dup'";
    expect(parseLogLine(RABBIT + words)).toMatchObject({ kind: 'taken-over', clientId: 'dup' });
  });

  it.each([
    ['Ã¼', 'ü'],
    ['ü', 'ü'],
    ['Ã¼ → x', 'Ã¼ → x'],
    ['plain', 'plain'],
  ])('RabbitMQ: the Erlang string %s is %s', (written, user) => {
    const words = `operation resulted in an error (access_refused): "access to topic 'a' ${REFUSED} '${written}'"`;
    expect(parseLogLine(RABBIT + words)).toMatchObject({ user });
  });

  it('RabbitMQ: reads names as Erlang writes them', () => {
    const words = String.raw`operation resulted in an error (access_refused): "access to topic 'it's \"x\"' y.Ã¼' ${REFUSED} 'odd user'"`;
    expect(parseLogLine(RABBIT + words)).toMatchObject({ user: 'odd user', topic: `it's "x"' y/ü` });
  });

  it.each([
    ["MQTT login failed for user 'dhtclient', authentication failed: Refused", 'dhtclient'],
    ["MQTT login failed for user 'it's', authentication failed: Refused", "it's"],
    ['MQTT login failed: no credentials provided', null],
  ])('RabbitMQ: %s', (words, user) => {
    expect(parseLogLine(RABBIT + words)).toEqual({ kind: 'login-refused', at: AT, clientId: null, peer: null, user });
  });

  it('RabbitMQ: two clients with one identifier', () => {
    const words = `MQTT disconnecting client "127.0.0.1:56488 -> 127.0.0.1:37101" with duplicate id 'dup'`;
    expect(parseLogLine(RABBIT + words)).toEqual({ kind: 'taken-over', at: AT, clientId: 'dup', peer: null });
  });

  it.each([
    `1795364453: Received PUBLISH from x access to topic 'a' ${REFUSED} 'heating' (d0, q0, r0, m0, 'b', ... (1 bytes))`,
    `access to topic 'a' ${REFUSED} 'heating'`,
    `${RABBIT}accepting MQTT connection <0.747.0> (127.0.0.1:5 -> 127.0.0.1:6, client id: access to topic 'a' ${REFUSED} 'heating')`,
    `${RABBIT}Accepted MQTT connection 127.0.0.1:5 -> 127.0.0.1:6 for client ID access to topic 'a' ${REFUSED} 'heating'`,
    `${RABBIT}MQTT connection 127.0.0.1:5 -> 127.0.0.1:6 is closing due to an authorization failure`,
  ])('takes nobody at his word: %s', line => {
    expect(parseLogLine(line)).toBeNull();
  });

  it('RabbitMQ: cannot blame another user by a client identifier', () => {
    const id = `x access to topic 'a' ${REFUSED} 'heating`;
    const line = `${RABBIT}MQTT disconnecting client "127.0.0.1:5 -> 127.0.0.1:6" with duplicate id '${id}'`;
    expect(parseLogLine(line)).toMatchObject({ kind: 'taken-over', clientId: id });
  });

  it('RabbitMQ: cannot blame another user by a topic', () => {
    const topic = `a' ${REFUSED} 'heating`;
    const line = `${RABBIT}operation resulted in an error (access_refused): "access to topic '${topic}' ${REFUSED} 'evil'"`;
    expect(parseLogLine(line)).toMatchObject({ kind: 'denied-publish', user: 'evil' });
  });
});
