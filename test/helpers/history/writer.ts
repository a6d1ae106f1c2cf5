// A process that writes into a history until it is killed, and says what is on the disk. Arguments: folder, day, first minute.
import { openHistoryWriter } from '../../../src/io/history-store/writer.ts';

const [, , folder = '', day = '', first = ''] = process.argv;
const writer = await openHistoryWriter(folder, { wallNow: Date.now });
const n = writer.numberOf('flow', '°C', 2);
for (let minute = Number(first); ; minute++) {
  const from = Number(day) * 86_400 + 60 * (minute % 1_440);
  const readings = Array.from({ length: 12 }, (_, place) => [from + 5 * place, 100_000 + minute]).flat();
  await writer.commit(Number(day), { heard: [{ from, until: from + 60 }], readings: new Map([[n, readings]]) });
  process.stdout.write(`${minute}\n`);
}
