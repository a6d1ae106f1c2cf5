import type { HouseConfig } from '../core/house/schema.ts';
import { parseAclFile } from '../core/mosquitto/acl-file.ts';
import type { Keys } from '../core/sealed/keys.ts';
import { demoAclText, demoUsers, GUEST } from '../core/simulation/demo-house.ts';
import { type DeviceName, describeDevice, deviceNames } from '../core/simulation/device-description.ts';
import { DOOR, hasDoor } from '../core/simulation/door.ts';
import { type BrokerDenial, type BrokerLogEntry, openEmbeddedBroker } from '../io/broker/broker.ts';
import type { Clock } from '../io/clock.ts';
import { type LinkOptions, parseConnectionOptions } from '../io/mqtt-options/mqtt-options.ts';
import { hashPassword } from '../io/password-hash.ts';
import { createDeviceSeal } from '../io/sealed/device-seal.ts';
import { type DeviceReport, runDevice } from './device-runner.ts';
import { runDoor } from './door-runner.ts';
import { runGuest } from './guest-runner.ts';
import { runIntruder } from './intruder-runner.ts';

export interface DemoHouseOptions {
  readonly house: HouseConfig;
  readonly seed: number;
  /** 0.1 to 1000: how much faster the house lives. The guest keeps its own pace. */
  readonly speed: number;
  readonly clock: Clock;
  /** A new password at each call. */
  readonly randomPassword: () => string;
  /** The broker's log with its debug lines: what shows who was denied what. */
  readonly log?: (entry: BrokerLogEntry) => void;
  readonly onDenied?: (denial: BrokerDenial) => void;
  /**
   * The keys of its devices, which then seal what they send, and somebody is on the line in the guest's place who may read
   * and write all of it; `null`: nobody seals.
   */
  readonly keys?: Keys | null;
  readonly report?: (device: DeviceName, report: DeviceReport) => void;
}

export interface DemoHouse {
  /** `mqtt://127.0.0.1:41883` */
  readonly url: string;
  /** Of the demo's users; `null` for anybody else. */
  readonly passwordOf: (user: string) => string | null;
  /** The demo's ACL as Mosquitto would have it in its file. */
  readonly aclText: string;
  /**
   * Lets the devices and the guest log in. Devices announce their relays once, not retained: whoever is to know them
   * from the start subscribes before this.
   */
  readonly start: () => void;
  /** Ends all that was opened; resolves within 4 s. */
  readonly close: () => Promise<void>;
}

/** The devices of the demo were never started before. */
const FIRST_START = 1;
/** The guest's client identifier. */
const GUEST_CLIENT = 'guest-phone';

/** Opens the demo: the embedded broker with the demo's users and ACL, and on `start` the two devices, the door of a house that has one, and the guest. */
export async function openDemoHouse(options: DemoHouseOptions): Promise<DemoHouse> {
  const { house, clock, log, onDenied } = options;
  const passwords = new Map(demoUsers(house).map(user => [user, options.randomPassword()]));
  const keys = options.keys ?? null;
  const aclText = demoAclText(house, { isLineOpen: keys !== null });
  const broker = await openEmbeddedBroker({
    users: new Map([...passwords].map(([user, password]) => [user, hashPassword(password)])),
    acl: parseAclFile(aclText, 'demo.acl'),
    clock,
    ...(log === undefined ? {} : { log }),
    ...(onDenied === undefined ? {} : { onDenied }),
  });
  const running: { close: () => Promise<void> }[] = [];
  return {
    url: broker.url,
    passwordOf: user => passwords.get(user) ?? null,
    aclText,
    start: () => {
      if (running.length > 0) return;
      for (const name of deviceNames) running.push(startDevice(options, name, broker.url, passwords));
      if (hasDoor(house)) {
        const own = linkTo(broker.url, DOOR, passwords, DOOR);
        running.push(runDoor({ link: own, seed: options.seed, clock, speed: options.speed }));
      }
      const link = linkTo(broker.url, GUEST, passwords, GUEST_CLIENT);
      const visitor = { link, house, seed: options.seed, clock };
      running.push(keys === null ? runGuest(visitor) : runIntruder(visitor));
    },
    close: async () => {
      await Promise.all(running.splice(0).map(part => part.close()));
      await broker.close();
    },
  };
}

function startDevice(
  options: DemoHouseOptions,
  name: DeviceName,
  url: string,
  passwords: ReadonlyMap<string, string>,
): { close: () => Promise<void> } {
  const description = describeDevice(name, options.house);
  const key = options.keys?.[name]?.key;
  return runDevice({
    ...(key === undefined
      ? {}
      : { seal: createDeviceSeal(Buffer.from(key, 'hex'), FIRST_START, options.clock.monotonicNow) }),
    device: { description, faults: [], speed: options.speed },
    link: linkTo(url, description.user, passwords, name),
    seed: options.seed,
    clock: options.clock,
    report: report => options.report?.(name, report),
  });
}

function linkTo(url: string, user: string, passwords: ReadonlyMap<string, string>, id: string): LinkOptions {
  const parsed = parseConnectionOptions({ url, user, password: passwords.get(user) ?? '', id }, () => 0);
  if (!parsed.ok) throw new TypeError(`The demo cannot log ${user} in: ${parsed.error[0]?.message}`);
  return parsed.value;
}
