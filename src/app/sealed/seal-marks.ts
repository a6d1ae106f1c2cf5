import type { HomeEvent } from '../../core/home/state/event.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import type { KeptMark, MarkFile } from '../../io/sealed/mark-file.ts';

/** They are written so often at most, ms: an SD card lasts longer for it. */
const WRITE_EVERY_MS = 60_000;

/** Where the house is kept. */
interface Store {
  readonly dispatch: (event: HomeEvent) => void;
  readonly getState: () => HomeState;
  readonly observe: (observer: (step: Step) => void) => () => void;
}

interface Step {
  readonly event: HomeEvent;
  readonly before: HomeState;
  readonly after: HomeState;
}

/**
 * Tells the house how far its sealing devices had counted in an earlier run, or before they left its file, and keeps how
 * far they count in this one. `fileNow` is asked until there is one: where nobody seals there is none. `close` writes what
 * is not written yet.
 */
export function keepSealMarks(
  store: Store,
  fileNow: () => MarkFile | null,
  clock: Clock,
): { readonly close: () => void } {
  let file: MarkFile | null = null;
  let marks: ReadonlyMap<string, KeptMark> = new Map();
  let written = store.getState().clients;
  let timer: Timer | null = null;
  const recall = (): void => {
    file ??= fileNow();
    if (file === null) return;
    timer ??= clock.after(WRITE_EVERY_MS, tick, { isBackground: true });
    marks = new Map([...file.read(), ...marks]);
    store.dispatch({ type: 'seals-recalled', at: clock.now(), marks });
  };
  function tick(): void {
    timer = clock.after(WRITE_EVERY_MS, tick, { isBackground: true });
    write(store.getState());
  }
  function write({ clients }: HomeState): void {
    if (file === null || clients === written) return;
    written = clients;
    const known = rowsOf(clients).flatMap(({ id, seal }) =>
      seal.mark === null ? [] : [[id, kept(seal.mark)] as const],
    );
    marks = new Map([...marks, ...known]);
    file.write(marks);
  }
  const release = store.observe(({ event, before, after }) => {
    if (event.type !== 'house-changed' || before.house === after.house) return;
    // The rows of devices that went are in the state of before only.
    write(before);
    recall();
  });
  recall();
  return {
    close: () => {
      release();
      timer?.cancel();
      write(store.getState());
    },
  };
}

function kept({ boot, counter, keyId }: KeptMark): KeptMark {
  return { boot, counter, keyId };
}
