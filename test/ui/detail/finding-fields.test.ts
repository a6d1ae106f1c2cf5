import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { type HeatingRun, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';
import { appAt, screenOf, textsOf } from '../../helpers/ui/pages.ts';

/** The detail of an item at 120 × 40, as one text without its line breaks. */
function detailOf(home: HomeState, id: string): string {
  const page = { screen: 'detail', focus: 0, id, window: 0 } as const;
  const rows = textsOf(screenOf(home, appAt(page), { columns: 120, rows: 40 }));
  return rows
    .map(row => row.replace(/[│╭╮╰╯─]/gu, ' ').trim())
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** The house with what is known of its alarms. */
const homeOf = ({ run, watch }: HeatingRun): HomeState => ({ ...run.state, alarms: watch.book() });

describe('what is found of an item', () => {
  const words = { ...running('on'), 'heating/pump/done': 'off' };
  const FOUND = 'Alarm Burner is on without Pump: Burner says on while Pump says off';

  it('stands on its page, with what to do and where that is from, as long as it is so', () => {
    const heating = runHeating();
    heating.speak(minutes(1), words);
    for (const id of ['burner', 'pump']) {
      const page = detailOf(homeOf(heating), id);
      expect(page).toContain(FOUND);
      expect(page).toContain('Cure Switch Burner off, or Pump on: standing water gets too hot');
      expect(page).toContain('Source a rule of hometui: a burner needs moving water');
    }
    expect(detailOf(homeOf(heating), 'fan')).not.toContain(FOUND);
    heating.speak(minutes(2), running('on'));
    expect(detailOf(homeOf(heating), 'burner')).not.toContain(FOUND);
  });

  it('says where it is not watched any more', () => {
    const heating = runHeating();
    heating.speak(minutes(1), words);
    heating.run.pass(minutes(2));
    expect(detailOf(homeOf(heating), 'burner')).toContain(`${FOUND}; not watched now: Burner is stale`);
  });

  it('is nothing where nobody watches', () => {
    const heating = runHeating();
    heating.speak(minutes(1), words);
    expect(detailOf(heating.run.state, 'burner')).not.toContain('Alarm');
  });

  it('is that of a sensor too, and a jump that waits for the next reading', () => {
    const heating = runHeating();
    heating.speak(minutes(1), running('off', '42', '40'));
    heating.speak(minutes(13), running('on', '42', '40'));
    expect(detailOf(homeOf(heating), 'return')).toContain('Note Flow and Return are too close: 2.0 K, from 42.0 °C');
    heating.run.receive('heating/flow', '90');
    expect(detailOf(homeOf(heating), 'flow')).toContain(
      'Waits 90.0 °C is 48.0 K above what it was 5 s before: the next reading decides',
    );
  });
});
