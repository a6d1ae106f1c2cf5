import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/io/password-hash.ts';
import { requireProgram } from '../helpers/require-program.ts';

const passwd = requireProgram('mosquitto_passwd', 'mosquitto');
const PASSWORDS = ['secret', '', ' ', 'pässwörd 🏠', 'a:b$7$c', 'x'.repeat(300)];

describe('hashPassword', () => {
  it('writes the form that mosquitto reads: kind 7, 101 rounds, 12 bytes of salt, 64 bytes of key', () => {
    const [, kind, rounds, salt = '', key = ''] = hashPassword('secret').split('$');
    expect([kind, rounds]).toEqual(['7', '101']);
    expect(Buffer.from(salt, 'base64')).toHaveLength(12);
    expect(Buffer.from(key, 'base64')).toHaveLength(64);
  });

  it('salts: the same password never gives the same hash', () => {
    expect(hashPassword('secret')).not.toBe(hashPassword('secret'));
  });

  it('refuses a number of rounds that cannot be', () => {
    expect(() => hashPassword('secret', { iterations: 0 })).toThrow(RangeError);
    expect(() => hashPassword('secret', { iterations: 1.5 })).toThrow(RangeError);
  });
});

describe('verifyPassword', () => {
  it('reads what mosquitto_passwd of 2.1 writes', () => {
    const lines = readFileSync(new URL('../fixtures/passwords/mosquitto-2.1', import.meta.url), 'utf8').split('\n');
    const passwords: Readonly<Record<string, string>> = { pbkdf2: 'two words', sha512: 'pässwörd' };
    for (const [user, password] of Object.entries(passwords)) {
      const hash = lines.find(line => line.startsWith(`${user}:`))?.slice(user.length + 1) ?? '';
      expect([verifyPassword(password, hash), verifyPassword('other', hash)]).toEqual([true, false]);
    }
  });

  it.each(PASSWORDS)('fits its own hash and no other: %j', password => {
    const hash = hashPassword(password);
    expect(verifyPassword(password, hash)).toBe(true);
    expect(verifyPassword(`${password}x`, hash)).toBe(false);
  });

  it('reads the $6$ form of mosquitto 1.x: SHA-512 of the password, then the salt', () => {
    const salt = Buffer.from('0123456789ab').toString('base64');
    // printf secret0123456789ab | sha512sum
    const digest =
      'a845e2a5e2db831465c1dd3a4077d8e56213914660d232e0f5265b5f3ab789f5e37e3fafdc66c91ab49f0b93c083750d092f9415f6e1508657e1b98802cdf7d3';
    const key = Buffer.from(digest, 'hex').toString('base64');
    expect(verifyPassword('secret', `$6$${salt}$${key}`)).toBe(true);
    expect(verifyPassword('Secret', `$6$${salt}$${key}`)).toBe(false);
  });

  it.each([
    'secret',
    '',
    '$',
    '$7$',
    '$7$101$$',
    '$7$0$c2FsdA==$aGFzaA==',
    '$7$-1$c2FsdA==$aGFzaA==',
    '$7$1e9$c2FsdA==$aGFzaA==',
    '$7$99999999999$c2FsdA==$aGFzaA==',
    '$6$c2FsdA==$aGFzaA==',
    '$5$101$c2FsdA==$aGFzaA==',
    `${hashPassword('secret')}$more`,
    `x${hashPassword('secret')}`,
  ])('takes nothing that is no whole hash: %j', hash => {
    expect(verifyPassword('secret', hash)).toBe(false);
  });
});

describe.runIf(passwd !== null)('against mosquitto_passwd', () => {
  it.each([
    ['secret', 'sha512-pbkdf2'],
    ['pässwörd 🏠', 'sha512-pbkdf2'],
    ['pässwörd 🏠', 'sha512'],
  ])('reads what it wrote: %j as %s', (password, kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-passwd-'));
    try {
      const file = join(folder, 'passwords');
      writeFileSync(file, '');
      execFileSync(passwd ?? '', ['-H', kind, '-b', file, 'master', password], { stdio: 'ignore' });
      const hash = readFileSync(file, 'utf8').trim().slice('master:'.length);
      expect(verifyPassword(password, hash)).toBe(true);
      expect(verifyPassword('other', hash)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
