import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { type AclPlan, type AclRequest, planAcl } from '../../core/mosquitto/edit/acl-edit.ts';
import { shownWord } from '../../core/to-copy.ts';
import { changeFile, readForChange } from '../../io/files/change-file.ts';
import type { Arguments } from '../args/parse.ts';
import { failureOfChange } from '../files/broker-file.ts';
import { print } from '../stdio/output.ts';
import { aclChangeText } from './change-report.ts';
import { readSoundAcl } from './files.ts';

/** `hometui acl allow|deny|revoke FILE`: the smallest change that makes the decision so, and all that it changes. */
export async function editAcl(
  action: AclRequest['action'],
  file: string,
  { flags }: Arguments,
  world: World,
): Promise<ExitCode> {
  const { user, access, topic } = flags;
  if (user === undefined || access === undefined || topic === undefined) {
    const cure = `As in: hometui acl ${action} ${shownWord(file)} --user monitor --access write --topic cellar/fan`;
    throw new Failure(ExitCode.usage, `acl ${action} needs --user, --access and --topic`, cure);
  }
  const request: AclRequest = { action, user, access, topic };
  // What the broker refuses is told with its lines, and nothing is built on it.
  readSoundAcl(file);
  const isPlan = flags.dryRun === true;
  const plan = isPlan ? planOnly(file, request) : carryOut(file, request);
  await print(world.stdout, cleanLines(aclChangeText(plan, request, isPlan)));
  return ExitCode.ok;
}

function planOnly(file: string, request: AclRequest): AclPlan {
  const content = readForChange(file);
  if (!content.ok) throw failureOfChange(file, content.error);
  return soundPlan(content.value, file, request);
}

function carryOut(file: string, request: AclRequest): AclPlan {
  const changed = changeFile(file, content => {
    const plan = soundPlan(content, file, request);
    return { content: plan.edits.length === 0 ? null : plan.content, value: plan };
  });
  if (changed.ok) return changed.value;
  throw failureOfChange(file, changed.error);
}

/** Throws a `Failure` (64) where there is no such plan. */
function soundPlan(content: Uint8Array | null, file: string, request: AclRequest): AclPlan {
  const plan = planAcl(content ?? new Uint8Array(), file, request);
  if (plan.ok) return plan.value;
  throw new Failure(ExitCode.usage, plan.error.message, plan.error.cure);
}
