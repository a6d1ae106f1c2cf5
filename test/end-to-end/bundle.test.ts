import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTcpServer } from '../helpers/brokers/tcp-server.ts';
import { builtProgram } from '../helpers/program/built-program.ts';

const run = promisify(execFile);
const program = builtProgram();
const partsFile = join(dirname(program), 'hometui.parts');
const text = readFileSync(partsFile, 'latin1');

/** What each start reads and scans as a whole, bytes: 100 kB cost 0.3 ms. What stands in the other file costs nothing. */
const MOST_BYTES = 40_000;
/** What `status` may load: in so many groups of parts, and so many bytes of code in them, mqtt.js included. */
const MOST_GROUPS = 12;
const MOST_COMPILED = 500_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function hometui(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const options = { env: { PATH: process.env.PATH, HOME: folder, ...env }, cwd: folder };
  try {
    return { code: 0, ...(await run(process.execPath, [program, ...args], options)) };
  } catch (error) {
    return error as Outcome;
  }
}

const cacheFolder = (): string => join(folder, '.cache/hometui');

/** The groups of parts that were compiled by runs with this HOME, by the tables that the caches of code begin with. */
function partsUsed(): readonly string[] {
  const tables = readdirSync(cacheFolder()).map(
    name => readFileSync(join(cacheFolder(), name), 'latin1').split('\n')[0],
  );
  const used = tables.flatMap(
    table => JSON.parse(table ?? '') as readonly (readonly [group: number, length: number])[],
  );
  return [...new Set(used.map(([group]) => groups()[group]?.name ?? `no group ${group}`))];
}

/** The groups of parts, each by the name of its first. */
function groups(): readonly { readonly name: string; readonly code: string }[] {
  const found = [...text.matchAll(/^\/\/= (\S+\.js)(?: \S+)*\n([\s\S]*?)(?=^\/\/= |$(?![\s\S]))/gm)];
  return found.map(([, name = '', code = '']) => ({ name, code }));
}

/** The groups whose code has this in it. */
function partsWith(sign: string): readonly string[] {
  return groups()
    .filter(({ code }) => code.includes(sign))
    .map(({ name }) => name);
}

describe('the bundle', () => {
  it('runs from an empty folder with nothing but Node', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await hometui(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('loads neither React nor Ink for status and set, and no WebSocket for a plain connection', async () => {
    expect((await hometui(['status', '-p', '1'])).code).toBe(69);
    expect((await hometui(['set', 'pump', 'on', '-p', '1'])).code).not.toBe(70);
    const used = partsUsed();
    expect(used).toContain('main.js');
    for (const sign of ['ink-root', 'react.transitional.element', 'Sec-WebSocket-Key']) {
      const heavy = partsWith(sign);
      expect(heavy, `${sign} is in the bundle`).not.toEqual([]);
      expect(used.filter(name => heavy.includes(name))).toEqual([]);
    }
  });

  it('is small, and status compiles little of it', async () => {
    expect(statSync(program).size).toBeLessThan(MOST_BYTES);
    // Where a connection is refused at once, the library may be loaded or not.
    const mute = await startTcpServer();
    expect((await hometui(['status', '-h', '127.0.0.1', '-p', String(mute.port), '-t', '1'])).code).toBe(3);
    await mute.close();
    const used = partsUsed();
    expect(used.length).toBeLessThanOrEqual(MOST_GROUPS);
    const bytes = groups().filter(({ name }) => used.includes(name));
    expect(bytes.reduce((sum, { code }) => sum + code.length, 0)).toBeLessThan(MOST_COMPILED);
  });

  it('says what to do where one of its two files is missing or of another build', async () => {
    const alone = join(folder, 'hometui.cjs');
    const parts = join(folder, 'hometui.parts');
    copyFileSync(program, alone);
    const cure = '  Install hometui again: hometui.cjs and hometui.parts belong together.\n';
    const start = async (): Promise<Outcome> => {
      try {
        return { code: 0, ...(await run(process.execPath, [alone, '--version'])) };
      } catch (error) {
        return error as Outcome;
      }
    };
    const missing = `hometui: ${parts} cannot be read: ENOENT\n${cure}`;
    expect(await start()).toMatchObject({ code: 70, stdout: '', stderr: missing });
    const foreign = `hometui: ${parts} is of another build\n${cure}`;
    for (const content of ['', text.replace(/\w/, letter => (letter === '0' ? '1' : '0'))]) {
      writeFileSync(parts, content, 'latin1');
      expect(await start()).toMatchObject({ code: 70, stdout: '', stderr: foreign });
    }
    copyFileSync(partsFile, parts);
    expect(await start()).toMatchObject({ code: 0, stderr: '' });
  });

  it("leaves none of Node's own modules to be loaded before it is used", () => {
    const code = groups()
      .map(group => group.code)
      .join('\n');
    expect(code.match(/\bbuiltin\["node:fs"\]\./g)?.length).toBeGreaterThan(20);
    expect(code).not.toMatch(/\bimport_\w+=(?:__toESM\()?require\("node:/);
  });

  it('starts from its code cache, and makes it anew where it is of no use', async () => {
    await hometui(['--version']);
    const [name = '', ...others] = readdirSync(cacheFolder());
    expect(others).toEqual([]);
    const file = join(cacheFolder(), name);
    const { ino } = statSync(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await hometui(['--version']);
    expect(statSync(file).ino, 'a good cache is left as it is').toBe(ino);
    const good = readFileSync(file);
    const cut = [good.subarray(0, -1), good.subarray(0, good.length / 2), Buffer.concat([good, Buffer.alloc(1)])];
    for (const broken of [Buffer.alloc(0), Buffer.from('rubbish'), Buffer.alloc(10_000), ...cut]) {
      writeFileSync(file, broken);
      expect(await hometui(['--version'])).toMatchObject({ code: 0, stderr: '' });
      expect(partsUsed()).toContain('main.js');
    }
    writeFileSync(file, good, { mode: 0o600 });
    chmodSync(file, 0o666);
    await hometui(['--version']);
    expect(statSync(file).mode & 0o777, 'what others may write is not run').toBe(0o600);
    expect(readdirSync(cacheFolder())).toEqual([name]);
  });

  it('keeps a cache for each kind of start, with what later starts of that kind need besides', async () => {
    const caches = (): readonly string[] =>
      readdirSync(cacheFolder()).map(name => name.replace(/-[0-9a-f]{12}-v.*/, ''));
    await hometui(['--version']);
    await hometui(['help', 'get']);
    const help = partsUsed();
    await hometui(['status', '--frmat', 'json']);
    expect(caches()).toEqual(['code-help', 'code-status', 'code-version']);
    // The first one was a line with a fault: it has read no settings.
    const mute = await startTcpServer();
    await hometui(['status', '-h', '127.0.0.1', '-p', String(mute.port), '-t', '1']);
    await mute.close();
    expect(caches()).toEqual(['code-help', 'code-status', 'code-version']);
    expect(partsUsed().length).toBeGreaterThan(help.length + 5);
    const inodes = (): readonly number[] =>
      readdirSync(cacheFolder()).map(name => statSync(join(cacheFolder(), name)).ino);
    const before = inodes();
    await hometui(['status', '--frmat', 'json']);
    await hometui(['--help']);
    expect(inodes()).toEqual(before);
  });

  it('says nothing and runs where a cache cannot be kept', async () => {
    writeFileSync(join(folder, 'file'), '');
    const unusable = [{ XDG_CACHE_HOME: join(folder, 'file') }, { HOME: '/dev/null' }, { HOME: '/proc' }, { HOME: '' }];
    for (const env of unusable) expect(await hometui(['--version'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(await hometui(['--version'], { NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('keeps the lines of its stack traces', () => {
    const lines = text.split('\n').filter(line => !line.startsWith('//= '));
    expect(lines.filter(line => line.length > 2_000).map(line => line.slice(0, 80))).toEqual([]);
  });

  it('brings the licence of each package that is in it', () => {
    const licences = readFileSync(join(program, '../THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['ink', 'react', 'react-reconciler', 'mqtt', 'aedes', 'conf', 'meow', 'yoga-layout', 'ws']) {
      expect(licences).toMatch(new RegExp(`\n${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-\\d-Clause)\\)\n`));
    }
  });
});

describe('the parts of the bundle', async () => {
  const path = new URL('../../.build/part.mjs', import.meta.url).href;
  const { codeOfPart, importsOfParts } = (await import(path)) as {
    importsOfParts: (outputs: readonly Output[]) => unknown;
    codeOfPart: (output: Output, imports: unknown, isLibrary: boolean) => Promise<string>;
  };
  interface Output {
    readonly path: string;
    readonly text: string;
  }
  const part = (name: string, text: string): Output => ({ path: `dist/${name}.js`, text });
  const codesOf = (...outputs: readonly Output[]): Promise<readonly string[]> => {
    const imports = importsOfParts(outputs);
    return Promise.all(outputs.map(output => codeOfPart(output, imports, false)));
  };
  const body = (code: string | undefined): string => (code ?? '').replace(/^function \(.*?\) \{|\s*\}$/g, '');

  it('take names of each other by number, and load what else is to run only where nobody loads it', async () => {
    const codes = await codesOf(
      part(
        'a',
        'import {\n  b,\n  c as d\n} from "./b.js";\nimport "./c.js";\nimport "./e.js";\nb(d, import("./f.js"));\n',
      ),
      part('b', 'import {\n  c\n} from "./c.js";\nvar b = () => c;\nexport {\n  b,\n  c\n};\n'),
      part('c', 'var c = 1;\nexport {\n  c\n};\n'),
      part('e', 'globalThis.e = 1;\n'),
      part('f', 'var require_f = () => ({ g: 1 });\nexport default require_f();\n'),
    );
    expect(codes.map(body)).toEqual([
      'var{b,c:d}=__load(1);__load(3),b(d,__loadLater(4));',
      'var{c}=__load(2),b=()=>c;__part({b,c});',
      'var c=1;__part({c});',
      'globalThis.e=1;',
      'var require_f=()=>({g:1});let whole=require_f();__part({...whole,default:whole});',
    ]);
  });

  it('are refused where what they export would not be there when it is taken', async () => {
    const changing = part('a', 'var a = 1, set = () => {\n  a = 2;\n};\nexport {\n  a,\n  set\n};\n');
    await expect(codesOf(changing)).rejects.toThrow('a.js exports a, which it changes');
    const circle = [part('a', 'import {\n  b\n} from "./b.js";\n'), part('b', 'import {\n  a\n} from "./a.js";\n')];
    expect(() => importsOfParts(circle)).toThrow('needs itself');
  });
});

describe('a stand-in for a library that is left out', async () => {
  const path = new URL('../../.build/lean/missing.cjs', import.meta.url).href;
  const { default: missing } = (await import(path)) as { default: (() => void) & { satisfies: unknown } };

  it('fails loudly at whatever is done with it', () => {
    for (const use of [() => missing.satisfies, () => missing(), () => Reflect.construct(missing, [])])
      expect(use).toThrow('left out of the bundle');
  });
});

describe('the edits of libraries', () => {
  it('fail loudly when a library reads otherwise', async () => {
    const { leanLibraries } = (await import(leanLibrariesPath)) as { leanLibraries: (applied: Set<string>) => Plugin };
    const library = join(folder, 'node_modules/string-width');
    mkdirSync(library, { recursive: true });
    writeFileSync(join(library, 'index.js'), 'export default text => text.length;');
    const changed = build({
      stdin: { contents: `import "./node_modules/string-width/index.js"`, resolveDir: folder },
      bundle: true,
      write: false,
      logLevel: 'silent',
      plugins: [leanLibraries(new Set())],
    });
    await expect(changed).rejects.toThrow(/string-width\/index\.js changed: found 0 times instead of once/);
  });

  const leanLibrariesPath = new URL('../../.build/lean-libraries.mjs', import.meta.url).href;
});

describe('the stand-in for Intl.Segmenter', async () => {
  const path = new URL('../../.build/lean/graphemes.mjs', import.meta.url).href;
  const { isPlainText, segmenter } = (await import(path)) as {
    isPlainText: (text: string) => boolean;
    segmenter: Pick<Intl.Segmenter, 'segment'>;
  };
  const real = new Intl.Segmenter();
  const plain = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(isPlainText);
  const clusters = (by: Pick<Intl.Segmenter, 'segment'>, line: string): readonly string[] =>
    [...by.segment(line)].map(({ segment, index }) => `${index}:${segment}`);

  it('calls plain only what is one cluster and one column, whatever its neighbours', () => {
    expect(plain.length).toBeGreaterThan(1_000);
    expect(plain.filter(character => stringWidth(character) !== 1)).toEqual([]);
    // Whether two characters join is decided by their pair, for all pairs of such a class: here each after each.
    for (let step = 1; step < plain.length; step += 97) {
      const line = plain.map((character, index) => character + plain[(index + step) % plain.length]).join('');
      expect([...real.segment(line)]).toHaveLength(line.length);
      expect(stringWidth(line)).toBe(line.length);
    }
  });

  it.each([
    '',
    'Flow 54.3 °C ↗ ▁▂▃',
    '\u001b[1mbold\u001b[0m',
    'e\u0301',
    'a\r\nb',
    '👨‍👩‍👧 漢字',
    '⚠️ 1️⃣',
    '\u1100\u1161',
  ])('cuts %j as the real one does', line => {
    expect(clusters(segmenter, line)).toEqual(clusters(real, line));
  });
});
