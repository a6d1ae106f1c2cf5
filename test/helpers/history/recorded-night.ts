import { openHouseAlarms } from '../../../src/app/alarms/house-alarms.ts';
import type { AlarmWatcher } from '../../../src/app/alarms/watcher.ts';
import { openRecorder, type Recorder } from '../../../src/app/history/recorder.ts';
import { createStore, type HomeStore } from '../../../src/app/store.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import {
  createDeviceRandom,
  createDeviceState,
  type Device,
  type DeviceInput,
  nextDueAtMs,
} from '../../../src/core/simulation/device.ts';
import { type DeviceName, describeDevice } from '../../../src/core/simulation/device-description.ts';
import { createRandom } from '../../../src/core/simulation/random.ts';
import { stepDevice } from '../../../src/core/simulation/step-device.ts';
import { openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';
import { until } from '../lifecycle/processes.ts';
import { article, connected, emptyHome, message } from '../ui/home.ts';

/** The simulated house and the console that listened to it, under a clock that a test moves. */
export interface RecordedNight {
  readonly clock: FakeClock;
  readonly state: () => HomeState;
  readonly dispatch: (event: HomeEvent) => void;
  /** Lets minutes go by; resolves when what came is written. */
  readonly pass: (minutes: number) => Promise<void>;
  /** The devices are heard, or not. */
  readonly setLine: (isOpen: boolean) => void;
  /** A device says nothing any more, or speaks again. */
  readonly setVoice: (name: DeviceName, hasVoice: boolean) => void;
  /** Ends the console and its recording. */
  readonly end: () => Promise<void>;
  /** Another console begins. */
  readonly begin: () => Promise<void>;
}

/** Real ticks come a little late each time. */
const TICK_MS = 1_001;
/** In which of the milliseconds of a second the console was begun. */
const PHASE_MS = 437;
const NETWORK_MS = 3;

/** What is in the house besides. */
interface NightSetup {
  readonly house?: HouseConfig;
  /** Whether alarms are judged. */
  readonly watches?: boolean;
}

/** Begins a night at `startAt`, ms; recorded into a folder. */
export async function openNight(
  folder: string,
  startAt: number,
  { house = article(), watches = false }: NightSetup = {},
): Promise<RecordedNight> {
  const clock = createFakeClock(startAt);
  clock.advance(PHASE_MS);
  const random = createRandom(7);
  let store: HomeStore | null = null;
  let recorder: Recorder | null = null;
  let watcher: AlarmWatcher | null = null;
  let isOpen = true;
  const hear = (event: HomeEvent): void => store?.dispatch(event);
  const devices = (['heating', 'dhtclient'] as const).map(name => runDevice(name));

  function runDevice(name: DeviceName) {
    const device: Device = { description: describeDevice(name, article()), faults: [], speed: 1 };
    const chance = createDeviceRandom(5, name);
    let [state, lastAt, hasVoice] = [createDeviceState(name), clock.monotonicNow(), true];
    let timer = { cancel: () => {} };
    const wake = (inputs: readonly DeviceInput[]): void => {
      const now = clock.monotonicNow();
      const step = stepDevice(device, state, now - lastAt, inputs, chance);
      [state, lastAt] = [step.state, now];
      for (const { topic, payload } of step.messages) {
        const delayMs = Math.floor(NETWORK_MS + random.next() * 9);
        const isHeard = isOpen && hasVoice;
        if (isHeard) clock.after(delayMs, () => hear(message(clock.now(), topic, String(payload))));
      }
      timer.cancel();
      const sleepMs = Math.min(1_000, nextDueAtMs(state) - state.elapsedMs);
      timer = clock.after(Math.max(5, Math.ceil(sleepMs)), () => wake([]));
    };
    wake([{ kind: 'connected' }]);
    return {
      name,
      command: (topic: string, payload: string) => wake([{ kind: 'command', topic, payload, isRetained: false }]),
      setVoice: (next: boolean) => {
        hasVoice = next;
      },
    };
  }
  const begin = async (): Promise<void> => {
    const own = createStore({ ...emptyHome(house), at: clock.now() }, effects => {
      for (const effect of effects) {
        if (effect.type !== 'publish-command') continue;
        const { commandId, topic, payload } = effect;
        clock.after(8, () => hear({ type: 'command-acknowledged', at: clock.now(), commandId, code: 0 }));
        for (const device of devices) clock.after(10, () => device.command(topic, payload));
      }
    });
    store = own;
    const tick = (): void => {
      if (store !== own) return;
      clock.after(TICK_MS, tick);
      hear({ type: 'ticked', at: clock.now() });
    };
    clock.after(TICK_MS, tick);
    if (watches) watcher = openHouseAlarms({ store: own, clock, folder: null });
    hear(connected(clock.now()));
    clock.advance(2_000);
    await new Promise<void>(onOpened => {
      // Whether the clock of this machine is right is another question.
      const machine = { readDiskFacts: () => null, readTimeSync: () => 'yes' as const };
      recorder = openRecorder({ store: own, folder, clock, keepaliveMs: 15_000, version: '1.2.3', machine, onOpened });
    });
  };
  const heardUntil = (): number => {
    const second = clock.now() / 1_000;
    const span = { from: Math.floor(second) - 600, until: Math.ceil(second) };
    try {
      const read = openHistoryReader(folder).read(new Set(), span, null, { reading: () => {}, rollUp: () => {} });
      return read.heard.at(-1)?.until ?? 0;
    } catch {
      return 0;
    }
  };
  await begin();
  return {
    clock,
    state: () => store?.getState() ?? emptyHome(house),
    dispatch: hear,
    pass: async minutes => {
      for (let left = minutes; left > 0; left -= 10) {
        clock.advance(Math.min(left, 10) * 60_000);
        const due = clock.now() / 1_000 - 125;
        const isListening = store?.getState().listeningSince != null;
        if (recorder !== null && isListening && left > 3)
          await until(() => heardUntil() > due, 'the night to be written');
        else await new Promise(resolve => setImmediate(resolve));
      }
    },
    setLine: next => {
      isOpen = next;
    },
    setVoice: (name, hasVoice) => devices.find(device => device.name === name)?.setVoice(hasVoice),
    end: async () => {
      // The time that the disk takes is none of the night.
      store = null;
      watcher?.close();
      let isClosed = false;
      const closing = recorder?.close().then(() => {
        isClosed = true;
      });
      // What pauses while it seals a day waits for this clock.
      while (closing !== undefined && !isClosed) {
        clock.advance(50);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      recorder = null;
    },
    begin,
  };
}
