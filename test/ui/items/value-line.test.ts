import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { derivedLine, sensorLine } from '../../../src/ui/items/value-line.ts';
import { itemColumns } from '../../../src/ui/layout/item-columns.ts';
import { metricsOf } from '../../../src/ui/layout/metrics.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const WIDTH = 38;

function row(home: HomeState, id: string, width = WIDTH): string {
  const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
  const columns = itemColumns(width, metricsOf(home.house));
  const line = home.house.derived.has(id)
    ? derivedLine(view, id, false, columns)
    : sensorLine(view, id, false, columns);
  expect(lineWidth(line)).toBe(width);
  return line.map(part => part.text).join('');
}

const home = livingHome(600);
const silent = (seconds: number): HomeState => withEvents(home, tick(START + (600 + seconds) * 1_000));

describe('the row of a value', () => {
  it('has value, trend and history while it is live', () => {
    expect(row(home, 'temperature')).toBe('   Temperature  11.6 °C ↘ ▄▄▄▄▄▄▄▄▄▄▄ ');
  });

  it('is visibly not live as soon as it is not', () => {
    expect(row(silent(11), 'flow')).toMatch(/ △ Flow +54\.0 °C late, 10 s /);
    expect(row(silent(17), 'flow')).toMatch(/ ▲ Flow +54\.0 °C stale, 15 s /);
    expect(row({ ...home, listeningSince: null }, 'flow')).toMatch(/ ○ Flow +54\.0 °C seconds old /);
    expect(row(withEvents(home, connected(START + 700_000)), 'flow')).toMatch(/ ○ Flow +54\.0 °C 100 s old /);
    expect(row(emptyHome(), 'flow')).toMatch(/ ○ Flow +not received yet /);
    const retained = withEvents(emptyHome(), connected(START), message(START + 1, 'heating/flow', '50', true));
    expect(row(retained, 'flow')).toMatch(/ ○ Flow +50\.0 °C retained /);
  });

  it('has no trend and no live sign while it is not live', () => {
    for (const seconds of [11, 17, 90, 4_000]) expect(row(silent(seconds), 'flow')).not.toMatch(/[↗→↘●]/);
  });

  it('says which limit it is beyond, in a critical case aloud', () => {
    const hot = (value: string): HomeState =>
      withEvents(home, ...[1, 2].map(() => message(START + 601_000, 'heating/flow', value)));
    expect(row(hot('80'), 'flow')).not.toContain('above');
    expect(row(hot('80.1'), 'flow')).toMatch(/ ▲ Flow +80\.1 °C . above 80/);
    expect(row(hot('90.5'), 'flow')).toMatch(/ ! Flow +90\.5 °C . ABOVE 90/);
    expect(row(withEvents(home, message(START + 601_000, 'cellar/temperature', '0.5')), 'temperature')).toContain(
      'BELOW 1',
    );
  });

  it('keeps the last good value where the newest message is none', () => {
    const broken = withEvents(home, message(START + 601_000, 'heating/flow', 'err'));
    expect(row(broken, 'flow')).toMatch(/ ▲ Flow +54\.0 °C unreadable/);
  });

  it('is as fresh as what it is computed from', () => {
    expect(row(home, 'spread')).toMatch(/ {3}Spread +5\.6 K +$/);
    expect(row(silent(17), 'spread')).toMatch(/ ▲ Spread +5\.6 K {2}stale/);
    expect(row(emptyHome(), 'spread')).toMatch(/ ○ Spread +waiting/);
    const hot = withEvents(home, ...[1, 2].map(() => message(START + 601_000, 'cellar/temperature', '61')));
    expect(row(hot, 'dewPoint')).toMatch(/Dew point +cannot be computed/);
  });

  it('fits every width', () => {
    for (let width = 24; width < 200; width += 7) {
      expect(row(home, 'humidity', width)).toContain('Humid');
      expect(row(silent(90), 'humidity', width)).toContain('66.0');
    }
  });
});
