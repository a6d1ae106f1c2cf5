import { builtInAlarms } from '../../core/alarms/definitions.ts';
import { type AlarmWatcher, type AlarmWatcherSetup, openAlarmWatcher } from './watcher.ts';

/** Judges all alarms that a house has, until it is closed. */
export function openHouseAlarms(setup: Omit<AlarmWatcherSetup, 'definitionsOf'>): AlarmWatcher {
  return openAlarmWatcher({ ...setup, definitionsOf: builtInAlarms });
}
