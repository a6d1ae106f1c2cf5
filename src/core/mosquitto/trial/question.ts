import { checkAccess } from '../acl-check.ts';
import type { AclFile } from '../acl-file.ts';
import type { BrokerVersion } from '../broker-version.ts';

/** One question to a running broker, with what its ACL file answers. */
export interface TrialQuestion {
  /** `null` is the client without a name. */
  readonly user: string | null;
  readonly access: 'read' | 'write';
  /** A topic name. */
  readonly topic: string;
  /** What the file says. */
  readonly isAllowed: boolean;
}

/** Who logs in. The client identifier counts in patterns with `%c`. */
export interface TrialClient {
  readonly user: string | null;
  readonly clientId: string;
}

/** Every client × topic × way: what the file says to each, in the order of the topics. */
export function trialQuestions(
  acl: AclFile,
  clients: readonly TrialClient[],
  topics: readonly string[],
  version: BrokerVersion,
): readonly TrialQuestion[] {
  return topics.flatMap(topic =>
    clients.flatMap(({ user, clientId }) =>
      (['read', 'write'] as const).map(access => {
        const isAllowed = checkAccess(acl, { user, clientId, access, topic }, version).allowed;
        return { user, access, topic, isAllowed };
      }),
    ),
  );
}
