import { describe, expect, it } from 'vitest';
import type { Installation } from '../../../src/core/doctor/installation.ts';
import { brokerOnPort, examineUse, type InUseInput, type RunningBroker } from '../../../src/core/doctor/running.ts';
import { parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const HOUR = 3_600_000;
const broker: RunningBroker = {
  ...{ pid: 7, conf: '/etc/conf', cwd: '/', startedAt: NOW - HOUR, isContained: false, ports: [1883] },
};
const installation: Installation = {
  ...{ confFile: '/etc/conf', conf: parseBrokerConf('listener 1883', '/etc/conf'), confFiles: ['/etc/conf'] },
  ...{ acls: [], passwords: [], files: [], closed: [], certificates: [], doubleHashed: [] },
  changedAt: new Map([['/etc/conf', NOW - 2 * HOUR]]),
};
const input: InUseInput = {
  ...{ installation, confPath: '/etc/conf', brokers: [broker], isLocal: true, host: 'pi', port: 1883 },
  ...{ reloadedAt: null, hasLog: true, now: NOW },
};
const examine = (change: Partial<InUseInput>) =>
  examineUse({ ...input, ...change }).map(({ sign, evidence }) => `${sign}: ${evidence}`);
const changed = (file: string, at: number) => ({ installation: { ...installation, changedAt: new Map([[file, at]]) } });

describe('whether conf and files are those of the running broker', () => {
  it('is so where it was started with them and they were not changed since', () => {
    expect(examine({})).toEqual([
      'well: mosquitto (process 7, since 2026-11-29T11:00:00Z) was started with /etc/conf',
      'well: none was changed after its start',
    ]);
  });

  it('is not where a file is newer than the start and the last reload', () => {
    expect(examine(changed('/etc/acl', NOW - HOUR / 2))[1]).toMatch(
      /^warning: it was changed 30 min ago, after its start/,
    );
    expect(examine({ ...changed('/etc/acl', NOW - HOUR / 2), reloadedAt: NOW - HOUR / 4 })[1]).toMatch(
      /^well: .* after its last reload$/,
    );
    expect(examine({ ...changed('/etc/acl', NOW - HOUR / 2), hasLog: false })[1]).toMatch(
      /if it was not reloaded since, which only its log tells$/,
    );
    // Written and started in the same moment: times of processes are whole seconds.
    expect(examine(changed('/etc/acl', NOW - HOUR + 2_000))[1]).toMatch(/^well/);
    expect(examine(changed('/etc/acl', NOW - HOUR + 2_001))[1]).toMatch(/^warning/);
  });

  it('is not where it was started with another conf, or with none', () => {
    expect(examine({ brokers: [{ ...broker, conf: '/home/conf' }] })).toEqual([
      expect.stringMatching(/^warning: .*was started with \/home\/conf, and not with \/etc\/conf$/),
    ]);
    expect(examine({ brokers: [{ ...broker, conf: null }] })[0]).toMatch(/^warning: .*without a conf/);
  });

  it('says why it is not known', () => {
    expect(examine({ isLocal: false })).toEqual([
      expect.stringMatching(/^unexamined: the broker is on another machine \(pi\)/),
    ]);
    expect(examine({ brokers: null })).toEqual([expect.stringMatching(/^unexamined: this system does not tell/)]);
    expect(examine({ brokers: [] })).toEqual([expect.stringMatching(/^unexamined: no mosquitto runs/)]);
    expect(examine({ brokers: [{ ...broker, ports: [1884] }] })).toEqual([
      expect.stringMatching(/^unexamined: none of .*listens on 1883$/),
    ]);
    expect(examine({ brokers: [{ ...broker, isContained: true }] })).toEqual([
      expect.stringMatching(/runs in a container/),
    ]);
    const unseen = { ...broker, ports: null, conf: '/x' };
    expect(examine({ brokers: [unseen, { ...unseen, pid: 8 }] })).toEqual([
      expect.stringMatching(/seen by root only$/),
    ]);
  });

  it('finds the broker by its port, else by its conf, else where there is only one', () => {
    const others = [
      { ...broker, pid: 1, ports: null, conf: '/x' },
      { ...broker, pid: 2, ports: null },
    ];
    expect(brokerOnPort([...others, broker], 1883, input)?.pid).toBe(7);
    expect(brokerOnPort(others, 1883, input)?.pid).toBe(2);
    expect(brokerOnPort(others.slice(0, 1), 1883, null)?.pid).toBe(1);
    expect(brokerOnPort(others, 1999, input)).toBeNull();
  });
});
