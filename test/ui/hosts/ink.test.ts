import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { createFrameStream } from '../../../src/terminal/output/frame-stream.ts';
import { createInkTable, drawWithInk } from '../../../src/ui/hosts/ink.tsx';
import { span } from '../../../src/ui/text/line.ts';
import { createPainter } from '../../../src/ui/text/paint.ts';
import { themeOf } from '../../../src/ui/theme/themes.ts';

const painter = createPainter(themeOf('no-color').theme, true);

function openInk(first: string) {
  const written: string[] = [];
  const errors: unknown[] = [];
  const listeners = new Set<() => void>();
  let text = first;
  const stream = createFrameStream({
    size: () => ({ columns: 12, rows: 2 }),
    isClosed: () => false,
    write: frame => written.push(frame),
  });
  const take = () => {
    if (text === 'fails') throw new Error('no picture');
    return { lines: [[span(text)], [span('below')]], painter };
  };
  const cause = {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const drawing = drawWithInk(take, [cause], stream, error => errors.push(error));
  const change = (next: string): void => {
    text = next;
    for (const listener of [...listeners]) listener();
  };
  return { written, errors, drawing, change, stream, listeners };
}

describe('drawing with Ink', () => {
  it('hands over whole frames, each before the change has been told to the next', () => {
    const { written, change, drawing } = openInk('first');
    expect(written).toEqual(['first\nbelow']);
    change('second');
    expect(written.at(-1)).toBe('second\nbelow');
    drawing.unmount();
  });

  it('ends with the newest picture when the size is another', () => {
    const { written, change, stream, drawing } = openInk('first');
    stream.on('resize', () => change('resized'));
    stream.emitResize();
    expect(written.at(-1)).toBe('resized\nbelow');
    drawing.unmount();
  });

  it('tells of a picture that fails', () => {
    const { errors, change, drawing } = openInk('first');
    change('fails');
    expect(errors).toEqual([new Error('no picture')]);
    drawing.unmount();
  });

  it('asks for nothing when it has ended', () => {
    const { listeners, drawing } = openInk('first');
    drawing.unmount();
    expect(listeners.size).toBe(0);
  });
});

describe('the table that it draws', () => {
  const { frame } = glyphsFor({ glyphs: 'ascii' });
  const table = { heading: ['Client'], rows: [[span('heating')]] };

  it('is the same again where nothing changed, and another where a style did', () => {
    const drawTable = createInkTable();
    const first = drawTable(table, frame);
    expect(drawTable({ ...table, rows: [...table.rows] }, frame)).toBe(first);
    const other = drawTable({ ...table, rows: [[span('heating', 'warning')]] }, frame);
    expect(other[3]?.[1]?.style).toBe('warning');
  });
});
