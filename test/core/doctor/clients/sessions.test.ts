import { describe, expect, it } from 'vitest';
import { readLoggedClients } from '../../../../src/core/doctor/clients/log-clients.ts';
import { examineSessions } from '../../../../src/core/doctor/clients/sessions.ts';
import { type SysRead, sysFigures } from '../../../../src/core/doctor/clients/sys-figures.ts';

const LOGIN = "1795932300: New client connected from 10.0.0.7:50123 as esp (p2, c1, k60, u'heating').";
const KEPT = LOGIN.replace('c1', 'c0');
const LEFT = '1795932301: Client esp disconnected.';
const MUTE: SysRead = { kind: 'mute', why: 'nobody could ask', cure: 'Name one.' };
const heard = (away: number | null, held: readonly [number, number], dropped = 0): SysRead => ({
  ...{ kind: 'heard', spanMs: 11_000, first: { away, held: held[0], dropped } },
  last: { away, held: held[1], dropped },
});
const examine = (lines: readonly string[] | null, sys: SysRead = MUTE) =>
  examineSessions(lines === null ? null : readLoggedClients(lines, 0).clients, sys).map(
    ({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`,
  );

describe('a session that is kept while its client is away', () => {
  it('is told by the log, in the words of 2.0 and of 2.1', () => {
    const gone = [
      'Client esp disconnected.',
      'Client esp [10.0.0.7:50123] disconnected.',
      'Client esp has exceeded timeout, disconnecting.',
      'Client esp [10.0.0.7:50123] disconnected: connection closed by client.',
    ];
    for (const words of gone) expect(examine([KEPT, `1795932301: ${words}`])[0], words).toMatch(/^warning esp/);
    expect(examine([KEPT])[0]).toMatch(/^well/);
    expect(examine([LOGIN, LEFT])[0]).toMatch(/^well/);
    expect(examine([KEPT, '1795932301: mosquitto version 2.0.11 starting'])[0]).toMatch(/^warning esp/);
    // A name is no fact, whatever it looks like.
    const name = LOGIN.replace('as esp', "as esp (p2, c0, k0, u'x').");
    expect(examine([name, "1795932301: Client esp (p2, c0, k0, u'x'). disconnected."])[0]).toMatch(/^well/);
  });

  it('has a full queue where the log says so, until its next login', () => {
    const full = '1795932302: Outgoing messages are being dropped for client esp.';
    expect(examine([KEPT, LEFT, full])[0]).toContain('its queue is full, and what comes now is dropped');
    expect(examine([KEPT, full, KEPT, LEFT])[0]).not.toContain('full');
    expect(examine([KEPT, LEFT, full.replace('esp', 'other')])[0]).not.toContain('full');
  });

  it('is counted by $SYS, which knows better than an old line of the log', () => {
    expect(examine([KEPT, LEFT], heard(0, [0, 0]))).toEqual([expect.stringMatching(/^well sessions: .*keeps none/)]);
    expect(examine([LOGIN], heard(2, [0, 0]))).toEqual([
      expect.stringMatching(/^warning sessions: 2 sessions are kept .*only the log of the broker tells$/),
      'well queues of the sessions: the broker holds 0 messages that somebody has yet to get',
    ]);
    expect(examine(null, heard(1, [0, 0]))[0]).toMatch(/^warning sessions: 1 session is kept/);
  });

  it('has a queue that grows where what the broker holds does', () => {
    const queue = (...told: Parameters<typeof heard>) => examine([KEPT, LEFT], heard(...told))[1];
    expect(queue(1, [5, 9])).toBe(
      'warning queues of the sessions: the broker holds 9 messages that somebody has yet to get, 4 more than 11 s before',
    );
    expect(queue(1, [9, 9])).toMatch(/has yet to get$/);
    expect(queue(1, [9, 9], 3)).toMatch(/get; it has dropped 3 since its start$/);
  });

  it('is not examined where nobody could tell, and why is said', () => {
    expect(examine(null)).toEqual([
      'unexamined sessions: only the log of the broker tells who logs in with clean session off',
      'unexamined queues of the sessions: nobody could ask',
    ]);
    expect(examine([LOGIN], heard(null, [0, 0]))[1]).toMatch(/^unexamined .*did not tell how much it holds/);
  });
});

describe('the figures of $SYS', () => {
  const figures = (away: string, stored: string, retained: string) =>
    sysFigures(
      new Map([
        ['$SYS/broker/clients/disconnected', away],
        ['$SYS/broker/messages/stored', stored],
        ['$SYS/broker/retained messages/count', retained],
      ]),
    );
  it('follow from others where one was not told', () => {
    const told = new Map([
      ['$SYS/broker/clients/total', '5'],
      ['$SYS/broker/clients/connected', '3'],
    ]);
    expect(sysFigures(told)).toEqual({ away: 2, held: null, dropped: null });
    expect(sysFigures(new Map([...told].slice(0, 1))).away).toBeNull();
  });

  it('are what is stored less what is retained, and nothing that is no count', () => {
    expect(figures('1', '73', '53')).toEqual({ away: 1, held: 20, dropped: null });
    expect(figures('4294967295', '35', '40')).toEqual({ away: null, held: 0, dropped: null });
    expect(figures('many', '', '40')).toEqual({ away: null, held: null, dropped: null });
  });
});
