import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRehearsal } from '../../../src/io/broker-setup/rehearsal-broker.ts';
import { systemClock } from '../../../src/io/clock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-stage-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const options = { ports: 1, conf: 'conf', user: null, clock: systemClock() };

describe('startRehearsal', () => {
  it.each([
    ['that are not to be had', true, 'no more files'],
    ['of which one cannot be written', false, 'EEXIST'],
  ])('leaves nothing of files %s', async (_, isMissing, why) => {
    const filesFor = (): ReadonlyMap<string, Uint8Array> => {
      if (isMissing) throw new Error('no more files');
      return new Map([
        ['conf', Uint8Array.of(10)],
        ['conf/below', Uint8Array.of(10)],
      ]);
    };
    await expect(startRehearsal({ ...options, program: 'true', filesFor })).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing of a broker that does not start', async () => {
    const filesFor = (): ReadonlyMap<string, Uint8Array> => new Map([['conf', Uint8Array.of(10)]]);
    const started = await startRehearsal({ ...options, program: 'false', filesFor });
    expect(started).toEqual({ ok: false, error: { exitCode: 1, said: '' } });
    expect(readdirSync(folder)).toEqual([]);
  });
});
