import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';

/** Where a device belongs. */
export interface DevicePlace {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly command: string;
  readonly feedback: string;
}

/** What a device does with a command. */
export interface Behaviour {
  /** What it says on its feedback topic; `null`: nothing. The command's payload unless given. */
  readonly answer?: (payload: string) => string | null;
  /** How long it takes, ms; an answer that cannot be sent then is not sent later. */
  readonly delayMs?: number;
  /** It says this position again and again. */
  readonly repeats?: string;
  /** The broker keeps its session, and what it misses, while it is away. */
  readonly isKept?: boolean;
}

/** A device of a test: what it received and said is the truth that verdicts are held against. */
export interface Device {
  /** The topic of its commands. */
  readonly command: string;
  /** Commands as they came, oldest first. */
  readonly arrivals: readonly { readonly at: number; readonly payload: string }[];
  /** What it said in answer to commands. */
  readonly answers: readonly { readonly at: number; readonly payload: string }[];
  /** Resolves when it has got `FENCE`, which comes after all that the broker took before; tells who asks it to be sent. */
  readonly fenced: (send: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Said on a command topic, it is no command: what the broker took before has come when it comes. */
export const FENCE = 'fence';
const FENCE_LIMIT_MS = 10_000;

/** Counts the fences that come, and waits for one. */
function openFence(): { readonly take: (payload: string) => boolean; readonly fenced: Device['fenced'] } {
  const waiting = new Set<() => void>();
  return {
    take: payload => {
      if (payload !== FENCE) return false;
      for (const tell of waiting) tell();
      return true;
    },
    fenced: async send => {
      const heard = new Promise<void>(resolve => waiting.add(resolve)).then(() => true);
      const deadline = Date.now() + FENCE_LIMIT_MS;
      // One that is sent while a device logs in again goes past it.
      for (let isHeard = false; !isHeard; ) {
        if (Date.now() > deadline) throw new Error(`the device heard nothing for ${FENCE_LIMIT_MS} ms`);
        await send();
        isHeard = await Promise.race([heard, pause(250, false)]);
      }
    },
  };
}

/** A device that can go away for a while, and speaks when it is told to. */
export interface TravellingDevice extends Device {
  /** Says something on its feedback topic; what cannot be sent now is not sent later. */
  readonly say: (payload: string) => void;
  /** Resolves as soon as its connection is gone, or is there. */
  readonly isGone: () => Promise<void>;
  readonly isBack: () => Promise<void>;
  readonly leave: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
}

const REPEAT_MS = 150;

/** amqtt closes a connection now and then where many log in at once: then it is asked again on the next one, as a device does. */
async function subscribe(client: MqttClient, topic: string): Promise<void> {
  for (let tries = MOST_TRIES; ; tries -= 1) {
    try {
      await client.subscribeAsync(topic, { qos: 1 });
      return;
    } catch (error) {
      if (tries === 1) throw error;
      if (!client.connected) await new Promise<void>(resolve => void client.once('connect', () => resolve()));
    }
  }
}

const MOST_TRIES = 3;

/** Logs a device in and subscribes its command topic. */
export async function openDevice(place: DevicePlace, behaviour: Behaviour = {}): Promise<TravellingDevice> {
  const { user: username, password, url, command, feedback } = place;
  const session = behaviour.isKept === true ? { clean: false, clientId: `kept-${command.replaceAll('/', '-')}` } : {};
  const client = await connectAsync(url, { username, password, protocolVersion: 4, reconnectPeriod: 100, ...session });
  const arrivals: { at: number; payload: string }[] = [];
  const answers: { at: number; payload: string }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const fence = openFence();
  const { answer = payload => payload, delayMs = 0, repeats } = behaviour;
  const say = (payload: string): void => {
    if (!client.connected) return;
    answers.push({ at: Date.now(), payload });
    client.publish(feedback, payload);
  };
  client.on('message', (_topic, bytes) => {
    const payload = bytes.toString();
    if (fence.take(payload)) return;
    arrivals.push({ at: Date.now(), payload });
    const word = answer(payload);
    if (word === null) return;
    if (delayMs === 0) say(word);
    else timers.add(setTimeout(() => say(word), delayMs));
  });
  client.on('error', () => {});
  await subscribe(client, command);
  if (repeats !== undefined) timers.add(setInterval(() => client.publish(feedback, repeats), REPEAT_MS));
  const hears = (event: 'close' | 'connect', isSo: () => boolean): Promise<void> =>
    isSo() ? Promise.resolve() : new Promise(resolve => void client.once(event, () => resolve()));
  return {
    command,
    arrivals,
    answers,
    fenced: fence.fenced,
    say,
    isGone: () => hears('close', () => !client.connected),
    isBack: () => hears('connect', () => client.connected),
    leave: () => client.endAsync(),
    comeBack: async () => {
      const connected = new Promise<void>(resolve => client.once('connect', () => resolve()));
      client.reconnect();
      await connected;
    },
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      await client.endAsync(true);
    },
  };
}

/** A device that can be frozen. */
export interface FreezableDevice extends Device {
  readonly freeze: () => void;
  readonly thaw: () => void;
}

const running = new Set<ReturnType<typeof spawn>>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The same in a process of its own. */
export async function spawnDevice(place: DevicePlace): Promise<FreezableDevice> {
  const { url, user, password, command, feedback } = place;
  const program = new URL('device.mjs', import.meta.url).pathname;
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, [program, url, user, password, command, feedback], { stdio });
  running.add(child);
  child.once('close', () => running.delete(child));
  const arrivals: { at: number; payload: string }[] = [];
  const fence = openFence();
  await new Promise<void>((resolve, reject) => {
    child.once('close', code => reject(new Error(`the device ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\n')) {
        if (line === 'ready') resolve();
        else if (!fence.take(line.slice('got '.length)))
          arrivals.push({ at: Date.now(), payload: line.slice('got '.length) });
      }
    });
  });
  return {
    command,
    arrivals,
    answers: arrivals,
    fenced: fence.fenced,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
