import { availabilitiesOf, type House, labelOf, snapshotTopicOf, userOfClient } from '../../house/house.ts';
import type { ClientConfig } from '../../house/schema.ts';
import type { AccessNeed } from './input.ts';

/** What the devices of a house must be allowed: to publish values, feedback and wills, to read their commands. */
export function needsOfDevices(house: House): readonly AccessNeed[] {
  return [...house.clients].flatMap(([id, client]) => needsOfClient(house, id, client));
}

function needsOfClient(house: House, id: string, client: ClientConfig): readonly AccessNeed[] {
  const user = userOfClient(house, id);
  const needs: AccessNeed[] = client.publishes.flatMap(served => needsOf(house, user, served));
  // mosquitto takes a will on a denied topic at the login and never publishes it. Where several topics say whether it is
  // there, only the first is its own: the others are those of what it stands behind.
  const [own] = availabilitiesOf(client);
  if (own !== undefined) needs.push({ user, access: 'write', topic: own.topic, purpose: 'its will' });
  return needs;
}

function needsOf(house: House, user: string, served: string): readonly AccessNeed[] {
  const label = `"${labelOf(house, served)}"`;
  // As with a client, the others are those of what it stands behind.
  const [own] = availabilitiesOf(house.saidApart.get(served) ?? {});
  const presence =
    own === undefined
      ? []
      : [{ user, access: 'write' as const, topic: own.topic, purpose: `whether ${label} is there` }];
  return [...needsToSpeak(house, user, served, label), ...presence];
}

function needsToSpeak(house: House, user: string, served: string, label: string): readonly AccessNeed[] {
  const sensor = house.sensors.get(served);
  const word = house.words.get(served);
  if (word !== undefined) {
    const snapshot = snapshotTopicOf(word);
    return [
      { user, access: 'write', topic: word.topic, purpose: `the word ${label}` },
      ...(snapshot === null
        ? []
        : [{ user, access: 'write' as const, topic: snapshot, purpose: `the picture of ${label}` }]),
    ];
  }
  if (sensor !== undefined) return [{ user, access: 'write', topic: sensor.topic, purpose: `the value ${label}` }];
  const toggle = house.switches.get(served);
  if (toggle === undefined) return [];
  return [
    { user, access: 'read', topic: toggle.command, purpose: `the command of ${label}` },
    ...(toggle.feedback === undefined
      ? []
      : [{ user, access: 'write' as const, topic: toggle.feedback, purpose: `the feedback of ${label}` }]),
  ];
}
