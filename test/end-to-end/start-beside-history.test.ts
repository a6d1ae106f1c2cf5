import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/core/history/calendar.ts';
import { SERIES_FILE } from '../../src/io/history-store/file-names.ts';
import { historyFolder } from '../../src/io/history-store/place.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { writeYear } from '../helpers/history/year.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

/** What a program asked for and wrote, in its order: see told-files.cjs. */
type Told = { readonly path: string } | { readonly written: string };

const TOLD_FILES = resolve('test/helpers/program/told-files.cjs');

describe.runIf(requireProgram('mosquitto') !== null)('the start of a console beside a history', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-beside-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('reads nothing of it before the first key is answered, so that its size does not matter', async () => {
    const { hostname: host, port } = new URL(house.broker.url);
    const folder = historyFolder({ HOME: home }, 'Home', { host, port: Number(port) });
    if (folder === null) throw new Error('there is a place for a history');
    await writeYear(folder, dayOf(Date.now() / 1_000), 3);
    const told = join(home, 'told');
    const env = { HOME: home, HOMETUI_PASSWORD: articlePasswords.monitor, HOMETUI_TEST_TOLD: told };
    const args = ['-r', TOLD_FILES, PROGRAM, '-L', house.broker.url, '-u', 'monitor'];
    const console = keep(await startInPty(process.execPath, { args, env }));
    console.write('?');
    const entries = (): readonly Told[] =>
      (existsSync(told) ? readFileSync(told, 'utf8') : '')
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line));
    const placeOf = (isIt: (entry: Told) => boolean): number => entries().findIndex(isIt);
    const readAt = (): number => placeOf(entry => 'path' in entry && entry.path === join(folder, SERIES_FILE));
    await console.waitFor(() => readAt() >= 0, 20_000);

    const answeredAt = placeOf(
      entry => 'written' in entry && stripVTControlCharacters(entry.written).includes('Switch'),
    );
    expect(answeredAt, 'the help is on the screen').toBeGreaterThan(0);
    expect(readAt()).toBeGreaterThan(answeredAt);
    const paths = entries()
      .slice(0, answeredAt)
      .flatMap(entry => ('path' in entry && entry.path.startsWith(folder) ? [entry.path] : []));
    // Whether a daemon answers is asked there.
    expect([...new Set(paths)]).toEqual([join(folder, 'daemon.sock')]);
  }, 60_000);
});
