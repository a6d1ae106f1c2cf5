import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openShutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { engineItems } from '../../core/engine/engine-history.ts';
import { bucketRow, historyCsv, historyCsvHeader, historyJson } from '../../core/format/history/history-row.ts';
import type { House } from '../../core/house/house.ts';
import { readNamedIds } from '../args/named-ids.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { openSettledEngine } from '../settings/engine.ts';
import type { Settings } from '../settings/settings.ts';
import { print } from '../stdio/output.ts';
import { readTime } from './question.ts';
import { sayAnswer } from './say-answer.ts';

interface Asked {
  readonly settings: Settings;
  readonly house: House;
  readonly args: Arguments;
}

/** What a database on another machine knows of the past. Throws a `Failure`: 69 where it does not answer. */
export async function tellFromEngine({ settings, house, args }: Asked, world: World): Promise<ExitCode> {
  const format = readFormat(args, ['text', 'csv', 'jsonl']);
  const only = readNamedIds(args.flags.only, house);
  const nowMs = world.clock.wallNow();
  const now = Math.floor(nowMs / 1_000);
  const time = readTime(args.flags, nowMs, true);
  const shutdown = openShutdown(world);
  try {
    const engine = openSettledEngine(settings, world.clock, shutdown.stopped);
    if (engine === null) {
      const cure = 'Give its address with --engine, or as "engine" in the settings.';
      throw new Failure(ExitCode.usage, '--from-engine needs a database to ask, and none is settled', cure);
    }
    const items = engineItems(house, only);
    const answer = await engine.query({ house: house.config.name, items, edges: time.edges, now });
    const code = shutdown.signalCode();
    if (code !== null) return code;
    if (!answer.ok) {
      const cure = 'Look whether it runs and lets this user read; without --from-engine the history here is told.';
      throw new Failure(ExitCode.unreachable, `the engine ${engine.address.base} tells nothing: ${answer.error}`, cure);
    }
    if (format === 'text') {
      return sayAnswer(
        { house, answer: answer.value, events: [], time, now, isTable: args.flags.every !== undefined },
        world,
      );
    }
    const line = format === 'csv' ? historyCsv : historyJson;
    const rows = answer.value.items.flatMap(({ item, buckets }) =>
      buckets.map(bucket => line(bucketRow(item, bucket))),
    );
    await print(world.stdout, `${format === 'csv' ? historyCsvHeader : ''}${rows.join('')}`);
    return rows.length === 0 ? ExitCode.unknown : ExitCode.ok;
  } finally {
    await shutdown.run();
  }
}
