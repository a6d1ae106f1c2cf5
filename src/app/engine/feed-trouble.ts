import { countText } from '../../core/count-text.ts';
import type { Issue } from '../../core/issue.ts';
import type { WriteOutcome } from '../../io/engine/engine.ts';
import type { Chunk } from './chunk.ts';

/** Tells of what stands in the way, once as long as it is the same. */
export interface FeedTrouble {
  readonly tell: (outcome: Exclude<WriteOutcome, { kind: 'written' }>, chunk: Chunk) => void;
  readonly failed: (why: string) => void;
  readonly settled: () => void;
}

const WAITS = 'Nothing is lost: the history here keeps it, and it is sent when that is mended.';

/** Makes the words about an engine. `tell` is given `null` when nothing stands in the way any more. */
export function createFeedTrouble(engine: string, tell: (issue: Issue | null) => void): FeedTrouble {
  let told: string | null = null;
  const say = (message: string, cure: string): void => {
    if (message === told) return;
    told = message;
    tell({ severity: 'warning', message, cure });
  };
  const waits = (why: string, cure: string): void =>
    say(`nothing can be sent to the engine ${engine}: ${why}`, `${cure}${cure === '' ? '' : ' '}${WAITS}`);
  return {
    failed: why => waits(why, ''),
    settled: () => {
      if (told !== null) tell(null);
      told = null;
    },
    tell: (outcome, { span, lines }) => {
      if (outcome.kind === 'failed') return waits(outcome.why, '');
      if (outcome.kind === 'not-ready') return waits(outcome.why, outcome.cure);
      const why = outcome.kind === 'refused' ? outcome.why : 'it answers 413 to what was said in one minute';
      const from = new Date(span.from * 1_000).toISOString();
      const what = `some of ${countText(lines.length, 'line')} from ${from} on`;
      say(`the engine ${engine} refused ${what}: ${why}`, 'They are missing there; the history here has them.');
    },
  };
}
