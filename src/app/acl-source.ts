import type { Issue } from '../core/issue.ts';
import { parseAclFile } from '../core/mosquitto/acl-file.ts';
import type { Clock, Timer } from '../io/clock.ts';
import { fileVersion, readTextFile } from '../io/text-file.ts';
import type { Source } from './session.ts';

/** How soon a changed file is noticed, ms. */
const LOOK_MS = 2_000;

/** The access control list of `--acl FILE`: read now, and again whenever the file has changed. */
export function aclSource(path: string, clock: Clock): Source {
  return emit => {
    let version = fileVersion(path);
    const read = (): void => {
      const text = readTextFile(path);
      const at = clock.now();
      if (text.ok) emit({ type: 'acl-read', at, acl: parseAclFile(text.value, path) });
      else {
        emit({ type: 'acl-read', at, acl: null });
        emit({ type: 'issue-found', at, issue: unreadable(path, text.error.why) });
      }
    };
    read();
    let timer: Timer = clock.after(LOOK_MS, look, { isBackground: true });
    function look(): void {
      timer = clock.after(LOOK_MS, look, { isBackground: true });
      const next = fileVersion(path);
      if (next === version) return;
      version = next;
      read();
    }
    return { close: () => timer.cancel() };
  };
}

function unreadable(file: string, why: string): Issue {
  const message = `the ACL file cannot be read: ${why}`;
  const cure = 'Give your user the right to read it, or start without --acl.';
  return { severity: 'warning', message, place: { file }, cure };
}
