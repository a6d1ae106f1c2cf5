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

  it('tells the conf of one that was started with another, which was not examined', () => {
    const unread = { ...installation, confFile: null, conf: null };
    const use = (conf: string | null) =>
      examineUse({ ...input, installation: unread, confPath: null, brokers: [{ ...broker, conf }] })[0];
    expect(use('/etc/conf')).toMatchObject({ sign: 'unexamined', cure: 'Name it: --conf /etc/conf' });
    expect(use('/etc/conf')?.evidence).toMatch(/was started with \/etc\/conf, which was not examined$/);
    expect(use(null)).toMatchObject({ sign: 'unexamined', cure: null });
    const found = (conf: string | null) => examineUse({ ...input, brokers: [{ ...broker, conf }] })[0]?.cure;
    expect(found('/home/conf')).toBe('Examine that one: hometui doctor --conf /home/conf');
    expect(found(null)).toBe('Start it with: mosquitto -c /etc/conf');
  });

  it('does not say of files what is not known: when it was started', () => {
    expect(examineUse({ ...input, brokers: [{ ...broker, startedAt: null }] })).toMatchObject([
      { sign: 'well', evidence: 'mosquitto (process 7) was started with /etc/conf' },
    ]);
  });

  it('names the file that is newer, and what a reload does not take in', () => {
    const stale = (file: string) =>
      examineUse({ ...input, ...changed(file, NOW - HOUR / 2) })
        .filter(({ sign }) => sign === 'warning')
        .map(({ subject, place, cure }) => ({ subject, place, cure }));
    const reload = 'Check the files, then reload: sudo systemctl reload mosquitto';
    expect(stale('/etc/acl')).toEqual([{ subject: '/etc/acl', place: { file: '/etc/acl' }, cure: reload }]);
    expect(stale('/etc/conf')[0]?.cure).toBe(`${reload}; lines for listeners, TLS and plugins take a restart`);
  });

  it('counts a reload of before the start for nothing', () => {
    for (const reloadedAt of [NOW - 2 * HOUR, NOW - HOUR])
      expect(examine({ reloadedAt })[1]).toBe('well: none was changed after its start');
  });

  it('finds one of several listeners by the conf, and says what is seen where only some can be seen', () => {
    const conf = parseBrokerConf('listener 1884\nlistener 1883', '/etc/conf');
    const two = { installation: { ...installation, conf }, confPath: '/etc/conf' };
    const unseen = [7, 8].map(pid => ({ ...broker, pid, ports: null, conf: pid === 8 ? '/etc/conf' : '/x' }));
    expect(brokerOnPort(unseen, 1883, two)?.pid).toBe(8);
    expect(brokerOnPort(unseen, 1883, null)).toBeNull();
    const others = [{ ...broker, ports: [1999] }, ...[1, 2].map(pid => ({ ...broker, pid, ports: null, conf: '/x' }))];
    expect(examine({ brokers: others })[0]).toMatch(/seen by root only$/);
  });
});
