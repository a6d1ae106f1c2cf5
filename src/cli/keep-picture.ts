import { type FirstPicture, readPicture, savePicture } from '../io/first-picture.ts';
import { fileVersion } from '../io/text-file.ts';
import type { Capabilities } from '../terminal/identity/capabilities.ts';
import { createFramePainter } from '../terminal/output/frame-painter.ts';
import { openingOf } from '../terminal/output/opening.ts';
import type { EarlyPicture } from './early-picture.ts';

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
export function keepPicture({ frame, capabilities, term, files }: FirstFrame, { file, size }: EarlyPicture): void {
  const picture: FirstPicture = {
    ...openingOf(capabilities, term),
    frame,
    painted: createFramePainter(capabilities).paint(frame, size.columns, size.rows),
    files: files.map(path => [path, fileVersion(path)]),
  };
  if (JSON.stringify(readPicture(file)) !== JSON.stringify(picture)) savePicture(file, picture);
}
