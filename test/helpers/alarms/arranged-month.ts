import type { Act, DeviceName, FastHouse, RelayName } from './fast-house.ts';
import { oddityKinds } from './oddities.ts';

/** A fault that is arranged: what is to be raised for it, and within which time of its begin, ms. */
export interface ArrangedFault {
  readonly name: string;
  readonly alarms: readonly string[];
  /** What may be raised besides, as it is so as well: what is too hot is hot, and what is hot alone is warmer than the flow. */
  readonly also: readonly string[];
  /** When it begins to come, and when it is there, ms. */
  readonly from: number;
  readonly at: number;
  readonly withinMs: number;
  /** Until when it may be raised and come back again, ms. */
  readonly until: number;
}

export interface ArrangedMonth {
  readonly faults: readonly ArrangedFault[];
  readonly oddities: number;
  readonly acts: readonly Act[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After the end of a fault its alarm is over by then: the longest off-delay, and a while that it is held where it came twice. */
const AFTER = 90 * MINUTE;
/** Unless a rule waits for longer: the delay of most alarms. */
const DELAY = 30 * SECOND;
/** A silence is one after so many cadences. */
const SILENT_CADENCES = 3;

interface Kind {
  readonly name: string;
  /** So long before its time it begins to come, ms. */
  readonly leadMs?: number;
  readonly alarms: readonly string[];
  readonly also?: readonly string[];
  readonly withinMs: number;
  readonly forMs: number;
  readonly begin: (house: FastHouse) => void;
  readonly end: (house: FastHouse) => void;
}

const dead = (device: DeviceName, forMs: number, cadenceMs: number): Kind => ({
  name: `${device} is dead for ${forMs / MINUTE} min`,
  alarms: [`${device}-silent`],
  withinMs: SILENT_CADENCES * cadenceMs + DELAY,
  forMs,
  begin: house => house.setAlive(device, false),
  end: house => house.setAlive(device, true),
});

const mute = (id: string, topic: string, cadenceMs: number): Kind => ({
  name: `the sensor ${id} says nothing while its device speaks`,
  alarms: [`${id}-stale`],
  withinMs: SILENT_CADENCES * cadenceMs + DELAY,
  forMs: 25 * MINUTE,
  begin: house => house.say(topic, () => null),
  end: house => house.say(topic),
});

/** So long a value takes to where it is arranged to be: water and air do not jump. */
const RAMP = 5 * MINUTE;

const beyond = (
  id: string,
  topic: string,
  value: number,
  alarms: readonly string[],
  also: readonly string[] = [],
): Kind => ({
  name: `${id} is ${value}`,
  alarms,
  also,
  leadMs: RAMP,
  withinMs: DELAY,
  forMs: 12 * MINUTE,
  begin: house => {
    const from = house.now();
    house.say(topic, (felt, at) => {
      const share = Math.min(1, (at - from) / RAMP);
      const noise = 0.2 * (house.random.next() - 0.5);
      return (Number(felt) * (1 - share) + value * share + noise).toFixed(2);
    });
  },
  end: house => {
    const from = house.now();
    house.say(topic, (felt, at) => {
      const share = Math.max(0, 1 - (at - from) / RAMP);
      return (Number(felt) * (1 - share) + value * share).toFixed(2);
    });
  },
});

/** By hand: the thermostat rests meanwhile. */
const byHand = (
  name: string,
  alarms: readonly string[],
  withinMs: number,
  forMs: number,
  relays: Partial<Record<RelayName, boolean>>,
): Kind => ({
  ...{ name, alarms, also: ['flow-high', 'flow-too-high'], withinMs, forMs },
  begin: house => {
    house.setThermostat(null);
    for (const [relay, isOn] of Object.entries(relays)) house.move(relay as RelayName, isOn);
  },
  end: house => {
    house.move('pump', true);
    house.setThermostat(USUAL);
  },
});

const USUAL = { on: 40, off: 62 };

/** The kinds of faults, each as often as it stands here: 40. */
function faultKinds(cadenceMs: number): readonly Kind[] {
  const shortCycling: Kind = {
    name: 'the burner cycles',
    alarms: ['heat-short-cycling'],
    withinMs: HOUR,
    forMs: 2 * HOUR,
    begin: house => house.setThermostat({ on: 50, off: 54 }),
    end: house => house.setThermostat(USUAL),
  };
  const gone: Kind = {
    name: 'the broker is gone',
    alarms: ['broker'],
    withinMs: DELAY,
    forMs: 12 * MINUTE,
    begin: house => house.setLink(false),
    end: house => house.setLink(true),
  };
  const elsewhere: Kind = {
    name: 'the fan moves by itself after it was told to be on',
    alarms: ['fan-elsewhere'],
    withinMs: MINUTE + DELAY,
    forMs: 15 * MINUTE,
    begin: house => {
      house.setStuck('fan', true);
      house.request('fan', true);
    },
    end: house => {
      house.setStuck('fan', false);
      house.request('fan', true);
      house.request('fan', false);
    },
  };
  const denied: Kind = {
    name: 'a client is denied',
    alarms: ['denial'],
    withinMs: 2 * SECOND,
    forMs: MINUTE,
    begin: house =>
      house.log(
        `${Math.floor(house.now() / 1_000)}: Denied PUBLISH from dhtclient (d0, q0, r0, m0, 'heating/pump', ... (2 bytes))`,
      ),
    end: () => {},
  };
  const swapped: Kind = {
    name: 'flow and return are swapped',
    alarms: ['heat-reversed'],
    // Two minutes of a burner that runs, and two for which it must be so.
    withinMs: 4 * MINUTE,
    forMs: 8 * MINUTE,
    begin: house => {
      house.setThermostat(null);
      house.move('pump', true);
      house.move('burner', true);
      house.say('heating/flow', () => (44 + 0.1 * house.random.next()).toFixed(2));
      house.say('heating/return', () => (48 + 0.1 * house.random.next()).toFixed(2));
    },
    end: house => {
      house.say('heating/flow');
      house.say('heating/return');
      house.setThermostat(USUAL);
    },
  };
  return [
    dead('heating', 20 * MINUTE, cadenceMs),
    dead('heating', HOUR, cadenceMs),
    dead('heating', 3 * HOUR, cadenceMs),
    dead('dhtclient', 20 * MINUTE, cadenceMs),
    dead('dhtclient', HOUR, cadenceMs),
    dead('dhtclient', 3 * HOUR, cadenceMs),
    mute('flow', 'heating/flow', cadenceMs),
    mute('return', 'heating/return', cadenceMs),
    mute('temperature', 'cellar/temperature', cadenceMs),
    mute('humidity', 'cellar/humidity', cadenceMs),
    beyond('flow', 'heating/flow', 82, ['flow-high']),
    beyond('flow', 'heating/flow', 92, ['flow-too-high'], ['flow-high']),
    beyond('return', 'heating/return', 72, ['return-high'], ['heat-reversed']),
    beyond('temperature', 'cellar/temperature', 3.4, ['temperature-low']),
    beyond('temperature', 'cellar/temperature', 0.5, ['temperature-too-low'], ['temperature-low']),
    beyond('humidity', 'cellar/humidity', 84, ['humidity-high']),
    beyond('humidity', 'cellar/humidity', 96.5, ['humidity-too-high'], ['humidity-high']),
    beyond('humidity', 'cellar/humidity', 83, ['humidity-high']),
    byHand('the burner burns without the pump', ['heat-no-pump'], MINUTE, 6 * MINUTE, {
      pump: false,
      burner: true,
    }),
    byHand('the burner burns without the pump again', ['heat-no-pump'], MINUTE, 6 * MINUTE, {
      pump: false,
      burner: true,
    }),
    shortCycling,
    shortCycling,
    gone,
    gone,
    gone,
    elsewhere,
    elsewhere,
    denied,
    denied,
    swapped,
    swapped,
  ];
}

/** Arranges 40 faults and 200 oddities over `forMs`, each in a time of its own. */
export function arrangeMonth(forMs: number, cadenceMs: number): ArrangedMonth {
  const acts: Act[] = [];
  const faults: ArrangedFault[] = [];
  const kinds = faultKinds(cadenceMs);
  const odd = oddityKinds(cadenceMs);
  const FAULTS = 40;
  const ODDITIES = 200;
  const slotMs = Math.floor(forMs / (FAULTS + 1));
  for (let place = 0; place < FAULTS; place += 1) {
    const kind = kinds[place % kinds.length];
    if (kind === undefined) continue;
    const at = Math.floor((place + 0.25) * slotMs) + 12 * HOUR;
    const { name, alarms, also = [], withinMs } = kind;
    acts.push({ at: at - (kind.leadMs ?? 0), run: kind.begin }, { at: at + kind.forMs, run: kind.end });
    faults.push({ name, alarms, also, from: at - (kind.leadMs ?? 0), at, withinMs, until: at + kind.forMs + AFTER });
  }
  // The oddities have what the faults leave: five in each slot, behind the longest fault and its end.
  const firstMs = 6 * HOUR;
  const stepMs = Math.floor((slotMs - firstMs) / (ODDITIES / FAULTS));
  for (let place = 0; place < ODDITIES; place += 1) {
    const kind = odd[place % odd.length];
    const slot = Math.floor(place / (ODDITIES / FAULTS));
    const at = Math.floor((slot + 0.25) * slotMs) + 12 * HOUR + firstMs + (place % (ODDITIES / FAULTS)) * stepMs;
    if (kind === undefined) continue;
    acts.push({ at, run: kind });
  }
  return { faults, oddities: ODDITIES, acts };
}
