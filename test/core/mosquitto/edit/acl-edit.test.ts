import { describe, expect, it } from 'vitest';
import { checkAccess } from '../../../../src/core/mosquitto/acl-check.ts';
import { type AclFile, isRefused, parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { type AclRequest, accessesOf, planAcl } from '../../../../src/core/mosquitto/edit/acl-edit.ts';
import type { Effect } from '../../../../src/core/mosquitto/edit/acl-effect.ts';
import { exampleOf } from '../../../../src/core/mosquitto/edit/filter-cells.ts';
import { matchesFilter } from '../../../../src/core/mqtt/topic.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { type RandomRequest, randomRequest } from '../../../helpers/random/random-acl-request.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

const ROUNDS = Number(process.env.HOMETUI_ACL_EDIT_ROUNDS ?? rounds(150));
const FIRST_SEED = Number(process.env.HOMETUI_ACL_EDIT_SEED ?? 1);

function change(lines: readonly string[], words: string) {
  const [action = '', user = '', access = '', topic = ''] = words.split(' ');
  const request = { action, user, access, topic } as AclRequest;
  const plan = planAcl(Buffer.from(`${lines.join('\n')}\n`), 'acl', request);
  if (!plan.ok) return plan.error.message;
  const { content, asked, others } = plan.value;
  const told = (effects: readonly Effect[]): string[] =>
    effects.map(
      ({ access, topic: where, after, isWhole }) => `${after} ${access} ${where}${isWhole ? '' : ' in part'}`,
    );
  return { lines: String(Buffer.from(content)).trimEnd().split('\n'), asked: told(asked), others: told(others) };
}

describe('planAcl', () => {
  const acl = ['# The house', 'user a', 'topic read heating/#', '# the pump', 'topic write heating/pump', '', 'user b'];

  it('adds the line that is missing below the others of the user', () => {
    const lines = [...acl.slice(0, 5), 'topic write heating/fan', ...acl.slice(5)];
    expect(change(acl, 'allow a write heating/fan')).toEqual({ lines, asked: ['all write heating/fan'], others: [] });
  });

  it('widens the line of the same topic', () => {
    const lines = acl.map(line => (line.includes('pump') && line.startsWith('topic') ? 'topic readwrite x/y' : line));
    const own = acl.map(line => line.replace('heating/pump', 'x/y'));
    expect(change(own, 'allow a read x/y')).toEqual({ lines, asked: ['all read x/y'], others: [] });
  });

  it('makes a section for a new user, and fills an empty one', () => {
    expect(change(acl, 'allow c read x')).toMatchObject({ lines: [...acl, '', 'user c', 'topic read x'] });
    expect(change(acl, 'allow b readwrite x/#')).toMatchObject({ lines: [...acl, 'topic readwrite x/#'] });
  });

  it('changes nothing where it is so already', () => {
    expect(change(acl, 'allow a read heating/flow')).toEqual({ lines: acl, asked: [], others: [] });
    expect(change(acl, 'deny b read heating/flow')).toEqual({ lines: acl, asked: [], others: [] });
  });

  it('takes a denial away, and denies again what it let in besides', () => {
    const denied = ['user a', 'topic readwrite heating/pump', 'topic read heating/flow', 'topic deny heating/#'];
    expect(change(denied, 'allow a read heating/flow')).toEqual({
      lines: ['user a', 'topic readwrite heating/pump', 'topic read heating/flow', 'topic deny heating/pump'],
      asked: ['all read heating/flow'],
      others: [],
    });
  });

  it('tells what cannot be kept: a denial is of both accesses', () => {
    const wide = ['user a', 'topic readwrite heating/#'];
    expect(change(wide, 'deny a write heating/pump')).toEqual({
      lines: [...wide, 'topic deny heating/pump'],
      asked: ['none write heating/pump'],
      others: ['none read heating/pump'],
    });
    expect(change(wide, 'deny a write heating/#')).toEqual({
      lines: ['user a', 'topic read heating/#'],
      asked: ['none write heating/#'],
      others: [],
    });
  });

  it('revokes what own lines grant, and else says which line it is', () => {
    expect(change(acl, 'revoke a write heating/pump')).toMatchObject({ lines: acl.filter((_, index) => index !== 4) });
    expect(change(acl, 'revoke a read heating/pump')).toContain('line 3 grants it, "topic read heating/#"');
    expect(change(['user a', 'topic readwrite x', 'pattern read x'], 'revoke a read x')).toContain('line 3 grants it');
  });

  it.each([
    // Of what is taken away nothing is named, nor what grants something else.
    [['user a', 'topic write #', 'topic read x', 'pattern read x'], 'line 4 grants it, "pattern read x"'],
    [['user b', 'topic read #', 'user a', 'topic read x', 'topic read #'], 'line 5 grants it, "topic read #"'],
    [['user a', 'pattern read y', 'pattern read x/#', 'topic read +'], 'line 4 grants it, "topic read +"'],
    [['user a', 'topic readwrite +', 'topic deny y'], 'line 2 grants it, "topic readwrite +"'],
  ])('revokes nothing from %j, and names the line that grants it', (lines, line) => {
    expect(change(lines, 'revoke a read x')).toBe(
      `nothing can be taken away from "a" so that it may not read "x": ${line}`,
    );
  });

  it('names no line where the client identifier decides', () => {
    expect(change(['user a', 'pattern read dev/%c'], 'revoke a read dev/x')).toBe(
      'nothing can be taken away from "a" so that it may not read "dev/x"',
    );
  });

  it('denies what a pattern grants', () => {
    expect(change(['pattern readwrite devices/%u/#'], 'deny a readwrite devices/a/#')).toEqual({
      lines: ['pattern readwrite devices/%u/#', '', 'user a', 'topic deny devices/a/#'],
      asked: ['none read devices/a/#', 'none write devices/a/#'],
      others: [],
    });
  });

  it('tells of the part that other lines keep', () => {
    const two = ['user a', 'topic read x/#', 'topic read x/keep'];
    expect(change(two, 'revoke a read x/#')).toMatchObject({ lines: ['user a'], asked: ['none read x/#'] });
    const three = ['user a', 'topic deny x/#', 'topic readwrite x/y', 'topic read x/z/+'];
    expect(change(three, 'allow a read x/z/+')).toMatchObject({ asked: ['all read x/z/+'], others: [] });
  });

  it.each([
    ['allow a read x#', 'no topic filter'],
    ['allow a write $SYS/broker', 'nobody write below $SYS'],
    ['allow a read $share/g/x', 'behind $share/NAME/'],
    [`allow a read ${'/'.repeat(201)}`, 'more than 200 slashes'],
  ])('refuses %s', (words, says) => {
    expect(change(acl, words)).toContain(says);
  });

  it.each(['x ', ' x', 'x\n', 'a\0', '\ufffd', ''])('has no line for the topic or the user %j', word => {
    const of = (user: string, topic: string) =>
      planAcl(Buffer.from('user a\n'), 'acl', { action: 'allow', user, access: 'read', topic });
    expect(of('b', word)).toMatchObject({ ok: false });
    expect(of(word, 'x')).toMatchObject({ ok: false });
  });

  it.each(['#', '%u', 'home assistant', 'a,b', 'ünï', 'read'])('has a line for the user %s', user => {
    const plan = planAcl(Buffer.from('\r\n'), 'acl', { action: 'allow', user, access: 'write', topic: 'a b/c' });
    expect(plan.ok && String(Buffer.from(plan.value.content))).toBe(`\r\nuser ${user}\r\ntopic write a b/c\r\n`);
  });
});

describe('on random files', () => {
  it(`does what was asked and lists all else, ${ROUNDS} files from seed ${FIRST_SEED}`, {
    timeout: 20_000 + ROUNDS * 100,
  }, () => {
    const counts = { planned: 0, changed: 0, decisions: 0, others: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) tryRound(seed, counts);
    process.stdout.write(`ACL edits: ${ROUNDS} files, ${JSON.stringify(counts)}\n`);
    expect(counts.changed).toBeGreaterThan(ROUNDS / 4);
  });
});

function tryRound(seed: number, counts: Record<'planned' | 'changed' | 'decisions' | 'others', number>): void {
  const round = randomRequest(createRandom(seed));
  const before = parseAclFile(round.acl, 'acl');
  const plan = planAcl(Buffer.from(round.acl), 'acl', round.request);
  if (isRefused(before) || !plan.ok) return;
  const { after, asked, others, edits } = plan.value;
  counts.planned++;
  if (edits.length > 0) counts.changed++;
  counts.others += others.length;
  const what = `seed ${seed}: ${JSON.stringify(round.request)} ${JSON.stringify(before.lines)} ${JSON.stringify(after.lines)}`;
  expect(after.issues, what).toEqual([]);
  expectOtherLines(before, after, round.request.user, what);
  counts.decisions += expectDecisions(round, before, after, [...asked, ...others], what);
  for (const effect of [...asked, ...others]) expectTrue(effect, round.request.user, before, after, what);
}

/** The lines that stay are those of the file, in their order. */
function expectOtherLines(before: AclFile, after: AclFile, user: string, what: string): void {
  const isOwn = (acl: AclFile, line: number): boolean =>
    acl.rules.some(({ line: at, owner }) => at === line && owner.kind === 'user' && owner.name === user);
  const lines = (acl: AclFile): string[] =>
    acl.lines.filter((_, index) => !isOwn(acl, index + 1)).map(line => line.replace(/\r+$/, ''));
  const left = lines(after);
  const isNew = !before.sections.some(section => section.user === user);
  expect(isNew ? left.slice(0, lines(before).length) : left, what).toEqual(lines(before));
}

function expectDecisions(
  round: RandomRequest,
  before: AclFile,
  after: AclFile,
  effects: readonly Effect[],
  what: string,
): number {
  const { request } = round;
  const asked = questions(round);
  for (const { version, ...question } of asked) {
    const { user, access, topic } = question;
    const [was, is] = [before, after].map(acl => checkAccess(acl, question, version));
    // With a + or # in it no pattern is looked at: such an identifier is left out of account.
    if (was?.reason === 'wildcard-name' || is?.reason === 'wildcard-name') continue;
    const say = `${what} ${version} ${JSON.stringify(question)}`;
    const isAsked =
      user === request.user && accessesOf(request).includes(access) && matchesFilter(request.topic, topic);
    if (isAsked) expect(is?.allowed, say).toBe(request.action === 'allow');
    const isTold = effects.some(effect => effect.access === access && matchesFilter(effect.topic, topic));
    if (was?.allowed !== is?.allowed) expect([isTold, user], say).toEqual([true, request.user]);
  }
  return asked.length;
}

/** Every client and topic of a round, both accesses, by both versions. */
function questions({ request, clients, topics }: RandomRequest) {
  const all = [...clients, { user: request.user, clientId: 'q' }];
  return all.flatMap(client =>
    topics.flatMap(topic =>
      (['read', 'write'] as const).flatMap(access =>
        (['2.0', '2.1'] as const).map(version => ({ ...client, topic, access, version })),
      ),
    ),
  );
}

/** What is told to be let in or shut out for every client is so, on a topic that no narrower rule is for. */
function expectTrue(
  { access, topic, before: was, after: is }: Effect,
  user: string,
  before: AclFile,
  after: AclFile,
  what: string,
): void {
  if (was === 'some' || is === 'some') return;
  const filters = [...before.rules, ...after.rules].map(rule =>
    rule.topic.replaceAll('%u', user).replaceAll('%c', 'q'),
  );
  const example = exampleOf(topic, filters);
  if (example === null) return;
  const decide = (acl: AclFile): boolean =>
    checkAccess(acl, { user, clientId: 'q', access, topic: example }, '2.0').allowed;
  expect([decide(before), decide(after)], `${what} ${access} ${topic}`).toEqual([was === 'all', is === 'all']);
}
