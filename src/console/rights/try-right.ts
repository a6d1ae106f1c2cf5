import { rehearseAcl } from '../../app/setup/rehearse-acl.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { House } from '../../core/house/house.ts';
import { contraryText, isContrary, trialSummary } from '../../core/mosquitto/trial/judge.ts';
import { findMosquitto } from '../../io/broker-setup/mosquitto-program.ts';
import type { Clock } from '../../io/clock.ts';
import { digest } from '../../io/file-set/journal.ts';
import { readForChange } from '../../io/files/change-file.ts';
import type { RightNews, RightPlan } from '../../ui/state/app-state.ts';
import { planChange } from './plan-right.ts';

/** What a trial of rights needs of the world. */
export interface DeskWorld {
  readonly house: House;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Where programs are looked for, as in PATH. */
  readonly searchPath: string;
}

type Outcome = Exclude<RightNews, { kind: 'trying' }>;

/** Tries the ACL file as it will be on a mosquitto of its own: who may do what with the topics of the house. */
export async function tryRight(
  { request, after }: RightPlan,
  { house, clock, random, searchPath }: DeskWorld,
  onProgress: (says: string) => void,
  stopped: AbortSignal,
): Promise<Outcome> {
  const content = readForChange(request.file);
  const plan = content.ok ? await planChange(content.value, request) : null;
  if (plan?.ok !== true || digest(plan.value.content) !== after) {
    return {
      kind: 'said',
      isGood: false,
      command: null,
      text: `${cleanText(request.file)} was changed meanwhile: look again`,
    };
  }
  const program = findMosquitto(null, searchPath);
  if (program === null) return { kind: 'untried', why: 'no mosquitto is installed on this machine' };
  const name = `mosquitto ${program.release}`;
  onProgress(`Starting a ${name} on loopback`);
  const tried = await rehearseAcl({
    ...{ acl: plan.value.content, request, house, program, clock, random, stopped },
    onStarted: (users, topics) => onProgress(`Trying ${users} users on ${topics} topics, with ${name}`),
  });
  if (!tried.ok && tried.error.exitCode === null) {
    return { kind: 'untried', why: `${name} did not come up within 10 s` };
  }
  if (!tried.ok) {
    const said = tried.error.said
      .trim()
      .split('\n')
      .slice(-2)
      .map(line => cleanText(line, 200));
    const text = `${name} does not start with it, and nothing was written. It says: ${said.join(' ')}`;
    return { kind: 'said', isGood: false, command: null, text };
  }
  const { answers, absent } = tried.value;
  const [contrary] = answers.filter(isContrary);
  if (contrary !== undefined) {
    return { kind: 'said', isGood: false, command: null, text: `Nothing was written: ${contraryText(contrary)}` };
  }
  if (absent !== null) return { kind: 'untried', why: absent };
  return { kind: 'proven', says: `${name}, ${trialSummary(answers)}` };
}
