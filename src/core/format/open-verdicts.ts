import { formatDuration } from '../duration.ts';
import type { HomeState } from '../home/state/state.ts';
import type { Command } from '../home/state/switch.ts';
import { rowsOf } from '../home/state/table.ts';
import { labelOf } from '../house/house.ts';
import { valueText } from '../house/values/commanded.ts';
import { isoTime } from './iso-time.ts';

/** One line for each command that has no verdict at `now`, ms: what a console leaves behind that ends in mid-command. */
export function openVerdictLines({ switches, house, session }: HomeState, now: number): readonly string[] {
  const who = session.user === null ? '' : ` as ${session.user}`;
  return rowsOf(switches).flatMap(({ id, command }) => {
    if (command === null) return [];
    const sent = `${labelOf(house, id)} ${valueText(command.target, house.switches.get(id))} was sent to ${session.url}${who}, ${knownOf(command)}`;
    const waited = formatDuration(Math.max(0, now - command.sentAt));
    return [`${isoTime(now)} ${sent}; hometui ended ${waited} later, its verdict still open: look at the device`];
  });
}

function knownOf({ phase }: Command): string {
  switch (phase) {
    case 'sent':
      return 'the broker had not acknowledged it yet';
    case 'acknowledged':
      return 'the broker took it';
  }
}
