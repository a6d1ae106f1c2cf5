import { describe, expect, it, test } from 'vitest';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { randomScene, writeScene } from '../../../helpers/house/log-scenes.ts';
import { createRandom } from '../../../helpers/random/random.ts';

/** Every reason that mosquitto 2.1.2 gives for the end of a connection, and what it is here. */
const REASONS: readonly (readonly [string, object])[] = [
  ['.', { kind: 'left' }],
  [': connection closed by client.', { kind: 'connection-lost', detail: null }],
  [': exceeded timeout.', { kind: 'keepalive-expired' }],
  [': not authorised.', { kind: 'login-refused', user: null }],
  [': bad username or password.', { kind: 'login-refused', user: null }],
  [': session taken over.', { kind: 'taken-over' }],
  [': Connection reset by peer.', { kind: 'connection-lost', detail: 'Connection reset by peer' }],
  [': bad socket read/write: The connection was lost.', { kind: 'connection-lost', detail: 'The connection was lost' }],
  [': bad socket read/write: Unknown error', { kind: 'connection-lost', detail: 'Unknown error' }],
  ...[
    'malformed packet',
    'protocol error',
    'oversize packet',
    'oversize payload',
    'out of memory',
    'used disallowed feature (QoS too high, retain not supported, or bad AUTH method)',
    'administrative action',
    'receive maximum exceeded',
    'implementation specific error',
    'client identifier not valid',
    'server unavailable',
    'server busy',
    'client banned',
    'bad authentication method',
    'quota exceeded',
    'connection rate exceeded',
    'topic alias invalid',
    'non-matching http origin',
  ].map(detail => [`: ${detail}.`, { kind: 'protocol-error', detail }] as const),
];

describe('how mosquitto 2.1 says that a connection ended', () => {
  it.each(REASONS)('disconnected%s', (reason, expected) => {
    for (const peer of ['127.0.0.1:40102', '::1:40102', 'fe80::1:2:40102']) {
      for (const clientId of ['heating', 'heat [x]', '', 'a [1.2.3.4:5] disconnected: session taken over.']) {
        const line = `1795372950: Client ${clientId} [${peer}] disconnected${reason}`;
        expect(parseLogLine(line)).toMatchObject({ ...expected, clientId, peer, at: 1_795_372_950_000 });
      }
    }
  });

  it.each(['session taken over', 'Broken pipe', 'bad socket read/write: Broken pipe', 'protocol error', ''])(
    'blames nobody for a client of 2.0 that calls itself so: %j',
    reason => {
      const clientId = `heating [1.2.3.4:5] disconnected${reason === '' ? '' : `: ${reason}`}`;
      const said = { at: null, clientId, peer: null };
      expect(parseLogLine(`Client ${clientId} disconnected.`)).toEqual({ kind: 'left', ...said });
      expect(parseLogLine(`Client ${clientId} closed its connection.`)).toEqual({
        ...{ kind: 'connection-lost', ...said, detail: null },
      });
      expect(parseLogLine(`Client ${clientId} disconnected, not authorised.`)).toEqual({
        ...{ kind: 'login-refused', ...said, user: null },
      });
    },
  );

  it.each([
    ['Client a [x y:5] disconnected.', { kind: 'left', clientId: 'a [x y:5]', peer: null }],
    ['Client a [1.2.3.4:5x] disconnected.', { kind: 'left', clientId: 'a [1.2.3.4:5x]', peer: null }],
    ['Client a 1.2.3.4:5] disconnected.', { kind: 'left', clientId: 'a 1.2.3.4:5]', peer: null }],
    ['Client a [1.2.3.4:56] disconnected.', { kind: 'left', clientId: 'a', peer: '1.2.3.4:56' }],
    ['Client a [1.2.3.4:5] disconnected: unheard of, as yet (x-y).', { kind: 'protocol-error', clientId: 'a' }],
  ])('%s', (line, expected) => {
    expect(parseLogLine(line)).toMatchObject(expected);
  });

  it('knows that an address in place of the identifier is no identifier', () => {
    expect(parseLogLine('Client ::1 [::1:5] disconnected: protocol error.')).toMatchObject({ clientId: null });
    expect(parseLogLine('Bad client ::1:5 sending multiple CONNECT messages.')).toMatchObject({ clientId: null });
    expect(parseLogLine('Bad client 1.2.3.4:56 sending multiple CONNECT messages.')).toMatchObject({ clientId: null });
    for (const clientId of ['dht-1', 'x1.2.3.4:5', '1.2.3.4:5x', '1.2.3.4', 'a:x']) {
      expect(parseLogLine(`Bad client ${clientId} sending multiple CONNECT messages.`)).toMatchObject({ clientId });
    }
  });

  it.each([
    'Client a [1.2.3.4:5] disconnected: Something: else.',
    'Client a [1.2.3.4:5] disconnected: not authorised',
    'Client a [1.2.3.4:5] disconnected',
    'Client a [1.2.3.4:5] disconnected: x',
    'Client a [1.2.3.4:5] disconnected: 1 is wrong.',
  ])('makes nothing of: %s', line => {
    expect(parseLogLine(line)).toBeNull();
  });

  it.each([
    ['Client from ::1:5 appears to be using TLS to connect to a non-TLS listener.', 'tls', '::1:5'],
    ['Connection from 1.2.3.4:5 rejected, client did not connect using TLS.', 'plain', '1.2.3.4:5'],
    [
      'OpenSSL Error while trying to get the error[0]: error:0A00010B:SSL routines::wrong version number',
      'plain',
      null,
    ],
  ])('%s', (line, spoken, peer) => {
    expect(parseLogLine(line)).toEqual({ kind: 'wrong-transport', at: null, spoken, peer });
  });

  it.each([
    ["password-file: Error: Unable to decode line in password file '/etc/pw'.", '/etc/pw', null],
    ["password-file: Error: Duplicate user 'a' in password file '/etc/pw'.", '/etc/pw', 'a'],
    ["password-file: Error: Empty username in password file '/etc/pw'.", '/etc/pw', null],
    ["password-file: Error: Invalid line in password file '/etc/pw': heating", '/etc/pw', null],
    ['password-file: Error: Unable to open pwfile "/etc/pw".', '/etc/pw', null],
  ])('%s', (line, file, user) => {
    expect(parseLogLine(line)).toMatchObject({ kind: 'passwords-broken', file, user });
  });
});

test('2.0 and 2.1 say the same of 1,000 scenes', () => {
  const random = createRandom(9);
  const read = (line: string): object => ({ ...parseLogLine(line), peer: null });
  for (let round = 0; round < 1_000; round++) {
    const steps = randomScene(random, 12);
    const [old, recent] = [writeScene(steps, '2.0'), writeScene(steps, '2.1')];
    steps.forEach((step, index) => {
      const said = old[index]?.map(read);
      expect(said?.length).toBeGreaterThan(0);
      expect(recent[index]?.map(read), JSON.stringify(step)).toEqual(said);
      expect(said).not.toContainEqual({ peer: null });
    });
  }
});
