import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { openJournalTail } from '../../../src/io/log-tail/journal-tail.ts';
import type { LogTail } from '../../../src/io/log-tail/log-tail.ts';
import { createEventLog, type EventLog } from '../../helpers/event-log.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const journalctl = requireProgram('journalctl', 'systemd');

let folder: string;
let log: EventLog;
const opened: LogTail[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-journal-'));
  log = createEventLog();
});
afterEach(async () => {
  for (const tail of opened.splice(0)) await tail.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A program in place of journalctl: a real child process, with a real pipe; `search` answers to `-g`. */
function standIn(script: string, search = ':'): string {
  const program = join(folder, 'journalctl');
  const asked = `case "$*" in *-g*) echo "$@" > ${folder}/search\n${search}\nexit;; esac`;
  writeFileSync(program, `#!/bin/sh\n${asked}\necho $$ > ${folder}/pid\necho "$@" > ${folder}/args\n${script}\n`);
  chmodSync(program, 0o755);
  return program;
}

function follow(program: string): LogTail {
  const tail = openJournalTail({ clock: systemClock(), emit: log.emit, program });
  opened.push(tail);
  return tail;
}

const isIssue = (event: HomeEvent): boolean => event.type === 'issue-found';
const issue = (): unknown => log.events.flatMap(event => (event.type === 'issue-found' ? [event.issue] : []))[0];

describe('openJournalTail', () => {
  it('reads the lines of the unit mosquitto, with their time, and ends the program by its id', async () => {
    const line =
      "2026-11-22T18:20:53.250000+0100 pi mosquitto[612]: New client connected from 127.0.0.1:40102 as dht-1 (p5, c1, k60, u'dhtclient').";
    const tail = follow(standIn(`echo "-- Journal begins --"\necho "${line}"\nexec sleep 60`));
    await log.until(event => event.type === 'log-line-read');
    expect(log.events).toMatchObject([
      {
        type: 'log-line-read',
        source: 'journal',
        entry: { kind: 'login', clientId: 'dht-1', user: 'dhtclient', at: Date.UTC(2026, 10, 22, 17, 20, 53, 250) },
      },
    ]);
    expect(readFileSync(join(folder, 'args'), 'utf8')).toContain('-u mosquitto -f -n 200');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await tail.close();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(log.events).toHaveLength(1);
  });

  it('says so where not one of 50 lines can be read, and takes it back with the first that can', async () => {
    const other = 'echo "2026-11-22T18:20:53+0100 pi mosquitto[612]: ein Wort $i"';
    const known = 'echo "2026-11-22T18:20:54+0100 pi mosquitto[612]: 1795364453: Reloading config."';
    follow(standIn(`for i in $(seq 50); do ${other}; done\n${known}\nexec sleep 60`));
    await log.until(event => event.type === 'log-line-read');
    expect(log.events).toMatchObject([
      { type: 'issue-found', issue: { message: expect.stringContaining('not one of 50 lines of the journal') } },
      { type: 'issue-settled', issue: { message: expect.stringContaining('ein Wort 1') } },
      { type: 'log-line-read' },
    ]);
  });

  const stamped = (words: string): string => `echo "2026-11-22T18:20:53+0100 pi mosquitto[1]: ${words}"`;
  const BROKEN = stamped('1795364453: Error opening acl file \\"/etc/mosquitto/acl\\".');
  const RELOAD = stamped('1795364453: Reloading config.');
  const kinds = (): string[] =>
    log.events.map(event => (event.type === 'log-line-read' ? event.entry.kind : event.type));

  /** A line of a script that waits until it is told to go on. */
  function gate(): { readonly open: () => void; readonly script: string } {
    const file = join(folder, 'open');
    return { open: () => writeFileSync(file, ''), script: `while [ ! -e ${file} ]; do sleep 0.02; done` };
  }

  it('asks for what the broker said of its ACL long ago, oldest first', async () => {
    follow(standIn('exec sleep 60', `${BROKEN}\n${RELOAD}`));
    await log.until(event => event.type === 'log-line-read' && event.entry.kind === 'acl-broken');
    expect(kinds()).toEqual(['reload', 'acl-broken']);
    expect(readFileSync(join(folder, 'search'), 'utf8')).toMatch(/^-u mosquitto -r -n 100 -g .*Reloading config/);
  });

  it('asks for no line that a client could fill the answer with by its name', async () => {
    follow(standIn('exec sleep 60', RELOAD));
    await log.until(event => event.type === 'log-line-read');
    const [, pattern = ''] = / -g (.*) -o /.exec(readFileSync(join(folder, 'search'), 'utf8')) ?? [];
    const wanted = [
      'Reloading config.',
      'mosquitto version 2.0.11 running',
      'Error: Invalid line in acl_file "/etc/mosquitto/acl": Topic x.',
      'Error opening acl file "/etc/mosquitto/acl".',
    ];
    const others = [
      'acl_file x',
      'x1: Error in acl_file x',
      'x1: Reloading config',
      ': mosquitto version 2 running',
    ].flatMap(id => [
      `New client connected from 127.0.0.1:40102 as ${id} (p5, c1, k60, u'x').`,
      `Client ${id} disconnected.`,
      `Outgoing messages are being dropped for client ${id}.`,
      `Denied PUBLISH from ${id} (d0, q1, r0, m1, 'x', ... (2 bytes))`,
    ]);
    const stamps = ['', '1795364453: ', '2026-11-22T18:20:53: ', 'Sun Nov 22 18:20:53 2026: '];
    const dressed = (words: readonly string[]): string[] => stamps.flatMap(stamp => words.map(line => stamp + line));
    // journalctl and grep -P search by the same library.
    const { stdout, status } = spawnSync('grep', ['-P', '-e', pattern], {
      input: `${[...dressed(wanted), ...dressed(others)].join('\n')}\n`,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual(dressed(wanted));
  });

  it('lets the newer lines count where they tell of a reload', async () => {
    const { open, script } = gate();
    const search = `${script}\n${BROKEN}\n${RELOAD}\ntouch ${folder}/done`;
    const tail = follow(standIn(`${RELOAD}\n${stamped('Client a disconnected.')}\nexec sleep 60`, search));
    await log.until(event => event.type === 'log-line-read' && event.entry.kind === 'left');
    open();
    await expect.poll(() => existsSync(join(folder, 'done'))).toBe(true);
    await tail.close();
    expect(kinds()).toEqual(['reload', 'left']);
  });

  it('says that the program is missing', async () => {
    const tail = follow(join(folder, 'missing'));
    await log.until(isIssue);
    expect(issue()).toMatchObject({
      message: `${join(folder, 'missing')} cannot be started: there is no such program here`,
      cure: 'Give the log file instead: --broker-log /var/log/mosquitto/mosquitto.log',
    });
    await tail.close();
  });

  it.each([
    'No journal files were opened due to insufficient permissions.',
    'Hint: You are currently not seeing messages from other users and the system.',
  ])('says who may read the journal: %s', async words => {
    follow(standIn(`echo "${words}" >&2\nexec sleep 60`));
    await log.until(isIssue);
    expect(issue()).toMatchObject({
      message: 'the journal cannot be read: permission denied',
      cure: expect.stringContaining('systemd-journal'),
    });
  });

  it('says when the program ends, with its last words', async () => {
    follow(standIn('echo "Failed to add match: \\033[2JInvalid argument" >&2\nexit 1'));
    await log.until(isIssue);
    expect(issue()).toMatchObject({
      message: expect.stringMatching(
        /^journalctl ended with exit code 1: Failed to add match: .*Invalid argument; its lines/,
      ),
    });
    expect(JSON.stringify(issue())).not.toContain('\\u001b');
  });

  it('ends a program that does not want to', async () => {
    const tail = follow(
      standIn(
        'trap "" TERM\necho "2026-11-22T18:20:53+0100 pi mosquitto[1]: Client a disconnected."\nwhile :; do sleep 0.05; done',
      ),
    );
    await log.until(event => event.type === 'log-line-read');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await tail.close();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it.runIf(journalctl !== null)('starts and ends the real program', async () => {
    const tail = follow(journalctl ?? '');
    await tail.close();
    // What this machine's journal holds is its own matter; nothing else may come of it.
    expect(log.events.filter(event => !isIssue(event) && event.type !== 'log-line-read')).toEqual([]);
  });
});
