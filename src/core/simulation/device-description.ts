import { DEFAULT_CADENCE_S } from '../house/house.ts';
import type { HouseConfig } from '../house/schema.ts';

/** The devices that can be simulated, by the client names of the default house. */
export const deviceNames = ['heating', 'dhtclient'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** What the simulated devices measure, by the ids of the default house. */
export type Quantity = 'flow' | 'return' | 'temperature' | 'humidity';
/** What they switch, by the ids of the default house. */
export type RelayId = 'pump' | 'burner' | 'fan';

/** What each device is wired to. */
const WIRING = {
  heating: { quantities: ['flow', 'return'], relays: ['pump', 'burner'] },
  dhtclient: { quantities: ['temperature', 'humidity'], relays: ['fan'] },
} as const satisfies Record<DeviceName, { quantities: readonly Quantity[]; relays: readonly RelayId[] }>;

/** A sensor of a device and where its readings go. */
interface DeviceSensor {
  readonly quantity: Quantity;
  readonly topic: string;
}

/** A relay of a device: where its commands come from, where its answers go, and the words of the answers. */
export interface DeviceRelay {
  readonly id: RelayId;
  readonly command: string;
  readonly feedback: string;
  readonly on: string;
  readonly off: string;
}

/** All that a simulated device needs to know of the house it stands in. */
export interface DeviceDescription {
  readonly name: DeviceName;
  /** The MQTT user it logs in as. */
  readonly user: string;
  /** Milliseconds between two rounds of readings. */
  readonly cadenceMs: number;
  readonly sensors: readonly DeviceSensor[];
  readonly relays: readonly DeviceRelay[];
}

/** Whether a name is that of a device that can be simulated. */
export function isDeviceName(name: string): name is DeviceName {
  return deviceNames.some(known => known === name);
}

/**
 * A device as a house file describes it. Sensors and switches are found by their ids in the default house; what the
 * file does not have, the device does not publish and does not listen to.
 */
export function describeDevice(name: DeviceName, house: HouseConfig): DeviceDescription {
  const { quantities, relays } = WIRING[name];
  const client = house.clients[name];
  return {
    name,
    user: client?.user ?? name,
    cadenceMs: (house.cadence ?? DEFAULT_CADENCE_S) * 1_000,
    sensors: quantities.flatMap(quantity => {
      const sensor = house.sensors[quantity];
      return sensor === undefined ? [] : [{ quantity, topic: sensor.topic }];
    }),
    relays: relays.flatMap(id => {
      const found = house.switches[id];
      if (found?.feedback === undefined) return [];
      return [{ id, command: found.command, feedback: found.feedback, on: found.on, off: found.off }];
    }),
  };
}
