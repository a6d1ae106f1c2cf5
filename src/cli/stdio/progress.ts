import type { World } from '../../app/world.ts';
import { cutText } from '../../core/fit-text.ts';

/** What is being done, on one line that goes away. */
export interface Progress {
  readonly say: (what: string) => void;
  /** Takes the line away: what is printed next begins at the left. */
  readonly end: () => void;
}

/** Whether a line can be drawn anew: not in a file or a pipe, which get the report and nothing else, nor on a dumb terminal. */
export function canRedraw({ stderr, env }: Pick<World, 'stderr' | 'env'>): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb';
}

/** Tells it where a line can be drawn anew. */
export function openProgress({ stderr, env }: World): Progress {
  if (!canRedraw({ stderr, env })) return { say: () => {}, end: () => {} };
  return {
    say: what => void stderr.write(`\r\u001b[K${cutText(`${what} …`, (stderr.columns || 80) - 1)}`),
    end: () => void stderr.write('\r\u001b[K'),
  };
}
