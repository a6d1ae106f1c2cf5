import type { World } from '../../app/world.ts';
import { cutText } from '../../core/fit-text.ts';

/** What is being done, on one line that goes away. */
export interface Progress {
  readonly say: (what: string) => void;
  /** Takes the line away: what is printed next begins at the left. */
  readonly end: () => void;
}

/** On a terminal only: a file or a pipe gets the report and nothing else. */
export function openProgress({ stderr }: World): Progress {
  if (stderr.isTTY !== true) return { say: () => {}, end: () => {} };
  return {
    say: what => void stderr.write(`\r\u001b[K${cutText(`${what} …`, (stderr.columns || 80) - 1)}`),
    end: () => void stderr.write('\r\u001b[K'),
  };
}
