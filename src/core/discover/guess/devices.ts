import { readAvailability } from '../../house/availability-word.ts';
import { wordsOfName } from '../document.ts';
import type { LogFacts } from '../log-facts.ts';
import type { Heard, Seen } from '../observer.ts';
import { deviceOf, type Proposal, type ProposedDevice, stateTopicOf } from '../proposal.ts';

const HERE = /^(?:status|online|lwt|state|availability|available|connected|connection|alive|will|link|mqtt)$/i;
/** Words that also relays and doors say are no sign of a device, unless the topic is called so. */
const PLAIN = /^(?:on|off|true|false|1|0|up|down|active|inactive|running|stopped)$/i;
const CALLED_SO = /^(?:online|lwt|availability|available|connected|connection|alive|will)$/i;
/** Last levels under which one device publishes its documents. */
const OF_DEVICE = /^(?:SENSOR|STATE|RESULT|state|status|data|values|sensor|telemetry|tele)$/;

/** Whether a topic is where a client, or its will, says whether it is there. */
export function isAvailability({ topic, texts }: Heard): boolean {
  const level = topic.split('/').at(-1) ?? '';
  if (!HERE.test(level) || !topic.includes('/') || texts.length === 0) return false;
  return texts.every(text => {
    if (PLAIN.test(text) && !CALLED_SO.test(level)) return false;
    return readAvailability(new TextEncoder().encode(text), { topic })?.meaning != null;
  });
}

/** Proposals that nobody has told the device of, each with the one that most likely serves it, and these devices. */
export function guessDevices(
  proposals: readonly Proposal[],
  seen: Seen,
  log: LogFacts,
): { readonly proposals: readonly Proposal[]; readonly devices: readonly ProposedDevice[] } {
  const devices = new Map<string, ProposedDevice>();
  const places = placesOf(seen);
  const placed = proposals.map((proposal): Proposal => {
    const topic = topicOf(proposal);
    if (proposal.device !== null) return proposal;
    const user = log.whoPublishes(stateTopicOf(proposal.found) ?? topic);
    const root = rootOf(topic, proposal);
    if (user === null && root === null) return proposal;
    const key = user === null ? `root ${root}` : `user ${user}`;
    const evidence =
      user === null
        ? [`supposed: what begins with ${root}/ is taken for one device, and its user to be called as it`]
        : [`by the broker's log ${user} publishes these`];
    if (!devices.has(key)) {
      const label = user ?? wordsOfName(root?.split('/').at(-1) ?? '');
      devices.set(key, deviceOf({ key, label, user, evidence, availabilities: places.get(root ?? '') ?? [] }));
    }
    return { ...proposal, device: key };
  });
  return { proposals: placed, devices: [...devices.values()] };
}

function topicOf({ found }: Proposal): string {
  return 'command' in found ? found.command : found.topic;
}

/** What comes before the last level; a document is a device's own, and so is its topic. */
function rootOf(topic: string, { found }: Proposal): string | null {
  const levels = topic.split('/');
  const last = levels.at(-1) ?? '';
  const isOwn = 'path' in found && found.path !== undefined && !OF_DEVICE.test(last) && levels.length > 1;
  const depth = /^(?:set|cmd|command|state|value)$/.test(last) && levels.length > 2 ? 2 : 1;
  const root = isOwn ? topic : levels.slice(0, -depth).join('/');
  return root === '' ? null : root;
}

/** The first topic below each root on which a device says whether it is there. */
function placesOf({ topics }: Seen): ReadonlyMap<string, ProposedDevice['availabilities']> {
  const places = new Map<string, ProposedDevice['availabilities']>();
  for (const heard of topics.values()) {
    const root = heard.topic.slice(0, heard.topic.lastIndexOf('/'));
    if (root !== '' && !places.has(root) && isAvailability(heard)) places.set(root, [{ topic: heard.topic }]);
  }
  return places;
}
