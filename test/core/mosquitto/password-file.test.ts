import { describe, expect, it } from 'vitest';
import { parsePasswordFile } from '../../../src/core/mosquitto/password-file.ts';

const KEY = Buffer.alloc(64, 7).toString('base64');
const HASH = `$7$101$aG9tZXR1aXNhbHQx$${KEY}`;
const LONG = `$7$1000$${KEY}$${KEY}`;
const ARGON = '$argon2id$v=19$m=47104,t=1,p=1$AQEBAQ$AgICAg';

describe('parsePasswordFile', () => {
  it('reads users and how their passwords are kept', () => {
    const text = `master:${HASH}\n home assistant : $6$c2FsdA==$aGFzaA== \r\nplain:secret\ncut:$7$101$abc\nempty:\n`;
    const { entries } = parsePasswordFile(text, 'pw');
    expect(entries.map(({ line, user, kind }) => ({ line, user, kind }))).toEqual([
      { line: 1, user: 'master', kind: 'pbkdf2' },
      { line: 2, user: 'home assistant', kind: 'sha512' },
      { line: 3, user: 'plain', kind: 'plain' },
      { line: 4, user: 'cut', kind: 'broken' },
      { line: 5, user: 'empty', kind: 'broken' },
    ]);
  });

  it('says nothing about a sound file, with or without a line feed at its end', () => {
    expect(parsePasswordFile(`a:${HASH}\nb:${HASH}\n`, 'pw').issues).toEqual([]);
    expect(parsePasswordFile(`a:${HASH}`, 'pw').issues).toEqual([]);
  });

  it('names each stray line and each entry that does not let its user in', () => {
    const text = `# users\n\nno colon\na:secret\na:${HASH}\n`;
    const { issues } = parsePasswordFile(text, 'pw');
    expect(issues.map(issue => [issue.place?.line, issue.severity])).toEqual([
      [1, 'warning'],
      [2, 'warning'],
      [3, 'warning'],
      [4, 'error'],
      [5, 'error'],
    ]);
    expect(issues.every(issue => issue.cure !== undefined)).toBe(true);
  });

  it('never shows a secret', () => {
    const { issues } = parsePasswordFile('a:verysecret\nb verysecret\nb:$7$verysecret\n', 'pw');
    expect(JSON.stringify(issues)).not.toContain('verysecret');
  });

  it.each([
    ['a:secret', 'plain'],
    ['a:', 'broken'],
    ['a:$7$0$aG9tZXR1aXNhbHQx$QUJD', 'broken'],
    ['a:$7$101$aG9tZXR1aXNhbHQx$QUJD', 'broken'],
    [`a:$7$101$aG9tZQ==$${KEY}`, 'broken'],
    [`a:${LONG}`, 'pbkdf2-long'],
    [`a:${LONG.replace('$7$1000$', '$6$').replace('$7$101$', '$6$')}`, 'sha512-long'],
    [`a:${ARGON}`, 'argon2id'],
    [`a:${HASH}`, 'pbkdf2'],
  ])('takes %s for %s', (line, kind) => {
    expect(parsePasswordFile(line, 'pw').entries[0]?.kind).toBe(kind);
  });

  it('advises what changes one line, whatever stands in the others', () => {
    const cureIn = (text: string): string => parsePasswordFile(text, 'my pw').issues[0]?.cure ?? '';
    for (const other of ['secret', HASH, LONG, ARGON]) {
      expect(cureIn(`a:secret\nb:${other}\n`)).toMatch(/: hometui users hash 'my pw'$/);
    }
    expect(cureIn(`a:${ARGON}\n`)).toBe("Set it anew: hometui users passwd 'my pw' a");
  });

  it('says what each version does, or what the one does that is known', () => {
    const messageOf = (line: string, version: '2.0' | '2.1' | null): string | undefined =>
      parsePasswordFile(line, 'pw', version).issues[0]?.message;
    expect(messageOf('a:secret', null)).toContain(
      'mosquitto 2.0 drops the entry, and the login is refused, 2.1 does not',
    );
    expect(messageOf('a:secret', '2.1')).toMatch(/: mosquitto 2\.1 does not start$/);
    expect(messageOf(`a:${LONG}`, '2.0')).toMatch(/64 bytes: mosquitto 2\.0 drops/);
    expect(messageOf(`a:${LONG}`, '2.1')).toBeUndefined();
  });

  it.each([
    ['# users', 'a comment line'],
    ['#a:secret', 'a comment line'],
    ['', 'a blank line'],
    ['  \t', 'a blank line'],
    ['no colon', 'a line without a colon'],
    ['no colon #', 'a line without a colon'],
  ])('calls the stray line %j %s', (line, what) => {
    const { entries, issues } = parsePasswordFile(`${line}\na:${HASH}\n`, 'pw');
    expect([entries.length, issues[0]?.message.startsWith(`${what}: `)]).toEqual([1, true]);
    expect(issues[0]?.cure).toBe(
      what.includes('colon') ? 'Write it as user:password, or delete it.' : 'Delete the line.',
    );
  });

  it.each([
    ['\t\v\f\r a \r\f\v\t', 'a'],
    ['a # b', 'a # b'],
    ['\ufeffa', '\ufeffa'],
    ['\u00a0a', '\u00a0a'],
  ])('takes the name %j for %j', (written, user) => {
    expect(parsePasswordFile(`${written}: \t${HASH}\r\n`, 'pw').entries[0]).toMatchObject({ user, secret: HASH });
  });

  it('tells all issues in the order of their lines', () => {
    const text = `a:${HASH}\n\nb:\n# x\na:plain\n`;
    expect(parsePasswordFile(text, 'pw').issues.map(({ place }) => place?.line)).toEqual([2, 3, 4, 5]);
  });

  it('counts the bytes of salt and hash with and without their padding', () => {
    const kind = (salt: number, hash: number): string | undefined => {
      const text = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
      return parsePasswordFile(`a:$7$101$${text(salt)}$${text(hash)}`, 'pw').entries[0]?.kind;
    };
    expect([kind(12, 64), kind(64, 64), kind(12, 63), kind(12, 65), kind(11, 64), kind(13, 64)]).toEqual([
      ...['pbkdf2', 'pbkdf2-long', 'broken', 'broken', 'broken', 'broken'],
    ]);
  });
});
