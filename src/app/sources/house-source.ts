import { createHouse } from '../../core/house/house.ts';
import { formatPlace, type Issue } from '../../core/issue.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { fileVersion, readTextFile } from '../../io/files/text-file.ts';
import type { Source } from '../session.ts';

/** How often the file is looked at, ms. What changed is read when two looks have found the same: editors write in parts. */
const LOOK_MS = 1_000;

/**
 * The house file of a house that is on: read again when it was changed, by whichever way that came there. One that is
 * broken is told with line and cure, and the house stays as it was until it is mended.
 */
export function houseSource(path: string, clock: Clock): Source {
  return emit => {
    let known = fileVersion(path);
    let seen = known;
    let told: Issue | null = null;
    let isClosed = false;
    const settle = (issue: Issue | null, news: string | null): void => {
      const at = clock.now();
      if (told !== null && told.message !== issue?.message) emit({ type: 'issue-settled', at, issue: told, news });
      if (issue !== null) emit({ type: 'issue-found', at, issue });
      told = issue;
    };
    const read = async (): Promise<void> => {
      const text = readTextFile(path);
      // The schema library is loaded when it comes to that.
      const { parseHouse } = await import('../../core/house/parse.ts');
      if (isClosed) return;
      if (!text.ok) return settle(unreadable(path, text.error.why), null);
      const house = parseHouse(text.value, path);
      if (!house.ok) return settle(brokenHouse(path, house.error[0]), null);
      settle(null, `the house file ${path} is in order again`);
      emit({ type: 'house-changed', at: clock.now(), house: createHouse(house.value), file: path });
    };
    let timer: Timer = clock.after(LOOK_MS, look, { isBackground: true });
    function look(): void {
      timer = clock.after(LOOK_MS, look, { isBackground: true });
      const now = fileVersion(path);
      const isSettled = now === seen;
      seen = now;
      if (!isSettled || now === known) return;
      known = now;
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

function unreadable(path: string, why: string): Issue {
  const message = `the house file ${path} cannot be read: ${why}`;
  return { severity: 'warning', message, cure: 'Until it can be, the house stays as it was.' };
}

function brokenHouse(path: string, first: Issue | undefined): Issue {
  const place = first?.place === undefined ? path : formatPlace(first.place);
  const message = `the house file is broken, and the house stays as it was: ${place}: ${first?.message ?? 'it has errors'}`;
  return { severity: 'warning', message, cure: `${first?.cure ?? 'Mend it'}.` };
}
