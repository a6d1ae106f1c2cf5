import { describe, expect, it } from 'vitest';
import { type DenialsInput, examineDenials } from '../../../src/core/doctor/denials.ts';
import type { Denial } from '../../../src/core/home/state/broker.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';

const START = Date.UTC(2026, 10, 29, 3);
const denial: Denial = {
  ...{ id: 1, firstAt: START, at: START, count: 1, evidence: 'logged', client: 'esp', user: 'heating' },
  ...{ access: 'publish', topic: 'cellar/fan', detail: 'heating may not write cellar/fan', remedy: 'Add a line.' },
};
const input: DenialsInput = {
  ...{ acl: null, aclChangedAt: null, startedAt: START + 60_000 },
  logged: { readAt: null, refusedAt: [] },
};
const examine = (denials: readonly Partial<Denial>[], change: Partial<DenialsInput> = {}) =>
  examineDenials(
    denials.map(one => ({ ...denial, ...one })),
    { ...input, ...change },
  );
const say = (...args: Parameters<typeof examine>) =>
  examine(...args).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);
const NONE = ['well denials: the log tells of none'];

describe('a denial', () => {
  it('is told with whom it concerns, how often, and what to do', () => {
    expect(examine([{}])).toMatchObject([
      { sign: 'fault', subject: 'heating', evidence: 'heating may not write cellar/fan', cure: 'Add a line.' },
    ]);
    expect(
      say([
        { count: 2, user: null },
        { client: null, user: null },
      ]),
    ).toEqual([
      'fault esp: heating may not write cellar/fan (2 times)',
      'fault somebody: heating may not write cellar/fan',
    ]);
  });

  it('that was meant to be is none: a login after the begin', () => {
    const login = (firstAt: number): Partial<Denial> => ({ access: 'connect', topic: null, firstAt });
    // Log times are whole seconds.
    expect(say([login(input.startedAt - 1_000)])).toEqual(NONE);
    expect(say([login(input.startedAt - 1_001)])).toHaveLength(1);
    expect(say([login(input.startedAt - 1_001)])[0]).toMatch(/^fault/);
    expect(say([{ ...login(input.startedAt), access: 'subscribe' }])[0]).toMatch(/^fault/);
  });

  it('is told twenty times at most', () => {
    expect(say(Array.from({ length: 25 }, () => ({})))).toHaveLength(20);
  });

  it('is not known of without a log', () => {
    expect(say([])).toEqual(NONE);
    for (const denials of [[], [{}]])
      expect(say(denials, { logged: null })).toEqual([expect.stringMatching(/^unexamined denials: only the log/)]);
  });
});

describe('a denial of before the broker read its files anew', () => {
  const acl = parseAclFile('user heating\ntopic write cellar/fan\n', '/etc/acl');
  const readSince = { acl, aclChangedAt: START + 500, logged: { readAt: START + 1_000, refusedAt: [] } };

  it('is mended where the file that it read allows it', () => {
    expect(say([{}], readSince)).toEqual([
      'well heating: heating may not write cellar/fan: that was so until the broker read /etc/acl anew',
    ]);
    // The file was changed within the second in which the broker read it, or after it.
    expect(say([{}], { ...readSince, aclChangedAt: START + 1_999 })[0]).toMatch(/^well/);
    expect(say([{}], { ...readSince, aclChangedAt: START + 2_000 })[0]).toMatch(/^fault/);
    expect(say([{}], { ...readSince, aclChangedAt: null })[0]).toMatch(/^fault/);
    // Log times are whole seconds: of the same second nobody knows which came first.
    expect(say([{ at: START + 1 }], readSince)[0]).toMatch(/^fault/);
  });

  it('stands where nothing allows it, where it is not known who it was, and where only reading was allowed', () => {
    expect(say([{ topic: 'cellar/light' }], readSince)[0]).toMatch(/^fault/);
    expect(say([{ user: null }], readSince)[0]).toMatch(/^fault esp/);
    expect(say([{}], { ...readSince, acl: null })[0]).toMatch(/^fault/);
    expect(say([{ access: 'subscribe' }], readSince)[0]).toMatch(/^fault/);
    const reading = parseAclFile('user heating\ntopic read cellar/fan\n', '/etc/acl');
    expect(say([{ access: 'subscribe' }], { ...readSince, acl: reading })[0]).toMatch(/^well/);
  });

  it('of a login is not known to be mended', () => {
    expect(say([{ access: 'connect', topic: null }], readSince)).toEqual([
      'unexamined heating: heating may not write cellar/fan; the broker has read its files since, and whether it is let in now is not known',
    ]);
  });
});

describe('those whom the broker did not name', () => {
  const login: Partial<Denial> = {
    ...{ access: 'connect', topic: null, client: null, user: null, count: 7 },
    detail: 'an unnamed client was refused at login',
  };
  const told = (refusedAt: readonly number[], readAt: number | null = null) =>
    say([login], { logged: { readAt, refusedAt } });

  it('are those of the log that were no try of an examination', () => {
    expect(told([])).toEqual(NONE);
    expect(told([START])).toEqual(['fault somebody: an unnamed client was refused at login']);
    expect(told([START, START + 1])).toEqual(['fault somebody: an unnamed client was refused at login (2 times)']);
  });

  it('may be let in since the broker read its files anew', () => {
    expect(told([START - 5_000, START], START + 1_000)[0]).toMatch(
      /^unexamined somebody: .*\(2 times\); the broker has read/,
    );
    expect(told([START - 5_000, START], START + 999)[0]).toMatch(/^fault/);
  });
});
