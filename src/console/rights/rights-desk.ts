import { cleanText } from '../../core/clean-text.ts';
import type { AclPlan } from '../../core/mosquitto/edit/acl-edit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import type { RightPlan, RightRequest } from '../../ui/state/app-state.ts';
import type { RightsDesk, Written } from './give-right.ts';
import { judged, planChange, unchangeable } from './plan-right.ts';
import type { DeskWorld } from './try-right.ts';

/** A trial that takes longer tells nothing, ms. */
const TRIAL_LIMIT_MS = 20_000;

/**
 * Gives rights by changing the ACL file, as `hometui acl allow` does, after a trial on a broker of its own. What that takes
 * is loaded when it is asked for.
 */
export function openRightsDesk(world: DeskWorld): RightsDesk {
  let trial: AbortController | null = null;
  return {
    plan,
    attempt: async (wanted, onProgress) => {
      const own = new AbortController();
      trial = own;
      let isLate = false;
      const limit = world.clock.after(TRIAL_LIMIT_MS, () => {
        isLate = !own.signal.aborted;
        own.abort();
      });
      const { tryRight } = await import('./try-right.ts');
      const news = await tryRight(wanted, world, onProgress, own.signal).catch(unstaged);
      limit.cancel();
      if (isLate) return { kind: 'untried', why: `it took longer than ${TRIAL_LIMIT_MS / 1_000} s` };
      return own.signal.aborted ? null : news;
    },
    stop: () => trial?.abort(),
    carryOut,
  };
}

/** The disk for temporary files may be full, or may not be written. */
function unstaged(error: unknown): { readonly kind: 'untried'; readonly why: string } {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  return { kind: 'untried', why: `the folder for temporary files cannot be used: ${fileFaultOf(error).why}` };
}

async function plan(request: RightRequest): Promise<Result<RightPlan, string>> {
  const { whyUnwritable, readForChange } = await import('../../io/files/change-file.ts');
  const content = readForChange(request.file);
  if (!content.ok) return unchangeable(request, content.error.why);
  const why = whyUnwritable(request.file);
  if (why !== null) return unchangeable(request, why);
  const planned = await planChange(content.value, request);
  if (!planned.ok) return planned;
  const { diffOf } = await import('../../core/mosquitto/edit/line-edit.ts');
  const { digest } = await import('../../io/file-set/journal.ts');
  const { before, edits, content: after } = planned.value;
  return ok({ request, diff: diffOf(before.lines, edits), after: digest(after) });
}

async function carryOut({ request, after }: RightPlan, proof: string | null): Promise<Result<Written, string>> {
  const { changeFile } = await import('../../io/files/change-file.ts');
  const { planAcl } = await import('../../core/mosquitto/edit/acl-edit.ts');
  const { digest } = await import('../../io/file-set/journal.ts');
  const changed = changeFile<Result<AclPlan, string>>(request.file, content => {
    const made = judged(planAcl(content ?? new Uint8Array(), request.file, { ...request, action: 'allow' }), request);
    if (!made.ok) return { content: null, value: made };
    if (digest(made.value.content) === after) return { content: made.value.content, value: made };
    return { content: null, value: fail(`${cleanText(request.file)} was changed meanwhile: look again`) };
  });
  if (!changed.ok) return unchangeable(request, changed.error.why);
  if (!changed.value.ok) return changed.value;
  const { user, access, topic, file } = request;
  const tried = proof === null ? 'It was not tried.' : `Tried before: ${proof}.`;
  const text = `${cleanText(file)} lets ${cleanText(user, 60)} ${access} ${cleanText(topic)} now. ${tried} Your broker goes by it after:`;
  return ok({ text, command: 'sudo systemctl reload mosquitto' });
}
