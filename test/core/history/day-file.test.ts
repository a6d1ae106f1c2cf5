import { describe, expect, it } from 'vitest';
import { BLOCK_S, decodeBlock, encodeBlock } from '../../../src/core/history/block.ts';
import { payloadAt } from '../../../src/core/history/bytes/frame.ts';
import { DAY_S } from '../../../src/core/history/calendar.ts';
import { joinBytes, openDayFile, readDayFile } from '../../../src/core/history/day-file.ts';
import { asTexts, deflate, randomReadings } from '../../helpers/history/samples.ts';
import { createRandom, type Random } from '../../helpers/random/random.ts';

const DAY = 20_786;
/** Of the bytes that are flipped and the places that are cut at: 20,000 is what the project promises, and takes minutes. */
const SAMPLES = Number(process.env.HOMETUI_TEST_HISTORY_SAMPLES ?? 150);
const LIMIT_MS = 10_000 + 60 * SAMPLES;

function writeDay(random: Random): { bytes: Uint8Array; written: ReadonlyMap<string, readonly string[]> } {
  const out = openDayFile();
  const written = new Map<string, readonly string[]>();
  const parts: Uint8Array[] = [];
  for (let part = (DAY * DAY_S) / BLOCK_S; part < ((DAY + 1) * DAY_S) / BLOCK_S; part++) {
    for (const series of [0, 3]) {
      const readings = randomReadings(random, part * BLOCK_S, (part + 1) * BLOCK_S);
      if (readings.length === 0) continue;
      parts.push(out.add({ series, part }, encodeBlock({ series, part }, readings, deflate)));
      written.set(`${series} ${part}`, asTexts(readings));
    }
  }
  const heard = [{ from: DAY * DAY_S + 60, until: (DAY + 1) * DAY_S }];
  parts.push(out.end({ heard, lost: [{ from: DAY * DAY_S, until: DAY * DAY_S + 30 }] }));
  return { bytes: joinBytes(parts), written };
}

/** What is read, by block; a block that cannot be read is left out. */
function readBlocks(bytes: Uint8Array): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { series, part, offset } of readDayFile(bytes).blocks) {
    const payload = payloadAt(bytes, offset);
    const readings = payload === null ? null : decodeBlock(payload, deflate);
    if (readings !== null) found.set(`${series} ${part}`, asTexts(readings));
  }
  return found;
}

describe('a sealed day', () => {
  it('gives back what was put in', () => {
    const random = createRandom(4);
    for (let round = 0; round < 10; round++) {
      const { bytes, written } = writeDay(random);
      expect(readBlocks(bytes)).toEqual(written);
      expect(readDayFile(bytes).listening).toEqual({
        heard: [{ from: DAY * DAY_S + 60, until: (DAY + 1) * DAY_S }],
        lost: [{ from: DAY * DAY_S, until: DAY * DAY_S + 30 }],
      });
    }
  });

  it(
    'loses at most one block to a wrong byte, and never says anything false',
    () => {
      const random = createRandom(5);
      const { bytes, written } = writeDay(random);
      for (let sample = 0; sample < SAMPLES; sample++) {
        const damaged = bytes.slice();
        const place = random.below(bytes.length);
        damaged[place] = (damaged[place] ?? 0) ^ (1 << random.below(8));
        const found = readBlocks(damaged);
        expect(found.size, `byte ${place}`).toBeGreaterThanOrEqual(written.size - 1);
        for (const [block, readings] of found) expect(readings).toEqual(written.get(block));
      }
    },
    LIMIT_MS,
  );

  it(
    'keeps what stands before a cut',
    () => {
      const random = createRandom(6);
      const { bytes, written } = writeDay(random);
      for (let sample = 0; sample < SAMPLES; sample++) {
        const length = random.below(bytes.length);
        const found = readBlocks(bytes.subarray(0, length));
        const kept = readDayFile(bytes).blocks.filter(
          ({ offset }) => offset + 8 + (payloadAt(bytes, offset)?.length ?? 0) <= length,
        );
        expect(found.size, `cut at ${length}`).toBe(kept.length);
        for (const [block, readings] of found) expect(readings).toEqual(written.get(block));
      }
    },
    LIMIT_MS,
  );

  it('of nothing says when somebody listened all the same', () => {
    const listening = { heard: [{ from: DAY * DAY_S, until: DAY * DAY_S + 60 }], lost: [] };
    const bytes = openDayFile().end(listening);
    expect(readDayFile(bytes)).toEqual({ blocks: [], listening });
    expect(new TextDecoder().decode(bytes.subarray(0, 6))).toBe('HTDAY1');
  });

  it('has its blocks where its index says, and where they are found without it', () => {
    const random = createRandom(11);
    const { bytes, written } = writeDay(random);
    const { blocks, listening } = readDayFile(bytes);
    expect(blocks).toHaveLength(written.size);
    expect(listening).not.toBeNull();
    // The mark at its end, the place before that, and the index itself.
    for (const back of [1, 4, 8, 12]) {
      const damaged = bytes.slice();
      damaged[bytes.length - back] = (damaged[bytes.length - back] ?? 0) ^ 0x55;
      expect(readDayFile(damaged), `${back} from its end`).toEqual({ blocks, listening: null });
    }
    for (const tooShort of [0, 7, 8]) expect(readDayFile(new Uint8Array(tooShort)).blocks).toEqual([]);
  });

  it('of a newer program has blocks that are left alone', () => {
    const out = openDayFile();
    const readings = [DAY * DAY_S, 1];
    const head = { series: 0, part: (DAY * DAY_S) / BLOCK_S };
    const parts = [out.add(head, Uint8Array.of(99, 1, 2)), out.add(head, encodeBlock(head, readings, deflate))];
    expect(readDayFile(joinBytes(parts)).blocks).toHaveLength(1);
  });
});
