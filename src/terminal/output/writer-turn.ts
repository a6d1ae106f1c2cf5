import { createFrameStream } from './frame-stream.ts';
import type { FrameWriter } from './frame-writer.ts';

/** What a console draws with. */
export type WriterTurn = Pick<FrameWriter, 'stream' | 'write' | 'repaint' | 'send' | 'flush' | 'close'>;

/**
 * A writer for one of several that draw on a terminal one after the other: closing it ends the frames of that one, Ink's
 * last words too, and not the writer.
 */
export function openWriterTurn(writer: FrameWriter): WriterTurn {
  let isClosed = false;
  const write: FrameWriter['write'] = frame => {
    if (!isClosed) writer.write(frame);
  };
  const stream = createFrameStream({
    size: () => ({ columns: writer.stream.columns, rows: writer.stream.rows }),
    isClosed: () => isClosed || writer.stream.destroyed,
    write,
  });
  const resized = (): void => stream.emitResize();
  writer.stream.on('resize', resized);
  return {
    stream,
    write,
    repaint: () => {
      if (!isClosed) writer.repaint();
    },
    send: sequence => {
      if (!isClosed) writer.send(sequence);
    },
    flush: writer.flush,
    close: () => {
      isClosed = true;
      writer.stream.off('resize', resized);
    },
  };
}
