import { DEFAULT_CADENCE_S, type House, labelOf, userOfClient } from '../house/house.ts';

/** A value that a device publishes. */
interface DeviceValue {
  readonly id: string;
  readonly label: string;
  readonly topic: string;
  /** Whether the value stands in a JSON document with others. */
  readonly isInJson: boolean;
  /** Digits behind the point. */
  readonly decimals: number;
}

/** A relay that a device switches. */
interface DeviceRelay {
  readonly id: string;
  readonly label: string;
  readonly command: string;
  readonly feedback: string;
  readonly on: string;
  readonly off: string;
  readonly isInJson: boolean;
}

/** All that a device needs to know to live in a house. */
export interface DeviceAccess {
  /** The client's id in the house file, and its MQTT client identifier. */
  readonly id: string;
  readonly user: string;
  /** `null`: not known here, only its hash is. */
  readonly password: string | null;
  readonly host: string;
  readonly port: number;
  /** Whether it seals its payloads. */
  readonly isSealed: boolean;
  /** With which key, 64 hexadecimal digits; `null` where it does not. */
  readonly sealKey: string | null;
  /** ms between two rounds of values. */
  readonly everyMs: number;
  readonly values: readonly DeviceValue[];
  readonly relays: readonly DeviceRelay[];
  /** Where it and its will say whether it is there; `null` where the house has no such topic, or wants JSON there. */
  readonly availability: { readonly topic: string; readonly online: string; readonly offline: string } | null;
}

/** Where the broker is, and the passwords that are known. */
export interface BrokerAccess {
  readonly host: string;
  readonly port: number;
  readonly passwords: ReadonlyMap<string, string>;
  /** Of the clients that seal, 64 hexadecimal digits each. */
  readonly sealKeys: ReadonlyMap<string, string>;
}

/** What each client of the house needs, in their order. */
export function deviceAccesses(house: House, broker: BrokerAccess): readonly DeviceAccess[] {
  return [...house.clients].map(([id, client]) => {
    const { availability } = client;
    const user = userOfClient(house, id);
    return {
      ...{ id, user, password: broker.passwords.get(user) ?? null, host: broker.host, port: broker.port },
      isSealed: client.sealed === true,
      sealKey: client.sealed === true ? (broker.sealKeys.get(id) ?? null) : null,
      everyMs: (house.config.cadence ?? DEFAULT_CADENCE_S) * 1_000,
      values: client.publishes.flatMap(served => servedValue(house, served)),
      relays: client.publishes.flatMap(served => servedRelay(house, served)),
      availability:
        availability === undefined || availability.path !== undefined
          ? null
          : {
              topic: availability.topic,
              online: availability.online?.[0] ?? 'online',
              offline: availability.offline?.[0] ?? 'offline',
            },
    };
  });
}

function servedValue(house: House, id: string): readonly DeviceValue[] {
  const sensor = house.sensors.get(id);
  if (sensor === undefined) return [];
  const { topic, path, decimals = 1 } = sensor;
  return [{ id, label: labelOf(house, id), topic, isInJson: path !== undefined, decimals }];
}

function servedRelay(house: House, id: string): readonly DeviceRelay[] {
  const toggle = house.switches.get(id);
  if (toggle?.kind !== 'switch' || toggle.feedback === undefined) return [];
  const { command, feedback, on, off, path, answers, template } = toggle;
  // A device that answers in other words is one with a program of its own.
  const isInJson =
    template !== undefined || path !== undefined || answers?.on !== undefined || answers?.off !== undefined;
  return [{ id, label: labelOf(house, id), command, feedback, on, off, isInJson }];
}
