import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPastReader, type ReadPast } from '../../../src/app/history/past-reader.ts';
import { readItems } from '../../../src/core/history/query/items.ts';
import { queryHistory } from '../../../src/core/history/query/query.ts';
import { fail, ok } from '../../../src/core/result.ts';
import type { Engine } from '../../../src/io/engine/engine.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { writeHousePast } from '../../helpers/history/house-past.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';
import { livingHome, START } from '../../helpers/ui/home.ts';

const HOUR = 3_600;
const BEGIN = START / 1_000;
const home = livingHome(600);
const { house } = home;

let folder = '';
/** Answers from what another machine has recorded, when it is let. */
let query: Engine['query'];
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'hometui-past-engine-')), 'history');
  const absences = [{ from: BEGIN - 6 * HOUR, until: BEGIN - 4 * HOUR }];
  await writeHousePast(folder, { from: BEGIN - 20 * HOUR, until: BEGIN, absences });
  // So that what reads it is loaded.
  await readerOf(async () => fail('not yet'))({
    sensorId: 'flow',
    edges: [0, 1_000],
    first: 0,
    comparedEdges: null,
    asOf: 0,
  });
  query = async ({ edges, items: [item], now }) => {
    const reader = openHistoryReader(folder);
    return ok(queryHistory(reader, readItems(reader.series, house, new Set([item?.id ?? ''])), edges, now));
  };
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** The past of a console that has recorded nothing, and asks an engine. */
function readerOf(answer: Engine['query']): ReadPast {
  const link = parseConnectionOptions({ url: 'mqtt://127.0.0.1' }, Math.random);
  if (!link.ok) throw new Error('that is an address');
  const engine = { address: { base: 'http://pi:8086' }, query: answer } as unknown as Engine;
  const open = async (): Promise<Engine> => engine;
  const clock = createFakeClock(home.at);
  return createPastReader({
    env: {},
    clock,
    house: () => house,
    link: link.value,
    engine: { name: 'the engine', open },
  });
}

async function frameOf(
  answer: Engine['query'],
  keys: string,
  columns = 80,
  rows = 24,
  isSilent = false,
): Promise<string> {
  const read = readerOf(answer);
  const answers: Promise<unknown>[] = [];
  const readPast: ReadPast = (question, early) => {
    const answered = read(question, early);
    answers.push(answered);
    return answered;
  };
  const console = await openTestConsole({ home, readPast, columns, rows });
  await console.press(keys);
  if (!isSilent) await Promise.all(answers);
  const screen = await console.screen();
  await console.press('<ctrl+c>');
  await console.ended;
  return screen;
}

describe('a console that recorded nothing', () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [40, 15],
  ] as const) {
    it(`draws what an engine knows, and says so, at ${columns}x${rows}`, async () => {
      const screen = await frameOf(query, '<enter>+++', columns, rows);
      if (columns >= 80) expect(screen).toContain('from pi:8086');
      expect(screen).not.toMatch(/nobody listened|silent/);
      await expect(screen).toMatchFileSnapshot(`../../frames/past-engine-${columns}x${rows}.txt`);
    });
  }

  it('says that it is not known why there is nothing at a time', async () => {
    const screen = await frameOf(query, '<enter>+++<left>');
    expect(screen).toMatch(/blank: not known|not known/);
  });

  it('says while it asks, and pages back though it does not know how far the engine reaches', async () => {
    const screen = await frameOf(() => new Promise(() => {}), '<enter>+++<left><left>', 120, 40, true);
    expect(screen).toContain('asking pi:8086 …');
    expect(screen).not.toContain('Nothing is kept');
  });

  it('says why the engine does not tell', async () => {
    const refused: Engine['query'] = async () => fail('it answers 401: authorization failed');
    const screen = await frameOf(refused, '<enter>+++');
    await expect(screen).toMatchFileSnapshot('../../frames/past-engine-refused-80x24.txt');
    const large = (await frameOf(refused, '<enter>+++', 120, 40)).replace(/\s+/g, ' ');
    expect(large).toContain('pi:8086 tells nothing: it answers 401: authorization failed');
  });
});
