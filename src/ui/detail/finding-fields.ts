import type { AlarmState, Priority } from '../../core/home/alarms/alarm.ts';
import type { Field } from '../panels/field-lines.ts';
import type { HouseView } from '../text/house-view.ts';
import type { StyleName } from '../theme/theme.ts';

const NAMES: Readonly<Record<Priority, string>> = { note: 'Note', warning: 'Warning', alarm: 'Alarm' };
const STYLES: Readonly<Record<Priority, StyleName>> = { note: 'accent', warning: 'warning', alarm: 'critical' };

/**
 * What is found of an item as long as it is so: the number, the threshold, what to do and where that is from. What the
 * limits of the house file say is said of the value itself.
 */
export function findingFields({ home }: HouseView, id: string): readonly Field[] {
  const found = [...(home.alarms?.alarms.values() ?? [])].filter(
    ({ about, source, phase }) =>
      source !== null && about.includes(id) && (phase === 'active' || phase === 'acknowledged'),
  );
  return found.flatMap(alarm => [
    { name: NAMES[alarm.priority], text: findingText(alarm), style: STYLES[alarm.priority] },
    ...(alarm.cure === null ? [] : [{ name: 'Cure', text: alarm.cure, style: 'accent' as const }]),
    { name: 'Source', text: alarm.source ?? '' },
  ]);
}

/** What is not watched any more may be over. */
function findingText({ label, detail, unwatched }: AlarmState): string {
  const said = detail === null ? label : `${label}: ${detail}`;
  return unwatched === null ? said : `${said}; not watched now: ${unwatched}`;
}
