import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LogSource } from '../../../../src/core/home/state/broker.ts';
import { rowsOf } from '../../../../src/core/home/state/table.ts';
import type { BrokerLogEntry } from '../../../../src/core/mosquitto/log/log-entry.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { type HouseRun, runConnected } from '../../../helpers/house/house-run.ts';
import { randomScene, writeScene } from '../../../helpers/house/log-scenes.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

function hear(run: HouseRun, line: string): void {
  const entry = parseLogLine(`${Math.floor(run.state.at / 1_000)}: ${line}`);
  const source: LogSource = 'file';
  if (entry !== null) run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source, isPast: false });
}

/** What the house has learned: all that a person can see of it. */
function learned(run: HouseRun): object {
  const { journal, denials, issues, clients } = run.state;
  return {
    journal: journal.map(({ level, text }) => `${level} ${text}`),
    denials: denials.map(({ detail, remedy, count }) => ({ detail, remedy, count })),
    issues,
    clients: rowsOf(clients).map(({ id, offline, clientIds }) => ({ id, offline, clientIds })),
  };
}

test('a house hears the same from mosquitto 2.0 and 2.1 of 300 scenes', () => {
  const random = createRandom(21);
  for (let round = 0; round < rounds(300); round++) {
    const steps = randomScene(random, 30);
    const runs = (['2.0', '2.1'] as const).map(version => {
      const run = runConnected();
      for (const lines of writeScene(steps, version)) {
        for (const line of lines) hear(run, line);
        run.pass(2_000);
      }
      return run;
    });
    const [old, recent] = runs.map(learned);
    expect(recent).toEqual(old);
  }
});

/** What a recorded log says about clients, in short. */
function told(file: string): readonly string[] {
  const lines = readFileSync(new URL(`../../../fixtures/broker-log/${file}`, import.meta.url), 'utf8').split('\n');
  return lines.flatMap(line => {
    const entry = parseLogLine(line);
    return entry === null || entry.kind === 'connection-opened' ? [] : [short(entry)];
  });
}

function short(entry: BrokerLogEntry): string {
  if (entry.kind === 'login') return `${entry.clientId} logged in as ${entry.user}`;
  if (entry.kind === 'denied-publish') return `${entry.clientId} denied ${entry.topic}`;
  return 'clientId' in entry ? `${entry.clientId} ${entry.kind}` : entry.kind;
}

describe('the recorded scene', () => {
  const scene = (version: '2.0' | '2.1'): readonly string[] => {
    const [left, refused, broken] =
      version === '2.0'
        ? ['left', ['null login-refused', 'null login-refused'], 'connection-lost']
        : ['connection-lost', ['badpw login-refused', 'badpw5 login-refused'], 'protocol-error'];
    return [
      'heating logged in as heating',
      'dhtclient logged in as dhtclient',
      'intruder-1 logged in as dhtclient',
      'intruder-1 denied heating/burner',
      // There it did not say goodbye before its socket closed.
      `intruder-1 ${left}`,
      // 2.0.11 does not know a client before it is let in.
      ...refused,
      'heating taken-over',
      'heating logged in as dhtclient',
      'heating connection-lost',
      'heating logged in as heating',
      'dhtclient connection-lost',
      'heating keepalive-expired',
      'null protocol-error',
      'heat [x] logged in as heating',
      // To a malformed packet 2.0.11 says "Success", which is no reason.
      `heat [x] ${broken}`,
      'reload',
      'reload',
      'acl-broken',
      'acl-broken',
    ];
  };

  test('reads as it happened on 2.0.11', () => {
    expect(told('mosquitto-2.0.11.log').filter(line => line !== 'null connection-lost' && line !== 'started')).toEqual(
      scene('2.0'),
    );
  });

  test('reads as it happened on 2.1.2, where the broker then ended', () => {
    expect(told('mosquitto-2.1.2.log')).toEqual([...scene('2.1'), 'stopped']);
  });
});
