import type { HomeEvent } from '../../core/home/state/event.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import type { Clock } from '../../io/clock.ts';
import type { KeptMark, MarkFile } from '../../io/sealed/mark-file.ts';

/** They are written so often at most, ms: an SD card lasts longer for it. */
const WRITE_EVERY_MS = 60_000;

/** Where the house is kept. */
interface Store {
  readonly dispatch: (event: HomeEvent) => void;
  readonly getState: () => HomeState;
}

/**
 * Tells the house how far its sealing devices had counted in an earlier run, and keeps how far they count in this one.
 * `close` writes what is not written yet.
 */
export function keepSealMarks(store: Store, file: MarkFile, clock: Clock): { readonly close: () => void } {
  store.dispatch({ type: 'seals-recalled', at: clock.now(), marks: file.read() });
  let written = store.getState().clients;
  let timer = clock.after(WRITE_EVERY_MS, tick, { isBackground: true });
  function tick(): void {
    timer = clock.after(WRITE_EVERY_MS, tick, { isBackground: true });
    write();
  }
  function write(): void {
    const { clients } = store.getState();
    if (clients === written) return;
    written = clients;
    file.write(new Map(rowsOf(clients).flatMap(({ id, seal: { mark } }) => (mark === null ? [] : [[id, kept(mark)]]))));
  }
  return {
    close: () => {
      timer.cancel();
      write();
    },
  };
}

function kept({ boot, counter, keyId }: KeptMark): KeptMark {
  return { boot, counter, keyId };
}
