import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-house-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
// What is opened ends before its folder goes: the hook that is told last is called first.
const keep = closeAfterEach();

const file = (): string => join(folder, 'my house.json');
const tell = (...args: readonly string[]) => runHometui(['house', ...args], { env: { HOME: folder } });

async function writePreset(): Promise<string> {
  const { stdout } = await tell('show', 'article', '--format', 'json');
  writeFileSync(file(), stdout, { mode: 0o640 });
  return stdout;
}

/** An editor that does with the file what a shell script says. */
function editor(script: string): string {
  const path = join(folder, 'editor.sh');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `'${path}'`;
}

const edit = async (script: string) =>
  keep(
    await startInPty(process.execPath, {
      args: [PROGRAM, 'house', 'edit', file()],
      env: { HOME: folder, EDITOR: editor(script), VISUAL: '' },
    }),
  );

it('what show gives as JSON is a house file, and check says so; a fault has its line, and code 78', async () => {
  const text = await writePreset();
  expect(await tell('check', file())).toMatchObject({
    code: 0,
    stdout: `${file()} is right: Home, 4 sensors, 2 computed values, 3 switches, 2 clients\n`,
  });
  writeFileSync(file(), text.replace('"unit": "°C"', '"unti": "°C"'));
  const broken = await tell('check', file());
  expect([broken.code, broken.stdout]).toEqual([78, '']);
  expect(broken.stderr).toMatch(/my house\.json:\d+:\d+: error: sensors\.flow\.unti is not a field/);
});

describe('hometui house edit', () => {
  it('puts what is right in its place, with the mode that it had', async () => {
    const before = await writePreset();
    const terminal = await edit(`sed -i 's/"Flow"/"Supply"/' "$1"`);
    await terminal.waitFor('is written.');
    expect(readFileSync(file(), 'utf8')).toBe(before.replace('"Flow"', '"Supply"'));
    expect(statSync(file()).mode & 0o777).toBe(0o640);
  });

  it('keeps the old one as long as the new one is wrong, and opens it again where it was', async () => {
    const before = await writePreset();
    const terminal = await edit(
      `if grep -q '"unti"' "$1"; then sed -i 's/"unti"/"unit"/; s/"Flow"/"Supply"/' "$1"; else sed -i '0,/"unit"/s//"unti"/' "$1"; fi`,
    );
    await terminal.waitFor('Edit it again?');
    expect(terminal.screen()).toContain('sensors.flow.unit is missing');
    expect(readFileSync(file(), 'utf8')).toBe(before);
    terminal.write('\r');
    await terminal.waitFor('is written.');
    expect(readFileSync(file(), 'utf8')).toBe(before.replace('"Flow"', '"Supply"'));
  });

  it('changes nothing where nothing was changed, where somebody else changed it, and where the editor fails', async () => {
    const before = await writePreset();
    await (await edit('true')).waitFor('is as it was: nothing was changed');
    await (await edit('exit 3')).waitFor('ended with 3');
    expect(readFileSync(file(), 'utf8')).toBe(before);
    const other = before.replace('"Home"', '"Theirs"');
    writeFileSync(join(folder, 'other'), other);
    await (await edit(`cp '${join(folder, 'other')}' '${file()}'; sed -i 's/"Flow"/"Mine"/' "$1"`)).waitFor(
      'somebody else changed',
    );
    expect(readFileSync(file(), 'utf8')).toBe(other);
  });

  it('needs a terminal, and a file', async () => {
    await writePreset();
    expect((await tell('edit', file())).code).toBe(77);
    expect((await tell('edit', 'article')).code).toBe(64);
  });
});
