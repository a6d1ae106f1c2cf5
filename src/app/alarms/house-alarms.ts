import { houseAlarms } from '../../core/heating/definitions.ts';
import { alarmFile } from '../../io/alarms/alarm-file.ts';
import { type AlarmWatcher, type AlarmWatcherSetup, openAlarmWatcher } from './watcher.ts';

/** What is watched; `folder` is that of the history, `null` where nothing is kept. */
export type HouseAlarmsSetup = Omit<AlarmWatcherSetup, 'definitionsOf' | 'file'> & { readonly folder: string | null };

/** Judges all alarms that a house has, until it is closed. */
export function openHouseAlarms({ folder, ...setup }: HouseAlarmsSetup): AlarmWatcher {
  const file = folder === null ? null : alarmFile(folder);
  return openAlarmWatcher({ ...setup, file, definitionsOf: houseAlarms });
}
