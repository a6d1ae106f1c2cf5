import { cleanText } from '../../core/clean-text.ts';
import { mayDoEverything, rightOfUser } from '../../core/home/access/users.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Page, RightRequest } from '../state/app-state.ts';
import { userAt } from '../state/move-page.ts';

/** The right that is chosen, to be given by a line of the ACL file; or why that is not done from here, one sentence. */
export function requestOfRight(page: Page & { screen: 'users' }, home: HomeState): Result<RightRequest, string> {
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
