import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import type { BrokerLogEntry } from '../../../../src/core/mosquitto/log/log-entry.ts';
import { type HouseRun, NOON, runHouse } from '../../../helpers/house/house-run.ts';

const login: BrokerLogEntry = {
  kind: 'login',
  at: NOON,
  clientId: 'esp',
  user: 'heating',
  address: '192.168.0.7',
  port: 50123,
  keepaliveSeconds: 0,
};

/** A command that the broker took, and what its log says before the time is up. */
function command(
  denied: { readonly kind: 'denied-publish' | 'denied-subscribe'; readonly topic: string } | null,
): HouseRun {
  const run = runHouse();
  run.connect();
  const log = (entry: BrokerLogEntry): void =>
    run.dispatch({ type: 'log-line-read', at: NOON + run.elapsedMs, entry, source: 'file', isPast: false });
  log(login);
  run.publish('pump', 'on');
  const about = { at: NOON, clientId: 'esp', user: null, qos: 0, isRetained: false, payloadBytes: 2 } as const;
  if (denied !== null) log({ ...about, ...denied });
  return run;
}

function cureOf(run: HouseRun): string | null | undefined {
  run.pass(10_000);
  expect(run.verdict('pump')?.kind).toBe('not-confirmed');
  return run.verdict('pump')?.cure;
}

describe('a command without an answer', () => {
  it.each([
    [
      'denied-publish',
      'heating/pump/done',
      /^heating answered, and the broker denied it heating\/pump\/done\. If it should be allowed: add "topic write heating\/pump\/done"/,
    ],
    [
      'denied-publish',
      'heating/Pump/done',
      /^No answer came through to heating\/pump\/done: it publishes heating\/Pump\/done, denied once, .*capitals count/,
    ],
    ['denied-subscribe', 'heating/pump', /^heating cannot hear it: the broker denied it heating\/pump\. If it/],
  ] as const)('points to a %s of %s in the log', (kind, topic, cure) => {
    expect(cureOf(command({ kind, topic }))).toMatch(cure);
  });

  it('points to the ACL file, where that denies the answer', () => {
    const run = command(null);
    const text = 'user monitor\ntopic readwrite heating/#\nuser heating\ntopic read heating/pump\n';
    run.dispatch({ type: 'acl-read', at: NOON + run.elapsedMs, acl: parseAclFile(text, '/etc/mosquitto/acl') });
    expect(cureOf(run)).toBe(
      'heating may not publish heating/pump/done (/etc/mosquitto/acl has no line for it): an answer would not come through',
    );
  });

  it('names the word among the reasons, where nothing is known', () => {
    expect(cureOf(command(null))).toBe(
      'heating may be busy, frozen or not listening (the broker holds its connection ("esp")), or not know the word "on"; or monitor may not read heating/pump/done',
    );
  });
});
