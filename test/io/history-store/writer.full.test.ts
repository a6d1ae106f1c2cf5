import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { mayMount } from '../../helpers/may-mount.ts';

it.runIf(mayMount())(
  'on a disk that is full it says so, keeps what was written, and goes on when there is room',
  async () => {
    const place = mkdtempSync(join(tmpdir(), 'hometui-full-'));
    try {
      const program = join(place, 'full.mjs');
      const disk = join(place, 'disk');
      mkdirSync(disk);
      const entry = new URL('../../helpers/history/full-disk.ts', import.meta.url).pathname;
      await build({
        entryPoints: [entry],
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'esm',
        logLevel: 'error',
      });
      const line = 'mount -t tmpfs -o size=384k none "$1" && exec "$2" "$3" "$1"';
      const said = execFileSync('unshare', ['-Urm', 'sh', '-c', line, 'sh', disk, process.execPath, program], {
        encoding: 'utf8',
      });
      const found = JSON.parse(said);
      expect(found.said).toContain(': the disk is full');
      expect(found.whileFull).toBeGreaterThan(10);
      expect(found.readWhileFull).toBe(found.whileFull);
      expect([found.atLast, found.readAtLast]).toEqual([found.whileFull + 10, found.whileFull + 10]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
);
