import type { DeviceDescription, DeviceName, RelayId } from './device-description.ts';
import type { Fault } from './fault.ts';
import { createRandom, type Random, seedFor } from './random.ts';
import { createRoom, type Relays, type Room } from './room.ts';

/** A simulated device: what it is, what is wrong with it, and how fast its time runs. */
export interface Device {
  readonly description: DeviceDescription;
  readonly faults: readonly Fault[];
  /** How many seconds of the model pass in one second of the clock. What the device does at once stays as quick as it is. */
  readonly speed: number;
}

/** A command that was heard and is not answered yet. */
export interface PendingCommand {
  readonly relay: RelayId;
  readonly payload: string;
  readonly isRetained: boolean;
  /** By which a sealed command is answered. */
  readonly sealId?: string;
  readonly heardAtMs: number;
  readonly dueAtMs: number;
}

/** Where a device stands. All times are milliseconds of the model since its start. */
export interface DeviceState {
  readonly elapsedMs: number;
  readonly room: Room;
  readonly relays: Relays;
  /** Whether the thermostat of a boiler that short-cycles has switched its burner off, and will switch it on again. */
  readonly isBurnerResting: boolean;
  readonly isConnected: boolean;
  readonly nextReadingsAtMs: number;
  readonly pending: readonly PendingCommand[];
}

/** What reaches a device from outside. Payloads are the text of the bytes. */
export type DeviceInput =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | {
      readonly kind: 'command';
      readonly topic: string;
      readonly payload: string;
      readonly isRetained: boolean;
      readonly sealId?: string;
    };

/** What a device publishes, with QoS 0 and not retained. */
export interface DeviceMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  /** The sealed command that it answers. */
  readonly sealId?: string;
}

/** How a command ended: only `obeyed` moved the relay to where the command wanted it. */
export type CommandOutcome = 'obeyed' | 'not-understood' | 'locked-out' | 'stuck' | 'silent';

/** What a device did that a person beside it would notice. */
export type DeviceEvent =
  | {
      readonly kind: 'command-handled';
      readonly relay: RelayId;
      readonly payload: string;
      readonly isRetained: boolean;
      readonly outcome: CommandOutcome;
      /** The state that the relay has now. */
      readonly isOn: boolean;
      /** From the command to the answer, in milliseconds of the clock. */
      readonly afterMs: number;
    }
  | { readonly kind: 'burner-locked-out'; readonly flow: number }
  | { readonly kind: 'burner-released'; readonly flow: number }
  | { readonly kind: 'fault-began'; readonly fault: Fault };

/** The outcome of one step. */
export interface DeviceStep {
  readonly state: DeviceState;
  readonly messages: readonly DeviceMessage[];
  readonly events: readonly DeviceEvent[];
}

/** Where a device's chance comes from; streams of their own, so that a command does not change the weather. */
export interface DeviceRandom {
  readonly house: Random;
  readonly chip: Random;
  readonly timing: Random;
}

/** The streams of one device under one seed. */
export function createDeviceRandom(seed: number, name: DeviceName): DeviceRandom {
  return {
    house: createRandom(seedFor(seed, `${name}/house`)),
    chip: createRandom(seedFor(seed, `${name}/chip`)),
    timing: createRandom(seedFor(seed, `${name}/timing`)),
  };
}

/** In the evening: the heating runs, the cellar is shut. */
const START_TIME_OF_DAY_MS = 18 * 3_600_000;

/** A device before its first connection; the house was running: pump and burner are on, the fan is off. */
export function createDeviceState(name: DeviceName, timeOfDayMs = START_TIME_OF_DAY_MS): DeviceState {
  return {
    elapsedMs: 0,
    room: createRoom(name, timeOfDayMs),
    relays: { pump: true, burner: true, fan: false },
    isBurnerResting: false,
    isConnected: false,
    nextReadingsAtMs: Number.POSITIVE_INFINITY,
    pending: [],
  };
}

/** When this device next has something to do by itself, in milliseconds of the model since its start; infinity: never. */
export function nextDueAtMs(state: DeviceState): number {
  return Math.min(state.nextReadingsAtMs, ...state.pending.map(command => command.dueAtMs));
}
