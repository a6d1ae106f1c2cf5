import { cleanText } from '../../core/clean-text.ts';
import type { AclPlan } from '../../core/mosquitto/edit/acl-edit.ts';
import { fail, type Result } from '../../core/result.ts';
import { shownWord } from '../../core/to-copy.ts';
import type { RightRequest } from '../../ui/state/app-state.ts';

/** The file as it will be, for who only wants to try it. */
export async function planChange(content: Uint8Array | null, request: RightRequest): Promise<Result<AclPlan, string>> {
  const { planAcl } = await import('../../core/mosquitto/edit/acl-edit.ts');
  return judged(planAcl(content ?? new Uint8Array(), request.file, { ...request, action: 'allow' }), request);
}
/** A plan that is fit for a question of a few rows: it changes this one right. */
export function judged(
  plan: Result<AclPlan, { readonly message: string; readonly cure: string }>,
  request: RightRequest,
): Result<AclPlan, string> {
  if (!plan.ok) return fail(`${plan.error.message}. ${plan.error.cure}`);
  const { edits, others } = plan.value;
  if (edits.length === 0)
    return fail(`${cleanText(request.file)} allows it already; the broker may not have read it yet`);
  if (others.length === 0) return plan;
  return fail(`It takes more than this one right. This lists all of it: ${commandOf(request)} --dry-run`);
}

/** Why it cannot be written from here, with what to type. */
export function unchangeable(request: RightRequest, why: string): Result<never, string> {
  return fail(`${cleanText(request.file)} cannot be changed: ${why}. In a shell: sudo ${commandOf(request)}`);
}

/** The same on the command line. */
function commandOf({ user, access, topic, file }: RightRequest): string {
  const words = ['hometui', 'acl', 'allow', file, '--user', user, '--access', access, '--topic', topic];
  return words.map(shownWord).join(' ');
}
