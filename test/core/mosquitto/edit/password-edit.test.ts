import { describe, expect, it } from 'vitest';
import { applyEdits, decodeText } from '../../../../src/core/mosquitto/edit/line-edit.ts';
import * as plans from '../../../../src/core/mosquitto/edit/password-edit.ts';
import { type PasswordFile, parsePasswordFile } from '../../../../src/core/mosquitto/password-file.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';
import { randomPasswords } from '../../../helpers/random/random-passwords.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

const KEY = Buffer.alloc(64, 7).toString('base64');
const HASH = `$7$1000$aG9tZXR1aXNhbHQx$${KEY}`;
const ROUNDS = Number(process.env.HOMETUI_USERS_ROUNDS ?? rounds(300));

const parse = (text: string): PasswordFile => parsePasswordFile(text, 'pw');
const applied = (text: string, plan: plans.PasswordPlan): string => {
  if (!plan.ok) throw new Error(plan.error.message);
  const edits = plan.value.map(step => step.edit);
  return Buffer.from(applyEdits(Buffer.from(text), edits)).toString();
};
const faultOf = (plan: plans.PasswordPlan): string => (plan.ok ? 'no fault' : plan.error.message);

describe('a change of one user', () => {
  const text = `# users\r\n\r\na:${HASH}\r\n b : old \r\nA:x:y`;

  it('adds a line at the end', () => {
    expect(applied(text, plans.planAdd(parse(text), 'c d', HASH))).toBe(`${text}\r\nc d:${HASH}`);
  });

  it('puts the hash where the old secret stood', () => {
    expect(applied(text, plans.planPassword(parse(text), 'b', HASH))).toBe(text.replace(': old ', `:${HASH}`));
    expect(applied(text, plans.planPassword(parse(text), 'A', HASH))).toBe(text.replace('x:y', HASH));
  });

  it('removes and renames', () => {
    expect(applied(text, plans.planRemoval(parse(text), 'b'))).toBe(text.replace(' b : old \r\n', ''));
    expect(applied(text, plans.planRename(parse(text), 'b', '%u'))).toBe(text.replace(' b ', '%u'));
  });

  it('knows the first user of a file with a byte-order mark, and leaves the mark', () => {
    const marked = `\ufeffa:${HASH}\n`;
    expect(applied(marked, plans.planRename(parse(marked), 'a', 'b'))).toBe(`\ufeffb:${HASH}\n`);
    expect(applied(marked, plans.planPassword(parse(marked), 'a', 'new'))).toBe('\ufeffa:new\n');
    expect(faultOf(plans.planAdd(parse(marked), 'a', HASH))).toContain('already');
  });

  it('takes all lines of a user away, and gives the later one, which counts, the new password', () => {
    const twice = `a:${HASH}\nb:${HASH}\na:${HASH}\n`;
    expect(applied(twice, plans.planRemoval(parse(twice), 'a'))).toBe(`b:${HASH}\n`);
    expect(applied(twice, plans.planPassword(parse(twice), 'a', 'new'))).toBe(`a:${HASH}\nb:${HASH}\na:new\n`);
  });

  it('refuses what cannot be, and names the user that was meant', () => {
    expect(faultOf(plans.planAdd(parse(text), 'a', HASH))).toBe('"a" is in pw already (line 3)');
    expect(faultOf(plans.planAdd(parse(text), '#', HASH))).toContain('makes a comment');
    expect(faultOf(plans.planRename(parse(text), 'a', 'A'))).toContain('already');
    expect(faultOf(plans.planPassword(parse(text), 'B', HASH))).toBe('"B" is not in pw, but "b" is: capitals count');
    expect(faultOf(plans.planRemoval(parse(''), 'a'))).toBe('"a" is not in pw');
  });
});

describe('hashing and importing', () => {
  const hash = (password: string): string => `$7$1000$aG9tZXR1aXNhbHQx$${KEY.slice(0, -2)}==<${password}>`;

  it('hashes what stands in plain text, once, and leaves every hash', () => {
    const text = `# x\na: two words \nb:${HASH}\nc:p:q\r\nd:$6$c2FsdA==$aGFzaA==\ne:$argon2id$v=19$x\n`;
    const plan = plans.planHashing(parse(text), password =>
      HASH.replace(KEY, Buffer.alloc(64, password).toString('base64')),
    );
    const once = applied(text, plan);
    expect(once).toMatch(/^# x\na:\$7\$1000\$[^\n]*\nb:/);
    expect(once.split('\n').filter((_, index) => ![1, 3].includes(index))).toEqual(
      text.split('\n').filter((_, index) => ![1, 3].includes(index)),
    );
    expect(applied(once, plans.planHashing(parse(once), hash))).toBe(once);
    expect(plan.ok && plan.value.map(step => step.remark)).toEqual([
      'the blanks around the password are no part of it',
      'the colon in the password is part of it',
    ]);
    expect(applied(text, plans.planHashing(parse(text), hash))).toContain('<p:q>\r\n');
  });

  it('adds the users of a list that are missing, hashes as they are', () => {
    const plan = plans.planImport(parse(`a:${HASH}\n`), parse(`# list\na:other\nb:secret\nc:${HASH}\n`), hash);
    expect(applied(`a:${HASH}\n`, plan)).toBe(`a:${HASH}\nb:${hash('secret')}\nc:${HASH}\n`);
  });

  it.each(['#x:y\n :secret', 'a:', 'a:1\na:2', 'a:$7$101$cut', 'a:caf\ufffd'])(
    'takes no part of a list with %j',
    list => {
      const plan = plans.planImport(parse(''), parse(`ok:fine\n${list}\n`), hash);
      expect(faultOf(plan)).toMatch(/^pw:\d: /);
    },
  );
});

describe('passwordFault', () => {
  it.each(['a:b', ' ', 'ü€🏠', 'x'.repeat(200)])('has nothing against %s', password => {
    expect(plans.passwordFault(password)).toBeNull();
  });

  it.each(['', 'a\0b', 'a\ufffd', 'x'.repeat(65_536)])('refuses %j', password => {
    expect(plans.passwordFault(password)).not.toBeNull();
  });
});

/** The lines of a file without their ends, byte by byte. */
const linesOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString('latin1').replace(/\n$/, '').split('\n');

describe('on random files', () => {
  it(`changes no byte of another line, ${ROUNDS} files`, { timeout: 10_000 + ROUNDS * 10 }, () => {
    let changed = 0;
    for (let seed = 1; seed <= ROUNDS; seed++) changed += tryRound(createRandom(seed), seed);
    process.stdout.write(`password files: ${ROUNDS} changed at random, ${changed} changes made\n`);
    expect(changed).toBeGreaterThan(ROUNDS / 2);
  });
});

function tryRound(random: Random, seed: number): number {
  const { bytes } = randomPasswords(random);
  const passwords = parse(decodeText(bytes));
  const known = plans.usersOf(passwords);
  const user = known.length > 0 && random.chance(0.8) ? random.pick(known) : 'new one';
  const word = random.pick(['add', 'passwd', 'remove', 'rename'] as const);
  const plan = {
    add: () => plans.planAdd(passwords, random.chance(0.2) ? user : 'new one', HASH),
    passwd: () => plans.planPassword(passwords, user, HASH),
    remove: () => plans.planRemoval(passwords, user),
    rename: () => plans.planRename(passwords, user, 'new one'),
  }[word]();
  if (!plan.ok) return 0;
  const after = applyEdits(
    bytes,
    plan.value.map(step => step.edit),
  );
  const touched = new Set(plan.value.map(step => step.line));
  const before = linesOf(bytes);
  const kept = bytes.length === 0 ? [] : before.filter((_, index) => !touched.has(index + 1));
  const now = after.length === 0 ? [] : linesOf(after);
  const left = word === 'remove' ? now : now.filter((_, index) => !touched.has(index + 1));
  // A last line without a line feed gets an end when another one comes below it; what is in it stays.
  const withoutEnd = (line: string): string => line.replace(/\r$/, '');
  const isGrown = word === 'add' && bytes.at(-1) !== 0x0a;
  const compare = isGrown ? withoutEnd : (line: string): string => line;
  expect(left.map(compare), `seed ${seed}, ${word} ${user}`).toEqual(kept.map(compare));
  expect(after.at(-1) === 0x0a || after.length === 0, `seed ${seed}`).toBe(
    word === 'remove' && touched.has(before.length) ? true : bytes.at(-1) === 0x0a || bytes.length === 0,
  );
  return 1;
}
