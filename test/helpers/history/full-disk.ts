// Writes into a history on a disk that it fills before, then makes room. Prints one JSON object. Argument: the disk's folder.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { historyTrouble } from '../../../src/io/history-store/trouble.ts';
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

const [, , disk = ''] = process.argv;
const folder = join(disk, 'history');
const DAY = 20_786;
const writer = await openHistoryWriter(folder, { wallNow: Date.now });
const n = writer.numberOf('flow', '°C', 2);
let minute = 0;
const commit = async (): Promise<void> => {
  const from = DAY * 86_400 + 60 * minute;
  // Long enough to fill the room that was made beforehand.
  const readings = Array.from({ length: 600 }, (_, place) => [from + (place % 60), (place * 7_919) % 100_003]).flat();
  await writer.commit(DAY, { heard: [{ from, until: from + 60 }], readings: new Map([[n, readings]]) });
  minute++;
};
const read = (): number => {
  let count = 0;
  const span = { from: DAY * 86_400, until: (DAY + 1) * 86_400 };
  openHistoryReader(folder).read(new Set([n]), span, null, { reading: () => count++, rollUp: () => {} });
  return count / 600;
};
await commit();
writeFileSync(join(disk, 'filler'), Buffer.alloc(150_000));
let said = '';
while (said === '' && minute < 500) {
  await commit().catch((error: unknown) => {
    said = historyTrouble(folder, error, 'written').message;
  });
}
const [whileFull, readWhileFull] = [minute, read()];
rmSync(join(disk, 'filler'));
for (let more = 0; more < 10; more++) await commit();
await writer.close();
process.stdout.write(JSON.stringify({ said, whileFull, readWhileFull, atLast: minute, readAtLast: read() }));
