import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const run = promisify(execFile);

/** The Nodes to try; `.ci/nodes` names each release that hometui is for. */
const nodes = (process.env.HOMETUI_TEST_NODES ?? process.execPath).split(delimiter);
const mosquitto = requireProgram('mosquitto');
const npm = requireProgram('npm');

let folder: string;
let tarball: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-package-'));
  builtProgram();
  // As published, but for the build, which was done.
  const packed = execFileSync(npm ?? '', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename = '' } = {}] = JSON.parse(packed) as { filename: string }[];
  tarball = join(folder, filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the package is one program, its themes, schemas and licences, and fetches and runs nothing', () => {
  const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n').sort();
  const themes = readdirSync('themes').map(name => `package/themes/${name}`);
  expect(files).toEqual(
    [
      ...['LICENSE', 'README.md', 'package.json', 'dist/THIRD-PARTY-LICENSES.txt'],
      ...['dist/hometui.cjs', 'dist/hometui.parts'],
      'src/core/doctor/report/doctor.schema.json',
      ...['src/core/format/status.schema.json', 'src/core/house/house.schema.json'],
      'src/core/settings/settings.schema.json',
    ]
      .map(name => `package/${name}`)
      .concat(themes)
      .sort(),
  );
  expect(statSync(tarball).size).toBeLessThan(1_000_000);
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const name of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
    expect(manifest[name], name).toBeUndefined();
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
    expect(manifest.scripts[name], name).toBeUndefined();
  }
});

describe.runIf(mosquitto !== null).each(nodes)('installed from the package, on %s', node => {
  const house = useArticleHouse();
  let empty: string;
  let program: string;

  beforeAll(async () => {
    empty = mkdtempSync(join(folder, 'empty-'));
    const prefix = join(empty, 'prefix');
    const home = join(empty, 'home');
    mkdirSync(home);
    const quiet = ['--offline', '--no-audit', '--no-fund', '--silent'];
    execFileSync(npm ?? '', ['install', '--global', '--prefix', prefix, ...quiet, tarball], {
      cwd: home,
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: home },
    });
    expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['hometui']);
    program = join(prefix, 'bin/hometui');
  });

  /** By its name, with this Node before all others. */
  const environment = (): Record<string, string> => ({
    PATH: `${dirname(node)}:${process.env.PATH}`,
    HOME: join(empty, 'home'),
    LANG: 'C.UTF-8',
    ...house.login('monitor'),
  });
  // Not synchronous: the devices live in this process.
  const hometui = async (...args: string[]): Promise<string> => {
    const options = { cwd: join(empty, 'home'), env: environment(), timeout: 30_000 };
    return (await run(program, args, options)).stdout;
  };

  it('status, set and watch do their work', async () => {
    expect(await hometui('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await hometui('status')).toMatch(/^OK {2}mqtt:/);
    expect(await hometui('set', 'pump=on', 'pump=off')).toMatch(/^Pump on: confirmed .*\nPump off: confirmed .*\n$/);
    const lines = (await hometui('watch', '--format', 'json', '--count', '3')).trim().split('\n');
    expect(lines.map(line => JSON.parse(line).type)).toEqual(['link', 'sensor', 'sensor']);
  });

  it('a second start of each command writes no file but what it records', async () => {
    const filesOfHome = (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        Object.entries(filesBelow(join(empty, 'home'))).filter(([name]) => !name.includes('/hometui/history/')),
      );
    /** When the newest of these was written, ms; 0 where there is none. */
    const writtenAt = (path: string): number => {
      const found = Object.entries(filesOfHome()).filter(([name]) => name.includes(path));
      return Math.max(0, ...found.map(([, written]) => Number(written.split(' ')[1])));
    };
    const settingsAt = (): number => writtenAt('/.config/hometui/');
    const startConsole = async (stands: (console: PtyProgram) => Promise<unknown>): Promise<void> => {
      const console = await startInPty(program, { cwd: join(empty, 'home'), env: environment() });
      try {
        await console.waitFor('All 4 values and 2 clients are live');
        // The table of the clients is drawn by Ink, which is loaded after a flag of V8 was set.
        console.write('c');
        await console.waitFor('Cadence');
        await stands(console);
        console.write('q');
        expect(await console.exit).toMatchObject({ code: 0 });
      } finally {
        await console.close();
      }
    };
    const startAll = async (stands: (console: PtyProgram) => Promise<unknown>): Promise<void> => {
      await hometui('status');
      await hometui('set', 'pump=on', 'pump=off');
      await hometui('watch', '--count', '1');
      await startConsole(stands);
    };
    // Where the link came late, the settings are kept after the picture that depends on them, which is then of no use.
    await startConsole(console => console.waitFor(() => settingsAt() > 0, 20_000));
    // What is kept for the next start is kept when the console has stood for a while: both stand that long.
    const begunAt = performance.now();
    await startAll(console => console.waitFor(() => writtenAt('.cache/hometui/picture-') > settingsAt(), 20_000));
    const tookMs = performance.now() - begunAt;
    const written = filesOfHome();
    const kinds = Object.keys(written).flatMap(name => /\.cache\/hometui\/code-([a-z]+)-/.exec(name)?.[1] ?? []);
    expect(kinds.sort()).toEqual(['console', 'set', 'status', 'version', 'watch']);
    const againAt = performance.now();
    await startAll(console => console.waitFor(() => performance.now() - againAt > tookMs, 20_000));
    expect(filesOfHome()).toEqual(written);
    // Three consoles, each of which stands for some seconds.
  }, 60_000);

  it('demo draws a living house', async () => {
    const console = await startInPty(program, { args: ['demo'], cwd: join(empty, 'home'), env: environment() });
    try {
      await console.waitFor('All 4 values and 2 clients are live');
      console.write('q');
      expect(await console.exit).toMatchObject({ code: 0 });
    } finally {
      await console.close();
    }
  });
});

/** Each file below a folder with what changes when it is written anew. */
function filesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    entries.flatMap(entry => {
      const path = join(entry.parentPath, entry.name);
      // What is being written may have its own name by now.
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? [] : [[path, `${found.ino} ${found.mtimeMs}`]];
    }),
  );
}
