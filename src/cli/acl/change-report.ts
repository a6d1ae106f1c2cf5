import type { Extent } from '../../core/mosquitto/access-table.ts';
import { quote } from '../../core/mosquitto/acl-line.ts';
import { type AclPlan, type AclRequest, accessesOf } from '../../core/mosquitto/edit/acl-edit.ts';
import { type Effect, extentOn } from '../../core/mosquitto/edit/acl-effect.ts';
import { diffOf } from '../../core/mosquitto/edit/line-edit.ts';

/** How the broker comes to know of another ACL. */
export const RELOAD = 'The broker decides by it after a reload: sudo systemctl reload mosquitto\n';

/** What is changed in the file, the decision before and after, and what else changes; with `isPlan` what would be. */
export function aclChangeText(plan: AclPlan, request: AclRequest, isPlan: boolean): string {
  const { before, after, edits, others } = plan;
  const decisions = accessesOf(request).map(access => {
    const [was, is] = [before, after].map(acl => extentOn(acl, request.user, access, request.topic));
    const what = `${quote(request.user)} may ${access} ${quote(request.topic)}`;
    return `${what}: ${extentWord(was)} before, ${extentWord(is)} ${isPlan ? 'then' : 'now'}\n`;
  });
  if (edits.length === 0)
    return `${decisions.join('').replace(/: (\w+) before.*/g, ': $1')}Nothing is to be changed.\n`;
  const lines = diffOf(before.lines, edits).map(line => `  ${line}\n`);
  const besides = others.map(effect => `  ${effectText(effect, request.user, isPlan)}\n`);
  const tail = besides.length === 0 ? 'Nothing else changes.\n' : `Besides:\n${besides.join('')}`;
  const head = `${isPlan ? 'Would change' : 'Changed'} ${before.file}:\n`;
  return `${head}${lines.join('')}${decisions.join('')}${tail}${isPlan ? '' : RELOAD}`;
}

function extentWord(extent: Extent | undefined): string {
  if (extent === 'all') return 'yes';
  return extent === 'none' ? 'no' : 'in part';
}

function effectText({ access, topic, before, after, isWhole }: Effect, user: string, isPlan: boolean): string {
  const verb = verbOf(before, after, isPlan);
  const part = isWhole ? '' : ', but for what other lines say';
  const clients = before === 'some' || after === 'some' ? ', with some client identifiers' : '';
  return `${quote(user)} ${verb} ${access} ${quote(topic)}${part}${clients}`;
}

function verbOf(before: Extent, after: Extent, isPlan: boolean): string {
  const rank: Readonly<Record<Extent, number>> = { none: 0, some: 1, all: 2 };
  if (rank[after] > rank[before]) return isPlan ? 'could then' : 'may now';
  if (rank[after] < rank[before]) return isPlan ? 'could no longer' : 'may no longer';
  return isPlan ? 'could otherwise' : 'may otherwise';
}
