import { createHouse, type House } from '../../core/house/house.ts';
import { formatPlace, type Issue } from '../../core/issue.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { fileVersion, readTextFile } from '../../io/files/text-file.ts';
import type { Source } from '../session.ts';

/** How often the file is looked at, ms. What changed is read when two looks have found the same: editors write in parts. */
const LOOK_MS = 1_000;
/** In place of the version of a file that is to be read again. */
const UNREAD = '';

/**
 * The house file of a house that is on: read again when it was changed, by whichever way that came there. One that is
 * broken is told with line and cure, and the house stays as it was until it is mended. `prepare` makes ready what the house
 * needs before it is told; with an issue it is not.
 */
export function houseSource(path: string, clock: Clock, prepare: (house: House) => Promise<Issue | null>): Source {
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
      const parsed = parseHouse(text.value, path);
      if (!parsed.ok) return settle(brokenHouse(path, parsed.error[0]), null);
      const house = createHouse(parsed.value);
      const lack = await prepare(house);
      if (isClosed) return;
      if (lack !== null) {
        // What is missing is in another file: it is tried again with the next look.
        known = UNREAD;
        return settle(unpreparedHouse(path, lack), null);
      }
      settle(null, `the house file ${path} is in order again`);
      emit({ type: 'house-changed', at: clock.now(), house, file: path });
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

function unpreparedHouse(path: string, { message, place, cure }: Issue): Issue {
  const where = place === undefined ? '' : `${formatPlace(place)}: `;
  const text = `${path} was changed, and the house stays as it was: ${where}${message}`;
  return { severity: 'warning', message: text, ...(cure === undefined ? {} : { cure }) };
}

function brokenHouse(path: string, first: Issue | undefined): Issue {
  const place = first?.place === undefined ? path : formatPlace(first.place);
  const message = `the house file is broken, and the house stays as it was: ${place}: ${first?.message ?? 'it has errors'}`;
  return { severity: 'warning', message, cure: `${first?.cure ?? 'Mend it'}.` };
}
