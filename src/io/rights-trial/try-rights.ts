import type { Spot, TrialSeen } from '../../core/mosquitto/trial/judge.ts';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Clock } from '../clock.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { openTrialLink, type TrialLink } from './client.ts';

/** What is tried on a running broker. */
export interface RightsTrial {
  /** Who logs in, each user once. */
  readonly logins: readonly LinkOptions[];
  /** Topic names that everybody subscribes to. */
  readonly topics: readonly string[];
  /** What is published, once each, with QoS 1 and not retained. Empty on a broker with devices that would obey. */
  readonly writes: readonly Spot[];
  readonly payload: string;
  /** How long to listen for what others say, ms; 0 where only what is published here counts. */
  readonly listenMs: number;
  readonly clock: Clock;
}

/**
 * Tries on a running broker who may do what: everybody subscribes to everything, then each of `writes` is published, then
 * what others say is listened to. Leaves nothing behind: sessions are clean and nothing is retained. Never rejects; who
 * cannot log in is told in the result.
 */
export async function tryRights(trial: RightsTrial): Promise<TrialSeen> {
  const { clock } = trial;
  const heard = new Map<string, Spot>();
  const witnesses = new Map<string, string | null>();
  let isWindowOpen = false;
  const links = await Promise.all(
    trial.logins.map(options =>
      openTrialLink(options, clock, (topic, isRetained) => {
        const { user } = options.session;
        heard.set(JSON.stringify([user, topic]), { user, topic });
        // What came before all had subscribed, or while they were leaving, some may have missed; what is retained, nobody.
        if ((isWindowOpen || isRetained) && !witnesses.has(topic)) witnesses.set(topic, user);
      }),
    ),
  );
  const fence = (): Promise<unknown> => Promise.all(links.map(link => link.fence()));
  const refused = (await Promise.all(links.map(link => subscribeAll(link, trial.topics)))).flat();
  await fence();
  isWindowOpen = true;
  const published = await publishAll(links, trial);
  if (trial.listenMs > 0) await new Promise<void>(resolve => clock.after(trial.listenMs, resolve));
  // Our own messages are with everybody behind the first fence; for what comes behind it nobody is asked any more.
  await fence();
  isWindowOpen = false;
  await fence();
  const absent = links.flatMap(({ user, failure }) => {
    const why = failure();
    return why === null ? [] : [{ user, why }];
  });
  await Promise.all(links.map(link => link.close()));
  return { absent, refused, published, heard: [...heard.values()], witnesses };
}

async function subscribeAll(
  link: TrialLink,
  topics: readonly string[],
): Promise<readonly (Spot & { readonly code: number })[]> {
  const { user } = link;
  const answers = await Promise.all(topics.map(async topic => ({ user, topic, code: await link.subscribe(topic) })));
  return answers.flatMap(({ code, ...spot }) =>
    code !== null && code >= ReasonCode.unspecifiedError ? [{ ...spot, code }] : [],
  );
}

/** One message of each user at a time: a broker tells how many it takes at once, and twenty is usual. */
async function publishAll(
  links: readonly TrialLink[],
  { writes, payload }: RightsTrial,
): Promise<TrialSeen['published']> {
  const ofLink = async (link: TrialLink): Promise<TrialSeen['published']> => {
    const published: (Spot & { readonly code: number | null })[] = [];
    for (const { user, topic } of writes.filter(spot => spot.user === link.user)) {
      published.push({ user, topic, code: await link.publish(topic, payload) });
    }
    return published;
  };
  return (await Promise.all(links.map(ofLink))).flat();
}
