import { EventEmitter } from 'node:events';
import { render, Text } from 'ink';
import type { HomeState } from '../../src/core/home/state/state.ts';
import { countChangedCells } from '../../src/terminal/cells/cell.ts';
import { createFrameParser } from '../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../src/terminal/cells/style.ts';
import { type Capabilities, decideCapabilities } from '../../src/terminal/identity/capabilities.ts';
import { glyphsFor } from '../../src/terminal/identity/glyphs.ts';
import { createFramePainter } from '../../src/terminal/output/frame-painter.ts';
import { createKeymap } from '../../src/ui/keys/keymap.ts';
import { plainTable } from '../../src/ui/panels/table.ts';
import { picture } from '../../src/ui/picture/picture.ts';
import { createAppState } from '../../src/ui/state/app-state.ts';
import type { Size } from '../../src/ui/text/house-view.ts';
import { createPainter } from '../../src/ui/text/paint.ts';
import { themeOf } from '../../src/ui/theme/themes.ts';
import { deviceMessages, livingHome, START, tick, withEvents } from '../helpers/ui/home.ts';
import { type Figure, median, round } from './figures.ts';

/** How long the house has lived before the counting, s: sparklines and charts are full by then. */
const WARM_UP_S = 3_900;
const COUNTED_S = 300;
/** An hour turns the page of a chart twice. */
const HOUR_S = 3_600;

/** Bytes for the article's house, four values each five seconds and a clock, by our painter and by others. */
export async function measureBytes(size: Size, goal: string): Promise<readonly Figure[]> {
  const { frames, changes } = livingFrames(size, COUNTED_S);
  const ours = bytesOfPainter(frames, size);
  const cells = changedCells(frames, size);
  const whole = await bytesOfInk(frames, size, false);
  const lines = await bytesOfInk(frames, size, true);
  const place = `${size.columns}×${size.rows}`;
  const onChange = (counts: readonly number[]): number => median(changes.map(index => counts[index] ?? 0));
  const perSecond = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0) / COUNTED_S;
  const row = (what: string, counts: readonly number[], promise?: string): readonly Figure[] => [
    {
      what: `${place} ${what}: a second with one new value`,
      value: `${round(onChange(counts))} bytes`,
      compared: `${round(onChange(counts) / onChange(ours))} × ours`,
      ...(promise === undefined ? {} : { goal: promise }),
    },
    {
      what: `${place} ${what}: the house over 5 minutes`,
      value: `${round(perSecond(counts))} bytes/s`,
      compared: `${round(perSecond(counts) * 60)} a minute`,
      ...(promise === undefined ? {} : { goal: '≤ 60 bytes/s' }),
    },
  ];
  return [
    ...row('hometui', ours, goal),
    { what: `${place} hometui: the worst second of 5 minutes`, value: `${Math.max(...ours)} bytes`, goal },
    {
      what: `${place} hometui: the worst second of an hour`,
      value: `${Math.max(...bytesOfPainter(livingFrames(size, HOUR_S).frames, size))} bytes`,
    },
    ...row('changed cells, each one byte', cells),
    ...row('Ink, its default', whole),
    ...row('Ink, incremental', lines),
  ];
}

interface LivingFrames {
  /** One a second. */
  readonly frames: readonly string[];
  /** Indexes of the seconds in which a value changed. */
  readonly changes: readonly number[];
}

function livingFrames(size: Size, seconds: number): LivingFrames {
  const frameOf = openDrawing(size);
  let home: HomeState = livingHome(WARM_UP_S);
  const frames = [frameOf(home)];
  const changes: number[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    // Each of the four values once in five seconds, in a second of its own.
    const message = deviceMessages(WARM_UP_S + second)[(second % 5) - 1];
    if (message !== undefined) {
      home = withEvents(home, message);
      changes.push(second - 1);
    }
    home = withEvents(home, tick(START + (WARM_UP_S + second) * 1_000 + 500));
    frames.push(frameOf(home));
  }
  return { frames, changes };
}

/** Draws the overview as the console does, with its clock. */
function openDrawing(size: Size): (home: HomeState) => string {
  const { theme } = themeOf('dark');
  const painter = createPainter(theme, true);
  const app = createAppState({ theme: theme.name, needsPassword: false, user: null });
  const glyphs = glyphsFor({ glyphs: 'full' });
  return home =>
    picture({ view: { home, glyphs }, app, keymap: createKeymap(home.house), themes: [theme], size }, plainTable)
      .map(line => painter.paint(line))
      .join('\n');
}

/** Bytes from each frame to the next. */
function bytesOfPainter(frames: readonly string[], size: Size): readonly number[] {
  const painter = createFramePainter(capabilitiesAt(size));
  return frames.map(frame => Buffer.byteLength(painter.paint(frame, size.columns, size.rows))).slice(1);
}

function changedCells(frames: readonly string[], { columns, rows }: Size): readonly number[] {
  const parser = createFrameParser(createStyleTable(), 8);
  const parsed = frames.map(frame => parser.parse(frame, columns, rows));
  return parsed.slice(1).map((frame, index) => countChangedCells(parsed[index] ?? frame, frame));
}

/** What the usual terminal can do. */
export function capabilitiesAt({ columns, rows }: Size): Capabilities {
  return decideCapabilities({
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    isTTY: true,
    columns,
    rows,
    flags: { ascii: false, colors: 8, glyphs: 'full' },
    replies: null,
    iutf8: true,
  });
}

/** What Ink itself writes for the same frames: one text as high as the screen, drawn anew each second. */
async function bytesOfInk(frames: readonly string[], size: Size, isIncremental: boolean): Promise<readonly number[]> {
  const stream = countingStream(size);
  // Ink paints a frame as high as the screen in another, dearer way: it is spared that here.
  const shown = frames.map(frame =>
    frame
      .split('\n')
      .slice(0, size.rows - 1)
      .join('\n'),
  );
  const options = { stdout: stream.stdout, maxFps: 1_000, incrementalRendering: isIncremental, patchConsole: false };
  const app = render(<Text wrap="truncate">{shown[0]}</Text>, { ...options, interactive: true, exitOnCtrlC: false });
  const counts: number[] = [];
  for (const frame of shown.slice(1)) {
    stream.take();
    app.rerender(<Text wrap="truncate">{frame}</Text>);
    // Longer than the throttle's millisecond.
    await new Promise(resolve => setTimeout(resolve, 4));
    counts.push(stream.take());
  }
  app.unmount();
  return counts;
}

function countingStream({ columns, rows }: Size): { readonly stdout: NodeJS.WriteStream; readonly take: () => number } {
  let count = 0;
  const write = (text: string): boolean => {
    count += Buffer.byteLength(text);
    return true;
  };
  const stdout = Object.assign(new EventEmitter(), { columns, rows, isTTY: true, write });
  return {
    stdout: stdout as unknown as NodeJS.WriteStream,
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
