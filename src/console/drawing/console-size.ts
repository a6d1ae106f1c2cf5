import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import type { Readable } from '../../ui/state/pace.ts';
import type { Size } from '../../ui/text/house-view.ts';

/** The size of what is drawn on, and when that changes. */
export function sizeOf(stream: FrameWriter['stream']): Readable<Size> {
  let size: Size = { columns: stream.columns, rows: stream.rows };
  return {
    getState: () => {
      if (size.columns !== stream.columns || size.rows !== stream.rows) {
        size = { columns: stream.columns, rows: stream.rows };
      }
      return size;
    },
    subscribe: listener => {
      stream.on('resize', listener);
      return () => void stream.off('resize', listener);
    },
  };
}
