import type { HomeState } from '../../src/core/home/state/state.ts';
import type { StyledLine } from '../../src/terminal/cells/line-cells.ts';
import { glyphsFor } from '../../src/terminal/identity/glyphs.ts';
import { createFramePainter } from '../../src/terminal/output/frame-painter.ts';
import { createKeymap } from '../../src/ui/keys/keymap.ts';
import { chartWindows } from '../../src/ui/layout/chart-time.ts';
import { plainTable } from '../../src/ui/panels/table.ts';
import { picture } from '../../src/ui/picture/picture.ts';
import { type AppState, createAppState } from '../../src/ui/state/app-state.ts';
import type { Size } from '../../src/ui/text/house-view.ts';
import { createPainter } from '../../src/ui/text/paint.ts';
import { themeOf } from '../../src/ui/theme/themes.ts';
import { deviceMessages, livingHome, START, tick, withEvents } from '../helpers/ui/home.ts';
import { capabilitiesAt } from './bytes.tsx';
import { type Figure, median, round } from './figures.ts';

/** How long the house has lived before the counting, s: an hour of it is on the charts. */
const WARM_UP_S = 3_900;
const COUNTED_S = 600;

/** Bytes for the chart of one sensor in full, over ten minutes, in each of its times. */
export function measureDetailBytes(size: Size): readonly Figure[] {
  return chartWindows.map(({ label }, window) => {
    const counts = detailSeconds(size, window);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const above = counts.filter(count => count > 100).length;
    return {
      what: `${size.columns}×${size.rows} hometui: a sensor in full, ${label}, over 10 minutes`,
      value: `${round(mean)} bytes/s`,
      compared: `median ${median(counts)}, worst ${Math.max(...counts)}, ${above} s above 100`,
      goal: '≤ 60 bytes/s',
    };
  });
}

/** Bytes of each second. */
function detailSeconds(size: Size, window: number): readonly number[] {
  const frameOf = openDrawing(size, window);
  const painter = createFramePainter(capabilitiesAt(size));
  const bytesOf = (home: HomeState): number => Buffer.byteLength(painter.paint(frameOf(home), size.columns, size.rows));
  let home = livingHome(WARM_UP_S);
  bytesOf(home);
  return Array.from({ length: COUNTED_S }, (_, place) => {
    const second = WARM_UP_S + 1 + place;
    const message = deviceMessages(second)[(second % 5) - 1];
    home = withEvents(home, ...(message === undefined ? [] : [message]));
    home = withEvents(home, tick(START + second * 1_000 + 500));
    return bytesOf(home);
  });
}

function openDrawing(size: Size, window: number): (home: HomeState) => readonly StyledLine[] {
  const { theme } = themeOf('dark');
  const painter = createPainter(theme, true);
  const base = createAppState({ theme: theme.name, needsPassword: false, user: null });
  const [overview] = base.stack;
  const app: AppState = { ...base, stack: [overview, { screen: 'detail', id: 'flow', window, focus: 0 }] };
  const glyphs = glyphsFor({ glyphs: 'full' });
  return home => {
    const scene = { view: { home, glyphs }, app, keymap: createKeymap(home.house), themes: [theme], size };
    return picture(scene, plainTable).map(painter.dress);
  };
}
