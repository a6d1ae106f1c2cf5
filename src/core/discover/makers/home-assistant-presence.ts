import type { Availability } from '../../house/availability-word.ts';
import type { Proposal, ProposedDevice } from '../proposal.ts';

/** An entity, and its device as that entity describes it; `null` where it names none. */
export interface Member {
  readonly proposal: Proposal;
  readonly device: ProposedDevice | null;
}

/**
 * The devices of entities with where all of each say whether they are there. Where one says it on more topics than the
 * others its word is taken for all; where they say it apart, each has topics of its own, and its device those that all share.
 */
export function shareOut(members: readonly Member[]): {
  readonly proposals: readonly Proposal[];
  readonly devices: readonly ProposedDevice[];
} {
  const groups = new Map<string, ProposedDevice[]>();
  for (const { device } of members) {
    if (device !== null) groups.set(device.key, [...(groups.get(device.key) ?? []), device]);
  }
  const devices = new Map([...groups].map(([key, views]) => [key, deviceOf(views)] as const));
  return {
    devices: [...devices.values()],
    proposals: members.map(({ proposal, device }) =>
      device === null ? proposal : withPresence(proposal, device, devices.get(device.key) ?? device),
    ),
  };
}

function deviceOf(views: readonly ProposedDevice[]): ProposedDevice {
  const [first, ...others] = views as readonly [ProposedDevice, ...ProposedDevice[]];
  const whole = views.find(view => views.every(other => saysMore(view, other)));
  if (whole !== undefined) {
    const { availabilities, availabilityMode } = whole;
    return { ...first, availabilities, availabilityMode };
  }
  const said = views.filter(({ availabilities }) => availabilities.length > 0);
  // Of several topics a part tells the same as before only where each of them must say so.
  const canPart = said.every(view => view.availabilities.length === 1 || view.availabilityMode === 'all');
  const shared = [first, ...others].find(({ availabilities }) => availabilities.length > 0)?.availabilities ?? [];
  const common = shared.filter(one => said.every(view => has(view, one)));
  return { ...first, availabilities: canPart ? common : [], availabilityMode: common.length > 1 ? 'all' : 'latest' };
}

/** With its own topics, where its device does not say the same for all. */
function withPresence(proposal: Proposal, view: ProposedDevice, device: ProposedDevice): Proposal {
  if (saysMore(device, view)) return proposal;
  const availabilities = view.availabilities.filter(one => !has(device, one));
  const topics = availabilities.map(({ topic }) => topic).join(', ');
  return {
    ...proposal,
    presence: { availabilities, availabilityMode: view.availabilityMode },
    evidence: [...proposal.evidence, `${topics} says of it alone whether it is there`],
  };
}

/** Whether it says whether it is there wherever another one does, in the same words. */
function saysMore(one: ProposedDevice, { availabilities }: ProposedDevice): boolean {
  return availabilities.every(place => has(one, place));
}

function has({ availabilities }: ProposedDevice, place: Availability): boolean {
  return availabilities.some(one => JSON.stringify(one) === JSON.stringify(place));
}
