import { cleanWhole } from '../../core/clean-text.ts';
import type { AlarmState } from '../../core/home/alarms/alarm.ts';
import { clockText } from '../../core/moment-text.ts';

/** How an alarm stands after something was done to it, one line with its line feed; without an `alarm` nothing is said of it. */
export function outcomeText(word: 'ack' | 'shelve' | 'unshelve', label: string, alarm: AlarmState | undefined): string {
  return `${cleanWhole(label)}: ${cleanWhole(sentence(word, alarm))}\n`;
}

function sentence(word: 'ack' | 'shelve' | 'unshelve', alarm: AlarmState | undefined): string {
  const by = (user: string | null): string => (user === null ? '' : ` by ${user}`);
  if (word === 'shelve' && alarm?.shelf != null)
    return `put aside until ${clockText(alarm.shelf.untilAt)}${by(alarm.shelf.by)}`;
  if (word === 'unshelve') return alarm?.shelf == null ? `not put aside${stands(alarm)}` : 'still put aside';
  if (alarm?.phase === 'acknowledged') return `acknowledged${by(alarm.acknowledgedBy)}; it goes on`;
  return alarm?.phase === 'active' ? 'raised again meanwhile' : 'nothing waits for an acknowledgement';
}

function stands(alarm: AlarmState | undefined): string {
  return alarm?.phase === 'active' || alarm?.phase === 'acknowledged' ? '; it goes on' : '';
}
