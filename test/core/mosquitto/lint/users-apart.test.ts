import { expect, test } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { usersApart } from '../../../../src/core/mosquitto/lint/users-apart.ts';
import { parsePasswordFile } from '../../../../src/core/mosquitto/password-file.ts';

const hash = `$7$101$${Buffer.alloc(12, 7).toString('base64')}$${Buffer.alloc(64, 7).toString('base64')}`;
const acl = parseAclFile('user both\ntopic read a\nuser lists\ntopic read a\nuser other\ntopic read a\n', 'acl');
const passwords = parsePasswordFile(`both:${hash}\nlogs:${hash}\nanother:${hash}\n`, 'pw');
const named = (...users: readonly string[]): readonly string[] =>
  usersApart(acl, passwords, users).map(({ place, message }) => `${place?.file}:${place?.line} ${message}`);

test.each([
  [['both'], []],
  [[], []],
  [['lists'], ['acl:3 "lists" is not in pw, so that it cannot log in']],
  [['logs'], [expect.stringMatching(/^pw:2 "logs" .*/)]],
  [['nobody'], []],
  [
    ['lists', 'logs', 'both'],
    [expect.stringContaining('acl:3 '), expect.stringContaining('pw:2 ')],
  ],
])('of the users %j only those in one file alone are told', (users, told) => {
  expect(named(...users)).toEqual(told);
});
