import { describe, expect, test } from 'vitest';
import { takeSnapshot } from '../../../../src/core/format/status-snapshot.ts';
import { overallOf } from '../../../../src/core/home/select.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { type HouseRun, runConnected } from '../../../helpers/house/house-run.ts';

/** A login of `heating` while it is connected, `agoS` seconds ago, in the words of a version. */
function takeOver(
  run: HouseRun,
  version: '2.0' | '2.1',
  address: string,
  options: { user?: string; agoS?: number } = {},
): void {
  const { user = 'heating', agoS = 0 } = options;
  const old = run.state.logins.get('heating');
  const gone =
    version === '2.0'
      ? 'Client heating already connected, closing old connection.'
      : `Client heating [${old?.address}:${old?.port}] disconnected: session taken over.`;
  tell(run, gone, agoS);
  tell(run, `New client connected from ${address}:40102 as heating (p4, c1, k10, u'${user}').`, agoS);
}

function tell(run: HouseRun, line: string, agoS = 0): void {
  const entry = parseLogLine(`${Math.floor(run.state.at / 1_000) - agoS}: ${line}`);
  if (entry === null) throw new Error(`no log line: ${line}`);
  run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: agoS > 0 });
}

function start(): HouseRun {
  const run = runConnected();
  tell(run, "New client connected from 192.168.1.20:40101 as heating (p4, c1, k10, u'heating').");
  return run;
}

const issuesOf = (run: HouseRun): readonly string[] => run.state.issues.map(({ message }) => message);

describe.each(['2.0', '2.1'] as const)('a client identifier that is taken over, as mosquitto %s says it', version => {
  test('once is what a board does that lost its power', () => {
    const run = start();
    takeOver(run, version, '192.168.1.20');
    expect(issuesOf(run)).toEqual([]);
    expect(run.texts().at(-1)).toBe(
      '"heating" logged in again while its old connection was open, as a client does that lost power or Wi-Fi',
    );
    expect(run.state.journal.at(-1)?.level).toBe('info');
  });

  test.each([
    ['now and then', [3, 170, 20, 100]],
    ['twice, with a new address', [2]],
  ])('%s is no rhythm', (_, gapsS) => {
    const run = start();
    takeOver(run, version, '192.168.1.21');
    for (const gapS of gapsS) {
      run.pass(gapS * 1_000);
      takeOver(run, version, '192.168.1.21');
    }
    expect(issuesOf(run)).toEqual([]);
  });

  test('by turns from two addresses is two clients, told once, with users, addresses and cure', () => {
    const run = start();
    for (let round = 0; round < 20; round++) {
      takeOver(run, version, round % 2 === 0 ? '192.168.1.21' : '192.168.1.20', {
        user: round % 2 === 0 ? 'dhtclient' : 'heating',
      });
      run.pass(2_000);
    }
    const message =
      'two clients use the client identifier "heating" (user dhtclient and heating), from 192.168.1.20 and 192.168.1.21: each throws the other out';
    expect(issuesOf(run)).toEqual([message]);
    expect(run.texts().filter(text => text.includes('"heating"'))).toHaveLength(3);
    expect(overallOf(run.state).reasons).toContain(message);
    expect(takeSnapshot(run.state).issues).toEqual([
      { severity: 'warning', message, cure: 'Give each of them a client identifier of its own.' },
    ]);
    run.pass(121_000);
    expect(issuesOf(run)).toEqual([]);
    expect(run.texts()).toContain(`it is over: ${message}`);
  });

  test('in a rhythm from one address may be one that starts over and over', () => {
    const run = start();
    for (let round = 0; round < 6; round++) {
      takeOver(run, version, '192.168.1.20');
      run.pass(10_000);
    }
    expect(issuesOf(run)).toEqual([
      'the client identifier "heating" (user heating) is taken over again and again, each time from 192.168.1.20: two clients use it, or one starts over and over',
    ]);
  });

  test('of which the log tells only now is known too, and history is none', () => {
    const run = start();
    for (const agoS of [60, 50, 40, 30, 20]) takeOver(run, version, '192.168.1.20', { agoS });
    expect(issuesOf(run)).toHaveLength(1);
    const old = start();
    for (const agoS of [660, 650, 640, 630, 620]) takeOver(old, version, '192.168.1.20', { agoS });
    expect(issuesOf(old)).toEqual([]);
  });
});

test('a client that comes the wrong way is one note with its cure, and no fault of the house', () => {
  const run = runConnected();
  const level = overallOf(run.state).level;
  for (let port = 5; port < 25; port++) {
    tell(run, `Client from ::1:${port} appears to be using TLS to connect to a non-TLS listener.`);
    tell(run, 'OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number');
  }
  expect(run.state.issues).toMatchObject([
    {
      message: 'a client from ::1 speaks TLS to a listener of the broker without TLS',
      cure: expect.stringContaining('8883'),
    },
    { message: 'a client speaks no TLS to a listener of the broker with TLS', cure: expect.stringContaining('1883') },
  ]);
  expect(overallOf(run.state).level).toBe(level);
});
