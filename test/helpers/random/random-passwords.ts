import { hashPassword } from '../../../src/io/password-hash.ts';
import type { Random } from './random.ts';

/** A random password file, and the users in it whose passwords are known. */
export interface RandomPasswords {
  readonly bytes: Buffer;
  readonly users: readonly { readonly user: string; readonly password: string }[];
}

const NAMES = [
  'a',
  'A',
  'master',
  'home assistant',
  '%u',
  '*',
  'a,b',
  'ünï',
  'x#',
  'a+b',
  'a/b',
  '日本',
  'read',
  'b"c',
];
const PASSWORDS = ['secret', 'a:b$7$c', 'x'.repeat(200), 'pässwörd 🏠', 'two words'];
/** Hashing is slow: each password has one hash for all files. */
const HASHES = PASSWORDS.map(password => ({ password, hash: hashPassword(password) }));
const KEY = Buffer.alloc(64, 7).toString('base64');
const OTHER_SECRETS = [
  'in plain text',
  '',
  'two:parts',
  '$7$101$cut',
  `$7$1000$${KEY}$${KEY}`,
  '$argon2id$v=19$m=47104,t=1,p=1$AQEBAQ$AgICAg',
  '$6$c2FsdA==$aGFzaA==',
] as const;
const STRAY = ['', '# a comment', '#x:y', 'no colon', '   ', ' # blanks: before it'] as const;

/**
 * A file of up to eight lines in which nothing is as tidy as one wishes: comments, blanks around names, CR LF here and
 * there, a byte-order mark, no line feed at the end. With `isSound` it has only what mosquitto starts with, and UTF-8.
 */
export function randomPasswords(random: Random, { isSound = false } = {}): RandomPasswords {
  const names = [...NAMES];
  const users: { user: string; password: string }[] = [];
  const ending = random.chance(0.3) ? '\r\n' : '\n';
  let text = !isSound && random.chance(0.1) ? '\ufeff' : '';
  const count = random.below(9);
  for (let line = 1; line <= count; line++) {
    const end = line === count && random.chance(0.4) ? '' : random.chance(0.95) ? ending : '\r\n';
    text += `${randomLine(random, names, users, isSound)}${end}`;
  }
  const bytes = Buffer.from(text);
  // A byte that is no UTF-8, in a line that nobody touches.
  const odd = !isSound && random.chance(0.1) ? Buffer.from([0xff, 0x3a, 0xfe, 0x0a]) : Buffer.alloc(0);
  return { bytes: Buffer.concat([odd, bytes]), users };
}

function randomLine(
  random: Random,
  names: string[],
  users: { user: string; password: string }[],
  isSound: boolean,
): string {
  if (random.chance(0.25)) return random.pick(STRAY);
  const [user = 'z'] = names.splice(random.below(names.length), 1);
  const gap = (): string => (random.chance(0.1) ? ' ' : '');
  if (!isSound && random.chance(0.4)) return `${gap()}${user}${gap()}:${random.pick(OTHER_SECRETS)}`;
  const { password, hash } = random.pick(HASHES);
  users.push({ user, password });
  return `${gap()}${user}${gap()}:${gap()}${hash}${gap()}`;
}
