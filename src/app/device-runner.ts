import {
  createDeviceRandom,
  createDeviceState,
  type Device,
  type DeviceEvent,
  type DeviceInput,
  type DeviceMessage,
  nextDueAtMs,
} from '../core/simulation/device.ts';
import { createRandom, seedFor } from '../core/simulation/random.ts';
import { stepDevice } from '../core/simulation/step-device.ts';
import type { Clock, Timer } from '../io/clock.ts';
import { type DeviceLinkEvent, type DeviceLinkOptions, openDeviceLink } from '../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../io/mqtt-options/mqtt-options.ts';
import type { DeviceSeal } from '../io/sealed/device-seal.ts';

/** What a running device tells, one thing at a time. Texts from the network are not safe to show as they are. */
export type DeviceReport = Exclude<DeviceLinkEvent, { kind: 'message' }> | DeviceEvent;

export interface DeviceRunnerOptions {
  readonly device: Device;
  /** Where its broker is and who it is there. */
  readonly link: LinkOptions;
  /** The same seed gives the same house. */
  readonly seed: number;
  readonly report: (report: DeviceReport) => void;
  readonly clock: Clock;
  /** With what it seals all that it sends, and opens its commands; nothing for a device that does not. */
  readonly seal?: DeviceSeal;
}

export interface RunningDevice {
  /** Leaves the broker with a DISCONNECT; resolves within 1 s. Nothing is reported afterwards. */
  close(): Promise<void>;
}

/** The device looks up at least this often, so that its safety monitor acts in time. Milliseconds of the clock. */
const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 5;

/** Longer than any command; the rest of a longer payload is not even decoded. */
const LONGEST_COMMAND_BYTES = 1_024;

/** Runs one simulated device against a broker until it is closed. It sleeps until it has something to do. */
export function runDevice(options: DeviceRunnerOptions): RunningDevice {
  const { device, report, clock } = options;
  const random = createDeviceRandom(options.seed, device.description.name);
  let state = createDeviceState(device.description.name);
  let lastAt = clock.monotonicNow();
  let timer: Timer | null = null;
  let isClosed = false;

  const wake = (inputs: readonly DeviceInput[]): void => {
    if (isClosed) return;
    const at = clock.monotonicNow();
    const step = stepDevice(device, state, (at - lastAt) * device.speed, inputs, random);
    lastAt = at;
    state = step.state;
    for (const message of step.messages) link.publish(message.topic, sealed(message, options.seal));
    for (const event of step.events) report(event);
    const sleepMs = (nextDueAtMs(state) - state.elapsedMs) / device.speed;
    timer?.cancel();
    timer = clock.after(Math.max(SHORTEST_SLEEP_MS, Math.min(sleepMs, LONGEST_SLEEP_MS)), () => wake([]));
  };

  const link = openDeviceLink(linkOptions(options), event => {
    if (event.kind !== 'message') report(event);
    const input = toInput(event, options.seal);
    if (input !== null) wake([input]);
  });
  wake([]);
  return {
    close: async () => {
      isClosed = true;
      timer?.cancel();
      await link.close();
    },
  };
}

function linkOptions({ device, link, seed, clock }: DeviceRunnerOptions): DeviceLinkOptions {
  const commands = device.description.relays.map(relay => relay.command);
  return { link, commands, random: createRandom(seedFor(seed, `${device.description.name}/link`)).next, clock };
}

function sealed({ topic, payload, sealId }: DeviceMessage, seal: DeviceSeal | undefined): string | Uint8Array {
  return seal === undefined || typeof payload !== 'string' ? payload : seal.seal(topic, payload, sealId);
}

function toInput(event: DeviceLinkEvent, seal: DeviceSeal | undefined): DeviceInput | null {
  switch (event.kind) {
    case 'connected':
      return { kind: 'connected' };
    case 'disconnected':
    case 'refused':
      return { kind: 'disconnected' };
    case 'subscription-refused':
      return null;
    case 'message': {
      const { topic, isRetained } = event;
      if (seal !== undefined) {
        const opened = seal.open(topic, event.payload);
        if (opened === null) return null;
        return { kind: 'command', topic, payload: opened.value, isRetained, sealId: opened.id };
      }
      const payload = new TextDecoder().decode(event.payload.subarray(0, LONGEST_COMMAND_BYTES));
      return { kind: 'command', topic, payload, isRetained };
    }
  }
}
