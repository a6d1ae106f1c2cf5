import { describe, expect, it } from 'vitest';
import { deniedInsteadOf, heldConnection, signsOfLife } from '../../../../src/core/home/clients/presence.ts';
import { freshnessOfClient } from '../../../../src/core/home/clients/select-freshness.ts';
import type { BrokerLogEntry } from '../../../../src/core/mosquitto/log/log-entry.ts';
import { type HouseRun, NOON, runHouse } from '../../../helpers/house/house-run.ts';

const peer = { address: '192.168.0.7', port: 50123 };

/** A house whose log shows that `heating` logged in. */
function withLogin(keepaliveSeconds = 0): HouseRun {
  const run = runHouse();
  run.connect();
  const login = { user: 'heating', clientId: 'esp', ...peer } as const;
  log(run, { kind: 'login', at: NOON, keepaliveSeconds, ...login });
  return run;
}

function log(run: HouseRun, entry: BrokerLogEntry): void {
  run.dispatch({ type: 'log-line-read', at: NOON + run.elapsedMs, entry, source: 'file', isPast: false });
}

function deny(run: HouseRun, topic: string, count = 1): void {
  const about = { clientId: 'esp', user: null, topic, qos: 0, isRetained: false, payloadBytes: 4 } as const;
  for (let time = 0; time < count; time++) log(run, { kind: 'denied-publish', at: NOON + run.elapsedMs, ...about });
}

const reason = ({ state }: HouseRun) => freshnessOfClient(state, 'heating').reason;

describe('a client that is not heard', () => {
  it('is not said not to run, where nothing shows that', () => {
    const run = runHouse();
    run.connect();
    run.pass(10_000);
    expect(reason(run)).toBe(
      'never heard on heating/flow, heating/return in 10 s: it may be off or publish elsewhere, or monitor may not read it',
    );
  });

  it.each([
    ['Heating/flow', 'capitals count in a topic'],
    ['/heating/flow', 'each character of a topic counts, umlauts and slashes too'],
    ['heating/flöw', 'each character of a topic counts, umlauts and slashes too'],
    ['heating /flow', 'each character of a topic counts, umlauts and slashes too'],
  ])('and is denied %s has another spelling, which is named', (topic, counts) => {
    const run = withLogin();
    deny(run, topic, 8);
    run.pass(10_000);
    expect(reason(run)).toMatch(
      `: it publishes ${topic}, denied 8 times, and the house waits for heating/flow: ${counts}`,
    );
    expect(deniedInsteadOf(run.state, 'heating', 'heating/flow')).toContain(topic);
    expect(deniedInsteadOf(run.state, 'heating', 'heating/return')).toBe(null);
    expect(deniedInsteadOf(run.state, 'dhtclient', 'heating/flow')).toBe(null);
  });

  it('and is denied its own topic, or another, runs', () => {
    const run = withLogin();
    deny(run, 'heating/pressure');
    expect(signsOfLife(run.state, 'heating', ['heating/flow'])).toBe(
      'it runs: the broker denied it heating/pressure once',
    );
    deny(run, 'heating/flow', 2);
    expect(signsOfLife(run.state, 'heating', ['heating/flow'])).toBe(
      'it runs: the broker denied it heating/flow 2 times',
    );
    run.pass(60_000);
    expect(signsOfLife(run.state, 'heating', ['heating/flow'])).toBe(
      'it runs: the broker denied it heating/flow 2 times',
    );
    run.pass(1);
    expect(signsOfLife(run.state, 'heating', ['heating/flow'])).toBeNull();
    expect(reason(run)).toContain('the broker holds its connection');
  });

  it('and fell silent as it began to be denied is named with that, and not with what was denied before', () => {
    const run = withLogin();
    deny(run, 'heating/pressure');
    run.pass(2_000);
    run.receive('heating/flow', '54.3');
    run.pass(20_000);
    expect(reason(run)).toMatch(/^silent for 20 s, .*; the broker holds its connection/);
    deny(run, 'Heating/flow', 3);
    expect(reason(run)).toMatch(
      /^silent for 20 s, .*; it publishes Heating\/flow, denied 3 times, and the house waits for heating\/flow: capitals/,
    );
  });

  it('and whose connection the broker holds may be frozen, when it was heard once too', () => {
    const run = withLogin();
    run.pass(10_000);
    const held = 'the broker holds its connection ("esp"): it may be frozen or, which keepalive 0 hides, without power';
    expect(reason(run)).toBe(
      `never heard on heating/flow, heating/return in 10 s: ${held}, or publish elsewhere, or give wrong lengths (MicroPython: send text.encode())`,
    );
    run.receive('heating/flow', '54.3');
    run.pass(20_000);
    expect(reason(run)).toMatch(new RegExp(`^silent for 20 s, .*; ${held.replace(/[()]/g, '\\$&')}$`));
    expect(heldConnection(withLogin(60).state, 'heating')).toBe(
      'the broker holds its connection ("esp"): it may be frozen',
    );
  });

  it.each([
    ['heizung/rücklauf', 'heizung/ruecklauf'],
    ['heizung/rücklauf', 'heizung/rucklauf'],
    ['heizung/öl', 'heizung/Oel'],
    ['heizung/wärme', 'heizung/waerme/'],
    ['straße/1', 'strasse/1'],
  ])('and publishes %s as %s', (topic, denied) => {
    const run = withLogin();
    deny(run, denied);
    expect(deniedInsteadOf(run.state, 'heating', topic)).toContain(`it publishes ${denied}, denied once`);
    expect(deniedInsteadOf(run.state, undefined, topic)).toContain(`it publishes ${denied}, denied once`);
  });

  it('is not said to publish what has other levels, or what it only subscribes to', () => {
    const run = withLogin();
    deny(run, 'heatingflow');
    expect(deniedInsteadOf(run.state, 'heating', 'heating/flow')).toBeNull();
    const about = { clientId: 'esp', user: null, topic: 'heating/return', qos: 0 } as const;
    log(run, { kind: 'denied-subscribe', at: NOON, ...about } as BrokerLogEntry);
    expect(run.state.denials.some(denial => denial.access === 'subscribe')).toBe(true);
    expect(deniedInsteadOf(run.state, 'heating', 'heating/return')).toBeNull();
  });
});
