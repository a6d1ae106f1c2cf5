import { describe, expect, it } from 'vitest';
import { parsePasswordFile } from '../../../src/core/mosquitto/password-file.ts';

const HASH = '$7$101$aG9tZXR1aXNhbHQx$QUJDREVGR0g=';

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
      [5, 'warning'],
    ]);
    expect(issues.every(issue => issue.cure !== undefined)).toBe(true);
  });

  it('never shows a secret', () => {
    const { issues } = parsePasswordFile('a:verysecret\nb verysecret\nb:$7$verysecret\n', 'pw');
    expect(JSON.stringify(issues)).not.toContain('verysecret');
  });
});
