import type { Issue } from '../../core/issue.ts';
import { maskAddress } from '../../core/mask-secrets.ts';
import { type AclFile, parseAclFile } from '../../core/mosquitto/acl-file.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { cureOfUnreadable } from '../../io/files/file-facts.ts';
import { type FileFault, fileVersion, readTextFile } from '../../io/files/text-file.ts';
import type { Source } from '../session.ts';

/** How soon a changed file is noticed, ms. */
const LOOK_MS = 2_000;

/** The access control list of `--acl FILE`: read now, and again whenever the file has changed. */
export function aclSource(path: string, clock: Clock): Source {
  return emit => {
    let version = fileVersion(path);
    let told: Issue | null = null;
    const read = (): void => {
      const text = readTextFile(path);
      const at = clock.now();
      const acl = text.ok ? parseAclFile(text.value, path) : null;
      emit({ type: 'acl-read', at, acl });
      const issue = text.ok ? refusalOf(acl) : unreadable(path, text.error);
      if (told !== null && told.message !== issue?.message) {
        const news = issue === null ? `the ACL file ${path} is in order now` : null;
        emit({ type: 'issue-settled', at, issue: told, news });
      }
      if (issue !== null) emit({ type: 'issue-found', at, issue });
      told = issue;
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

/** A file that mosquitto does not take: it is told while the broker still has the one before. */
function refusalOf(acl: AclFile | null): Issue | null {
  const first = acl?.issues.find(issue => issue.severity === 'error');
  if (acl === null || first === undefined) return null;
  const line = first.place?.line;
  const message = `the ACL file ${acl.file}${line === undefined ? '' : `:${line}`} is broken: ${first.message}`;
  const cure = 'Mend it before the next reload (SIGHUP): with it the broker runs without any access control.';
  return { severity: 'warning', message, cure };
}

function unreadable(file: string, fault: FileFault): Issue {
  // An address that was typed in the wrong place may hold a password.
  const message = `the ACL file ${maskAddress(file)} cannot be read: ${fault.why}`;
  const cure = cureOfUnreadable(fault, file, 'Check the path behind --acl.');
  return { severity: 'warning', message, cure };
}
