import type { FirstPaint } from '../../app/world.ts';
import { type KeptFirstPaint, readFirstPaint, saveFirstPaint } from '../../io/files/first-paint-file.ts';
import { fileVersion } from '../../io/files/text-file.ts';
import type { Capabilities } from '../../terminal/identity/capabilities.ts';
import { createFramePainter } from '../../terminal/output/frame-painter.ts';
import { openingOf } from '../../terminal/output/opening.ts';

/** The first frame of this start, as the next one of the kind will paint it too. */
export interface FirstFrame {
  readonly frame: string;
  /** What was known of the terminal before it was asked. */
  readonly capabilities: Capabilities;
  /** Value of TERM. */
  readonly term: string;
  /** What the frame was made from; a file that is not there counts too. */
  readonly files: readonly string[];
}

/** Keeps it where the next start looks for it, unless that is what is there. */
export function keepFirstPaint({ frame, capabilities, term, files }: FirstFrame, { file, size }: FirstPaint): void {
  const picture: KeptFirstPaint = {
    ...openingOf(capabilities, term),
    frame,
    painted: createFramePainter(capabilities).paint(frame, size.columns, size.rows),
    files: files.map(path => [path, fileVersion(path)]),
  };
  if (JSON.stringify(readFirstPaint(file)) !== JSON.stringify(picture)) saveFirstPaint(file, picture);
}
