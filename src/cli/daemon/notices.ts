import { createTrouble } from '../../app/history/trouble.ts';
import { sendBy } from '../../app/notices/channel.ts';
import { type Dispatch, openDispatch, type Way } from '../../app/notices/dispatch.ts';
import type { HomeSession } from '../../app/session.ts';
import type { World } from '../../app/world.ts';
import type { Issue } from '../../core/issue.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { newOutbox, outboxFile, readOutbox, writeOutbox } from '../../io/notices/outbox-file.ts';
import { readChannels } from '../settings/notices.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Tells alarms by the channels that are settled; `null` where none is. Throws a `Failure`: 66 for a secret that cannot be
 * read, 78 for a channel that makes no sense.
 */
export function openNotices(
  { notices }: Settings,
  { store, publish }: HomeSession,
  folder: string,
  { clock, env }: World,
): Dispatch | null {
  const { house } = store.getState();
  const channels = readChannels(notices?.value ?? {}, house, env);
  if (channels.length === 0) return null;
  const ways = channels.map(
    (channel): Way => ({
      name: channel.name,
      rules: channel.settings,
      send: sent => sendBy(channel, sent, { clock, env, publish }),
    }),
  );
  const setup = { store, clock, folder };
  const troubles = new Map(
    ways.map(({ name }) => [name, createTrouble(setup, why => unreached(name, why), `notices reach ${name} again`)]),
  );
  const disk = createTrouble(setup, error => unkept(folder, error), 'what waits to be told is kept on the disk again');
  const path = outboxFile(folder);
  const kept = readOutbox(path);
  return openDispatch({
    ...{ house: house.config.name, ways, clock },
    outbox: { kept: kept ?? newOutbox(), isNew: kept === null },
    keep: outbox => writeOutbox(path, outbox),
    isOpen: id => store.getState().alarms?.alarms.get(id)?.phase === 'active',
    onOutcome: (name, why) => {
      if (why === null) troubles.get(name)?.settle();
      else troubles.get(name)?.tell(why);
    },
    onKept: error => {
      if (error === null) disk.settle();
      else disk.tell(error);
    },
  });
}

function unreached(name: string, why: unknown): Issue {
  const message = `notices do not reach ${name}: ${String(why)}`;
  const cure = `They wait on the disk and are tried again; hometui notify test ${name} tries it now.`;
  return { severity: 'warning', message, cure };
}

function unkept(folder: string, error: unknown): Issue {
  const message = `what waits to be told cannot be kept in ${folder}: ${fileFaultOf(error).why}`;
  return { severity: 'warning', message, cure: 'Make room on the disk, or look whose the folder is.' };
}
