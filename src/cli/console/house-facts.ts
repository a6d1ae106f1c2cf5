import type { World } from '../../app/world.ts';
import { momentText } from '../../core/moment-text.ts';
import { lastWrittenAt } from '../../io/history-store/file-names.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import type { HouseFacts } from '../../ui/state/house-list.ts';
import type { Arguments } from '../args/parse.ts';
import { askDaemon } from '../daemon/ask.ts';
import { readConnection } from '../settings/connection.ts';

/** What there is to know of a saved house without going there: what stands in the way, its daemon, its history. */
export async function houseFacts(args: Arguments, world: World): Promise<HouseFacts> {
  try {
    const read = await readConnection(args, world);
    const { direct: _, ...flags } = args.flags;
    const answer = await askDaemon(read, { ...args, flags }, world);
    if (answer.kind === 'heard') return calm('its daemon answers');
    if (answer.kind === 'unused') {
      return calm(answer.pid === null ? `its daemon: ${answer.why}` : `a daemon runs: ${answer.why}`);
    }
    const folder = historyFolder(world.env, read.house.config.name, read.link.session);
    const writtenAt = folder === null ? null : lastWrittenAt(folder);
    return calm(writtenAt === null ? 'nothing recorded yet' : `recorded to ${dayText(writtenAt, world)}`);
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isTrouble: true };
  }
}

const calm = (text: string): HouseFacts => ({ text, isTrouble: false });

/** With its year where that is another one than this. */
function dayText(at: number, { clock }: World): string {
  const hasYear = new Date(at).getFullYear() !== new Date(clock.wallNow()).getFullYear();
  return momentText(at, { hasYear });
}
