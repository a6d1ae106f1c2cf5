import { dirname } from 'node:path';
import type { World } from '../../app/world.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import type { MachineFacts } from '../../core/doctor/machine.ts';
import type { House } from '../../core/house/house.ts';
import { historyFolder } from '../../io/history-store/place.ts';
import { isClockSynchronized, readDisk, readHistoryFacts } from '../../io/machine/machine-facts.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';

/** What is to be known of this machine for the doctor: its time, its disks, the history of this house. */
export async function readMachine(
  {
    installation,
    log,
    link,
    house,
  }: {
    readonly installation: Installation;
    readonly log: string | null;
    readonly link: LinkOptions;
    readonly house: House;
  },
  { clock, env }: World,
): Promise<MachineFacts> {
  const folder = historyFolder(env, house.config.name, link.session);
  const history = await readHistoryFacts(folder, clock);
  const disks = [
    ...(history.kind === 'there' ? [readDisk('history', history.folder)] : []),
    ...(log === null || log === 'journal' ? [] : [readDisk("broker's log", dirname(log))]),
    readDisk('system', '/'),
  ];
  const times = [...installation.changedAt].map(([file, at]) => ({ file, at }));
  const written =
    history.kind === 'there' && history.writtenAt !== null ? [{ file: 'the history', at: history.writtenAt }] : [];
  const [newest = null] = [...times, ...written].sort((one, other) => other.at - one.at);
  return {
    ...{ now: clock.wallNow(), isSynchronized: isClockSynchronized(), newest, history },
    disks: disks.filter(disk => disk !== null),
  };
}
