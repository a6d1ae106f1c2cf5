import { describe, expect, it } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { keptUsers, planBrokerFiles, type SetupWish } from '../../../../src/core/mosquitto/setup/plan.ts';

const article = presets.article as HouseConfig;
const USERS = ['heating', 'dhtclient', 'monitor', 'master'];
const HASH = `$7$1000$AAAAAAAAAAAAAAAA$${'A'.repeat(86)}==`;
const wish: SetupWish = {
  house: createHouse(article),
  roles: { viewers: [], operators: ['monitor'], masters: ['master'] },
  listeners: [{ port: 1883, bind: null, isEncrypted: false }],
  brokerFolder: '/etc/mosquitto',
  passwords: new Map(USERS.map(user => [user, `${user}!`])),
};

function plan(change: Partial<SetupWish>, old = ''): string {
  const planned = planBrokerFiles({ ...wish, ...change }, new TextEncoder().encode(old), () => HASH);
  if (!planned.ok) return planned.error.map(({ message }) => message).join('\n');
  return new TextDecoder().decode(planned.value.find(({ name }) => name === 'passwd')?.content);
}

describe('planBrokerFiles', () => {
  it('gives every user a line, devices first', () => {
    expect(plan({})).toBe(USERS.map(user => `${user}:${HASH}\n`).join(''));
  });

  it('keeps what others have in the password file, and a user whose password is not to change', () => {
    const old = `# mine\n\nother:${HASH}\nmaster:${HASH.replace('1000', '101')}`;
    const passwords = new Map(USERS.filter(user => user !== 'master').map(user => [user, user]));
    expect(plan({ passwords }, old)).toBe(
      `${old}\n${USERS.slice(0, 3)
        .map(user => `${user}:${HASH}`)
        .join('\n')}`,
    );
    expect(keptUsers({ ...wish, passwords })).toEqual(['master']);
  });

  it.each([
    [{ passwords: new Map() }, '', '"heating" has no password'],
    [{}, 'other:plain\n', 'the password of "other" stands in plain text'],
    [{ passwords: new Map(USERS.map(user => [user, ''])) }, '', 'the password of "master" is empty'],
    [{ roles: { viewers: ['a:b'], operators: [], masters: [] } }, '', 'the user name "a:b" has a colon'],
    [{ brokerFolder: '/etc/a\nb' }, '', 'the folder has a control character in its name'],
  ])('refuses %j and %j', (change, old, says) => {
    expect(plan(change, old)).toContain(says);
  });

  it('says each fault once, and all of them', () => {
    const faults = plan({ roles: { viewers: [' x'], operators: ['#'], masters: [] } }).split('\n');
    expect(new Set(faults).size).toBe(faults.length);
    expect(faults.filter(fault => /" x"|"#"/.test(fault)).length).toBeGreaterThanOrEqual(2);
  });
});
