import { openPast } from '../../src/app/history/past.ts';
import { DAY_S } from '../../src/core/history/calendar.ts';
import { glyphsFor } from '../../src/terminal/identity/glyphs.ts';
import { type KeyEvent, type NamedKey, NO_MODIFIERS } from '../../src/terminal/input/key-event.ts';
import { createFramePainter } from '../../src/terminal/output/frame-painter.ts';
import { createKeymap } from '../../src/ui/keys/keymap.ts';
import { plainTable } from '../../src/ui/panels/table.ts';
import { picture } from '../../src/ui/picture/picture.ts';
import { type AppAction, reduceApp } from '../../src/ui/reducers/app-reducer.ts';
import { createAppState } from '../../src/ui/state/app-state.ts';
import { createPainter } from '../../src/ui/text/paint.ts';
import { themeOf } from '../../src/ui/theme/themes.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { emptyHome } from '../helpers/ui/home.ts';
import { capabilitiesAt } from './bytes.tsx';
import { type Figure, median, round } from './figures.ts';

const SIZE = { columns: 80, rows: 24 };
/** Of each length; the middle one is told. */
const PAGES = 9;

/** How long it takes from a key that pages the chart of a sensor to the bytes of its picture, in a process that runs. */
export function measurePaging(folder: string, today: number): readonly Figure[] {
  return [
    ['7 d', 4],
    ['30 d', 5],
    ['1 y', 6],
  ].map(([label = '', window = 0]) => {
    const { times, bytes } = page(folder, today, Number(window));
    return {
      what: `history: a chart of ${label} paged with one key, to the bytes`,
      value: `${round(median(times.slice(1)))} ms`,
      compared: `the first ${round(times[0] ?? 0)} ms, ${median(bytes)} bytes`,
      goal: '≤ 50 ms',
    };
  });
}

/** Pages back and forth, so that a length as long as all that is kept can be paged too. */
function page(folder: string, today: number, window: number): { times: readonly number[]; bytes: readonly number[] } {
  const at = today * DAY_S * 1_000;
  const home = { ...emptyHome(), at };
  const read = openPast({ house: () => home.house, folder, clock: createFakeClock(at) });
  const keymap = createKeymap(home.house);
  const context = {
    home,
    keymap,
    themeNames: ['dark'],
    pageRows: 10,
    columns: SIZE.columns,
    timeOfDay: (ms: number) => ms,
  };
  let app = createAppState({ theme: 'dark', needsPassword: false, user: null, keepsHistory: true });
  const act = (action: AppAction): void => {
    const step = reduceApp(app, action, context);
    app = step.state;
    for (const command of step.commands) {
      if (command.type === 'read-past') act({ type: 'past-read', answer: read(command.question) });
    }
  };
  const { theme } = themeOf('dark');
  const painter = createPainter(theme, true);
  const terminal = createFramePainter(capabilitiesAt(SIZE));
  const draw = (): number => {
    const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
    const lines = picture({ view, app, keymap, themes: [theme], size: SIZE }, plainTable);
    return Buffer.byteLength(terminal.paint(lines.map(painter.dress), SIZE.columns, SIZE.rows));
  };
  const press = (key: string): void => act({ type: 'key', key: keyOf(key) });
  for (const key of ['enter', ...'+'.repeat(window)]) press(key);
  draw();
  const bytes: number[] = [];
  const times = Array.from({ length: PAGES }, (_, place) => {
    const startedAt = performance.now();
    press(place % 2 === 0 ? 'left' : 'right');
    bytes.push(draw());
    return performance.now() - startedAt;
  });
  return { times, bytes };
}

function keyOf(name: string): KeyEvent {
  if (name.length > 1) return { ...NO_MODIFIERS, type: 'key', name: name as NamedKey };
  return { ...NO_MODIFIERS, type: 'key', name: 'character', character: name };
}
