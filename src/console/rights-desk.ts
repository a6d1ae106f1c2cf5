import { cleanText } from '../core/clean-text.ts';
import type { AclPlan } from '../core/mosquitto/edit/acl-edit.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { shellWord } from '../core/to-copy.ts';
import type { RightRequest } from '../ui/state/app-state.ts';
import type { RightsDesk } from './console-options.ts';

/** Gives rights by changing the ACL file, as `hometui acl allow` does. What that takes is loaded when it is asked for. */
export const rightsDesk: RightsDesk = {
  plan: async request => {
    const { whyUnwritable, readForChange } = await import('../io/files/change-file.ts');
    const content = readForChange(request.file);
    if (!content.ok) return unchangeable(request, content.error.why);
    const why = whyUnwritable(request.file);
    if (why !== null) return unchangeable(request, why);
    const plan = await planOf(content.value, request);
    if (!plan.ok) return plan;
    const { diffOf } = await import('../core/mosquitto/edit/line-edit.ts');
    return ok(diffOf(plan.value.before.lines, plan.value.edits));
  },
  carryOut: async request => {
    const { changeFile } = await import('../io/files/change-file.ts');
    const { planAcl } = await import('../core/mosquitto/edit/acl-edit.ts');
    const changed = changeFile<Result<AclPlan, string>>(request.file, content => {
      const plan = judged(planAcl(content ?? new Uint8Array(), request.file, { ...request, action: 'allow' }), request);
      return { content: plan.ok && plan.value.edits.length > 0 ? plan.value.content : null, value: plan };
    });
    if (!changed.ok) return unchangeable(request, changed.error.why);
    if (!changed.value.ok) return changed.value;
    return ok(
      `${cleanText(request.file)} lets ${cleanText(request.user, 60)} ${request.access} ${cleanText(request.topic)} now. The broker goes by it after: sudo systemctl reload mosquitto`,
    );
  },
};

async function planOf(content: Uint8Array | null, request: RightRequest): Promise<Result<AclPlan, string>> {
  const { planAcl } = await import('../core/mosquitto/edit/acl-edit.ts');
  return judged(planAcl(content ?? new Uint8Array(), request.file, { ...request, action: 'allow' }), request);
}

/** A plan that is fit for a question of a few rows: it changes this one right. */
function judged(
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

function unchangeable(request: RightRequest, why: string): Result<never, string> {
  return fail(`${cleanText(request.file)} cannot be changed: ${why}. In a shell: sudo ${commandOf(request)}`);
}

/** The same on the command line. */
function commandOf({ user, access, topic, file }: RightRequest): string {
  const words = ['hometui', 'acl', 'allow', file, '--user', user, '--access', access, '--topic', topic];
  return words.map(word => shellWord(word) ?? `"${cleanText(word)}"`).join(' ');
}
