import { describe, expect, it } from 'vitest';
import { aclDoubtOf } from '../../../../src/core/home/broker-log/acl-doubt.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseLogLine } from '../../../../src/core/mosquitto/log/log-line.ts';
import { type HouseRun, runHouse } from '../../../helpers/house/house-run.ts';

const ACL = 'user monitor\ntopic read heating/#\ntopic write heating/pump\n';

function connected(acl: string | null = ACL, file = '/etc/mosquitto/acl'): HouseRun {
  const run = runHouse();
  run.connect();
  if (acl !== null) run.dispatch({ type: 'acl-read', at: run.state.at, acl: parseAclFile(acl, file) });
  return run;
}

function readLine(run: HouseRun, line: string, source: 'file' | 'topic' = 'file'): void {
  const entry = parseLogLine(line);
  if (entry === null) throw new Error(`no log line: ${line}`);
  run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source, isPast: false });
}

describe('aclDoubtOf', () => {
  it('offers the probe where an ACL is given and nobody would tell that it is gone', () => {
    expect(aclDoubtOf(connected().state)).toEqual({
      severity: 'info',
      message:
        'whether the broker has /etc/mosquitto/acl in force is not known: no log that was read tells of its last start or reload',
      cure: 'One harmless publish that must be denied shows it: hometui acl probe /etc/mosquitto/acl --url mqtt://localhost:1883 --user monitor',
    });
  });

  it('names another user of the file where ours may write everything', () => {
    const doubt = aclDoubtOf(connected(`user monitor\ntopic #\nuser "x\ntopic read a\n`, "/tmp/it's acl").state);
    expect(doubt?.cure).toContain(`hometui acl probe '/tmp/it'\\''s acl' --url mqtt://localhost:1883 --user '"x'`);
  });

  it('is silent without an ACL, without a link, and with MQTT 3.1.1', () => {
    expect(aclDoubtOf(connected(null).state)).toBeNull();
    const lost = connected();
    lost.disconnect();
    expect(aclDoubtOf(lost.state)).toBeNull();
    const old = connected();
    old.connect('3.1.1');
    expect(aclDoubtOf(old.state)).toBeNull();
  });

  it('is silent where a log tells of the last start or reload, and not for any other line', () => {
    const run = connected();
    readLine(run, 'New connection from 127.0.0.1:40102 on port 1883.');
    expect(aclDoubtOf(run.state)).not.toBeNull();
    readLine(run, 'Reloading config.', 'topic');
    expect(aclDoubtOf(run.state)).toBeNull();
    run.pass(60_000);
    run.disconnect();
    run.connect();
    expect(aclDoubtOf(run.state)).not.toBeNull();
    readLine(run, 'mosquitto version 2.0.11 running');
    readLine(run, 'Reloading config.', 'topic');
    run.pass(60_000);
    run.disconnect();
    run.connect();
    expect(aclDoubtOf(run.state)).toBeNull();
  });

  it('is silent once the broker has refused us a publish on this link, and back with the next', () => {
    const run = connected();
    const { commandId } = run.request('fan', 'on');
    run.acknowledge(commandId, 135);
    expect(aclDoubtOf(run.state)).toBeNull();
    run.pass(1_000);
    run.disconnect();
    run.connect();
    expect(aclDoubtOf(run.state)).not.toBeNull();
  });

  it('is silent where nobody could find out', () => {
    expect(aclDoubtOf(connected('user monitor\ntopic #\n').state)).toBeNull();
  });
});
