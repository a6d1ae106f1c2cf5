import type { Issue } from '../../core/issue.ts';
import type { Clock } from '../../io/clock.ts';
import { fileVersion } from '../../io/files/text-file.ts';
import type { HouseSeals } from '../sealed/house-seals.ts';
import type { Source } from '../session.ts';

/** How often the file is looked at, ms: our own programs replace it at once. */
const LOOK_MS = 1_000;

/**
 * The keys of a house whose devices seal: read again when their file was changed, for what comes under a new key is not
 * forged, and under one that was revoked it is. Keys that cannot be read are told, and those of before stay.
 */
export function keysSource(path: string, seals: Pick<HouseSeals, 'now' | 'readAgain'>, clock: Clock): Source {
  return emit => {
    let known = fileVersion(path);
    let told: Issue | null = null;
    let isClosed = false;
    const read = async (): Promise<void> => {
      const fault = await seals.readAgain();
      if (isClosed) return;
      const at = clock.now();
      const news = fault === null ? 'the keys of sealed payloads are read again' : null;
      if (told !== null && told.message !== fault?.message) emit({ type: 'issue-settled', at, issue: told, news });
      if (fault !== null) emit({ type: 'issue-found', at, issue: { ...fault, severity: 'warning' } });
      told = fault === null ? null : { ...fault, severity: 'warning' };
    };
    let timer = clock.after(LOOK_MS, look, { isBackground: true });
    function look(): void {
      timer = clock.after(LOOK_MS, look, { isBackground: true });
      // A house in which nobody seals has no use for keys.
      if (seals.now() === null) return;
      const version = fileVersion(path);
      if (version === known) return;
      known = version;
      void read();
    }
    return {
      close: () => {
        isClosed = true;
        timer.cancel();
      },
    };
  };
}
