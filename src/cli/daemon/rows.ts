import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { formatAge } from '../../core/duration.ts';
import { emptyBox } from '../../core/notices/outbox.ts';
import { sizesOf } from '../../io/history-store/check.ts';
import { openHistoryReader } from '../../io/history-store/reader.ts';
import { type LockOwner, readLockOwner } from '../../io/history-store/writer-lock.ts';
import { outboxFile, readOutbox } from '../../io/notices/outbox-file.ts';
import { stateText } from '../notices/channel-text.ts';
import type { Settings } from '../settings/settings.ts';
import { print } from '../stdio/output.ts';

/** A line of what is known of a daemon. */
export type Row = readonly [what: string, text: string];

/** Prints them below each other. */
export async function printRows(rows: readonly Row[], { stdout }: World): Promise<void> {
  await print(stdout, cleanLines(rows.map(([what, text]) => `${what.padEnd(10)} ${text}\n`).join('')));
}

/** Who records into a folder; `null` for nobody, or where that cannot be seen. */
export function ownerOf(folder: string, { clock }: World): LockOwner | null {
  return look(() => readLockOwner(folder, clock.wallNow()));
}

/** Who records, and what there is by now; without a folder that nobody does. */
export function recordingRows(folder: string | null, world: World): readonly Row[] {
  const owner = folder === null ? null : ownerOf(folder, world);
  const recording: Row = ['recording', owner === null ? 'nobody at this moment' : ownerText(owner, world)];
  return folder === null ? [recording] : [recording, historyRow(folder)];
}

/** How it goes with each channel that alarms are told by. */
export function noticeRows(folder: string | null, { notices }: Settings, { clock }: World): readonly Row[] {
  const outbox = folder === null ? null : readOutbox(outboxFile(folder));
  return Object.keys(notices?.value ?? {}).map(name => [
    'notices',
    `${name}: ${stateText(outbox?.channels[name] ?? emptyBox, clock.wallNow())}`,
  ]);
}

function ownerText({ pid, host, role, since }: LockOwner, { clock }: World): string {
  const who = `${role === 'daemon' ? 'the daemon' : 'a console'}, process ${pid} on ${host}`;
  return since === undefined ? who : `${who}, for ${formatAge(Math.max(0, clock.wallNow() - since))}`;
}

function historyRow(folder: string): Row {
  const range = look(() => openHistoryReader(folder).range());
  const bytes = look(() => sizesOf(folder).reduce((sum, one) => sum + one.bytes, 0)) ?? 0;
  const days =
    range === null
      ? 'nothing yet'
      : `${countText(range.last - range.first + 1, 'day')}, ${Math.ceil(bytes / 1_024)} KiB`;
  return ['history', `${days} in ${folder}`];
}

/** What can be seen; `null` where there is nothing, or it must not be looked at. */
function look<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
