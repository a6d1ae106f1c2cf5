import { assertNever } from '../../core/assert-never.ts';
import { cleanText } from '../../core/clean-text.ts';
import { mayDoEverything, rightOfUser } from '../../core/home/access/users.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import {
  type AllowDialog,
  type AppContext,
  type AppState,
  type AppStep,
  type Page,
  type RightNews,
  type RightPlan,
  type RightRequest,
  topPage,
} from '../state/app-state.ts';
import { notice, stay } from '../state/app-step.ts';
import { userAt } from '../state/move-page.ts';

/** The right that is chosen on the list of users, or why it cannot be given here. */
export function askForRight(state: AppState, context: AppContext): AppStep {
  const page = topPage(state);
  if (page.screen !== 'users') return stay(state);
  const asked = requestOfRight(page, context.home);
  if (!asked.ok) return notice(state, context, asked.error);
  return { state, commands: [{ type: 'plan-right', request: asked.value }] };
}

/** First it is tried; only where that cannot be is it written without. What is tried can be broken off. */
export function answerRight(state: AppState, dialog: AllowDialog, isYes: boolean, context: AppContext): AppStep {
  const closed = { ...state, dialog: null };
  const { stage } = dialog;
  const plan = planOf(dialog);
  switch (stage.kind) {
    case 'asked': {
      if (!isYes) return notice(closed, context, LEFT);
      const trying: AllowDialog = { ...dialog, stage: { kind: 'trying', says: '' } };
      return { state: { ...state, dialog: trying }, commands: [{ type: 'try-right', plan }] };
    }
    case 'trying':
      if (isYes) return stay(state);
      return { ...notice(closed, context, LEFT), commands: [{ type: 'stop-trying' }] };
    case 'untried':
      return isYes ? write(state, plan, null) : notice(closed, context, LEFT);
    case 'writing':
      return stay(state);
    case 'said':
      return stay(closed);
    default:
      return assertNever(stage);
  }
}

const LEFT = 'The ACL file was left as it is';

/** What is heard of it; nothing is written for a question that is no longer there. */
export function takeRightNews(state: AppState, news: RightNews, context: AppContext): AppStep {
  const { dialog } = state;
  const isOpen = dialog !== null && 'stage' in dialog;
  if (!isOpen) return news.kind === 'said' ? notice(state, context, news.text) : stay(state);
  const isTrying = dialog.stage.kind === 'trying';
  if (news.kind === 'proven') return isTrying ? write(state, planOf(dialog), news.says) : stay(state);
  if (!isTrying && news.kind !== 'said') return stay(state);
  return stay({ ...state, dialog: { ...dialog, stage: news } });
}

function write(state: AppState, plan: RightPlan, proof: string | null): AppStep {
  const dialog: AllowDialog = { ...plan, stage: { kind: 'writing' } };
  return { state: { ...state, dialog }, commands: [{ type: 'allow-right', plan, proof }] };
}

function planOf({ request, diff, after }: AllowDialog): RightPlan {
  return { request, diff, after };
}

/** The right that is chosen, to be given by a line of the ACL file; or why that is not done from here, one sentence. */
function requestOfRight(page: Page & { screen: 'users' }, home: HomeState): Result<RightRequest, string> {
  const { acl, session } = home;
  const { access } = page;
  const { user, topic } = userAt(page.focus, home);
  if (topic === null) return fail('Choose a topic below the user first, with the arrow keys');
  if (acl === null) return fail('The ACL file is not known here: start with --acl FILE');
  const decision = rightOfUser(home, user, access, topic.topic);
  if (decision?.allowed === true) return fail(`${nameOf(user)} may ${access} ${cleanText(topic.topic, 60)} already`);
  if (user === null) return fail('A line for clients without a name is written before the first user line, by hand');
  if (decision?.reason === 'broker') return fail('No line can allow it: the broker keeps this topic to itself');
  if (!mayDoEverything(home, acl)) {
    return fail(
      `Rights are given here by a user who may do everything; ${nameOf(session.user)} may not. The line is below`,
    );
  }
  return ok({ user, access, topic: topic.topic, file: acl.file });
}

function nameOf(user: string | null): string {
  return user === null ? 'A client without a name' : cleanText(user, 40);
}
