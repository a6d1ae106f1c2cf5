import type { Clock } from '../../io/clock.ts';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import { drawDirectly } from '../../ui/hosts/direct.ts';
import { openSight, type Sources } from '../../ui/hosts/sources.ts';
import { plainTable } from '../../ui/panels/table.ts';
import type { Readable } from '../../ui/state/pace.ts';

type Cause = Pick<Readable<unknown>, 'subscribe'>;

/** What a drawing needs. */
interface Drawing {
  readonly writer: Pick<FrameWriter, 'stream' | 'write'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly fail: (error: unknown) => void;
  /** Adds what is to be done at the end; does it at once where that has come. */
  readonly addCloser: (close: () => void) => void;
  readonly hasEnded: () => boolean;
}

/**
 * Draws directly what keys and `living` change, which changes by itself: Ink takes four times as long for the same frame,
 * and a person waits for it. Sizes and looks are drawn with Ink when that is loaded; nothing else goes on meanwhile, so
 * it has to wait for the values.
 */
export function draw(
  sources: Sources,
  living: readonly Cause[],
  { writer, clock, fail, addCloser, hasEnded }: Drawing,
): void {
  const { app, look, size } = sources;
  const output = { write: writer.write, onError: fail };
  const early = drawDirectly(openSight(sources, plainTable), [...living, app, look, size], output);
  addCloser(early.close);
  early.draw();
  addCloser(clock.after(INK_AFTER_MS, () => void withInk().catch(fail)).cancel);
  async function withInk(): Promise<void> {
    const { createInkTable, drawWithInk } = await import('../../ui/hosts/ink.tsx');
    if (hasEnded()) return;
    early.close();
    const sight = openSight(sources, createInkTable());
    addCloser(drawDirectly(sight, [...living, app], output).close);
    addCloser(drawWithInk(sight, [look, size], writer.stream, fail).unmount);
  }
}

/** By then the broker has answered and its values are drawn, where it is near, ms. */
const INK_AFTER_MS = 250;
