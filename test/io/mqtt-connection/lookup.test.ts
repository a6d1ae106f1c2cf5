import { lookup } from 'node:dns';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/io/clock.ts';
import { openLookup } from '../../../src/io/mqtt-connection/lookup.ts';

type Answer = readonly [error: NodeJS.ErrnoException | null, addresses: unknown];

const ask = (host: string, signal = new AbortController().signal): Promise<Answer> =>
  new Promise(resolve =>
    openLookup(signal, systemClock())(host, { all: true }, (error, addresses) => resolve([error, addresses] as const)),
  );

let folder: string;
const path = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-lookup-'));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a getent of our own before the system's. */
function useGetent(script: string): void {
  const file = join(folder, 'getent');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env.PATH = `${folder}:${path}`;
}

describe.runIf(process.platform === 'linux')('openLookup', () => {
  it('finds what getaddrinfo finds', async () => {
    const here = await new Promise(resolve => lookup(hostname(), { all: true }, (_, found) => resolve(found)));
    expect(await ask(hostname())).toEqual([null, here]);
    expect((await ask('localhost'))[0]).toBeNull();
  });

  it('gives each address once, in the order of the answer', async () => {
    useGetent(
      "printf 'fe80::1%%eth0 STREAM pi\\n192.168.1.7     STREAM pi\\n192.168.1.7 DGRAM\\n2001:db8::7 STREAM\\nx y\\n'",
    );
    expect(await ask('pi')).toEqual([
      null,
      [
        { address: 'fe80::1%eth0', family: 6 },
        { address: '192.168.1.7', family: 4 },
        { address: '2001:db8::7', family: 6 },
      ],
    ]);
  });

  it('says why where there is no such name, and works where there is no getent', async () => {
    expect((await ask('no-such-host.invalid'))[0]?.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    process.env.PATH = folder;
    expect((await ask(hostname()))[0]).toBeNull();
  });

  it('is broken off at once, and leaves no getent behind', async () => {
    const note = join(folder, 'pid');
    useGetent(`echo $$ > ${note}; exec sleep 60`);
    const abort = new AbortController();
    const answer = ask('silent.example', abort.signal);
    await expect.poll(() => pidIn(note), { timeout: 5_000 }).toBeGreaterThan(1);
    abort.abort();
    expect((await answer)[0]?.code).toBe('EAI_AGAIN');
    expect(() => process.kill(pidIn(note), 0)).toThrow('ESRCH');
  });
});

function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}
