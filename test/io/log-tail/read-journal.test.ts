import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLoggedClients } from '../../../src/core/doctor/clients/log-clients.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { readJournal } from '../../../src/io/log-tail/read-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in place of journalctl: a real child process, with a real pipe. */
function standIn(script: string): string {
  const program = join(folder, 'journalctl');
  writeFileSync(program, `#!/bin/sh\necho "$@" > ${folder}/args\n${script}\n`);
  chmodSync(program, 0o755);
  return program;
}

const read = (script: string) => readJournal(systemClock(), standIn(script));

describe('readJournal', () => {
  it('gives the lines of the unit mosquitto, oldest first, with wills, sessions and keepalives in them', async () => {
    const stamp = '2026-11-29T18:20:53.250000+0100 pi mosquitto[612]: 1795972853: ';
    const said = [
      '-- Boot 0f1e --',
      `${stamp}mosquitto version 2.0.11 starting`,
      `${stamp}New client connected from 10.0.0.7:40102 as esp (p2, c0, k0, u'heating').`,
      `${stamp}Will message specified (4 bytes) (r0, q0).`,
      `${stamp}\tcellar/status`,
    ];
    writeFileSync(join(folder, 'said'), `${said.join('\n')}\n`);
    const lines = await read(`cat ${folder}/said`);
    expect(lines.ok && lines.value).toEqual(said.slice(1));
    expect(readFileSync(join(folder, 'args'), 'utf8')).toMatch(
      /^-u mosquitto --no-pager -n \d+ -o short-iso-precise$/m,
    );
    expect(readLoggedClients(lines.ok ? lines.value : [], 0)).toMatchObject({
      ...{ version: '2.0', readAt: Date.UTC(2026, 10, 29, 17, 20, 53) },
      clients: [{ clientId: 'esp', isClean: false, isHere: true, keepaliveSeconds: 0, willTopic: 'cellar/status' }],
    });
  });

  it('says why there is none', async () => {
    expect(await read('echo "No journal files were found." >&2; exit 1')).toMatchObject({
      error: { message: 'this machine keeps no journal' },
    });
    expect(await read('echo "Hint: You are currently not seeing messages from other users" >&2')).toMatchObject({
      error: { message: 'the journal cannot be read: permission denied' },
    });
    expect(await readJournal(systemClock(), join(folder, 'none'))).toMatchObject({
      error: { message: expect.stringContaining('there is no such program here') },
    });
    expect(await read('echo "-- No entries --"')).toEqual({ ok: true, value: [] });
  });
});
