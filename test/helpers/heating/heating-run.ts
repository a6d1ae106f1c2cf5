import { type AlarmWatch, openAlarmWatch } from '../../../src/core/alarms/alarm-watch.ts';
import type { AlarmDefinition } from '../../../src/core/alarms/condition.ts';
import { builtInAlarms } from '../../../src/core/alarms/definitions.ts';
import { houseAlarms } from '../../../src/core/heating/definitions.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import { createHouse, type House } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from '../house/house-run.ts';

type Sensors = HouseConfig['sensors'];

/** The house of the article, heated as told; `more` are sensors of a client in the garden, by their ids. */
export function heatedHouse(heating: HouseConfig['heating'] = {}, more: Sensors = {}): HouseConfig {
  const house = articleHouse();
  const ids = Object.keys(more);
  const clients = ids.length === 0 ? house.clients : { ...house.clients, garden: { publishes: ids } };
  return { ...house, heating, sensors: { ...house.sensors, ...more }, clients };
}

/** A temperature with a role, on the topic of its id. */
export function warmth(role: Sensors[string]['role']): Sensors[string] {
  return { label: `The ${role}`, topic: `garden/${role}`, unit: '°C', ...(role === undefined ? {} : { role }) };
}

/** The relative humidity outside. */
export const outsideHumidity: Sensors[string] = {
  ...{ label: 'Humidity outside', topic: 'garden/humidity', unit: '%', role: 'humidity' },
};

/** The alarms of a house that not each house has. */
export function heatingAlarms(house: House): readonly AlarmDefinition[] {
  const usual = new Set(builtInAlarms(house).map(({ id }) => id));
  return houseAlarms(house).filter(({ id }) => !usual.has(id));
}

/** A house that is watched, driven in fake time. */
export interface HeatingRun {
  readonly run: HouseRun;
  readonly watch: AlarmWatch;
  /** All of these say so every five seconds, and time goes by. */
  speak(ms: number, payloads: Readonly<Record<string, string>>): void;
  /** The alarm of a rule, where there is something to say of it. */
  alarm(id: string): AlarmState | undefined;
  /** The ids of those that are raised. */
  raised(): readonly string[];
  /** Why a rule is not watched; `null` where it is. */
  unwatched(id: string): string | null;
}

/** Begins to watch a house with a link. */
export function runHeating(config: HouseConfig = heatedHouse()): HeatingRun {
  const run = runHouse(config);
  run.connect();
  const watch = openAlarmWatch(heatingAlarms(createHouse(config)), run.state, null);
  const dispatch = run.dispatch.bind(run);
  run.dispatch = event => {
    const before = run.state;
    dispatch(event);
    watch.see({ event, before, after: run.state });
  };
  const alarms = () => watch.book().alarms;
  return {
    run,
    watch,
    speak: (ms, payloads) => {
      for (let leftMs = ms; leftMs > 0; leftMs -= 5_000) {
        for (const [topic, payload] of Object.entries(payloads)) run.receive(topic, payload);
        run.pass(Math.min(5_000, leftMs));
      }
    },
    alarm: id => alarms().get(id),
    raised: () =>
      [...alarms().values()]
        .filter(({ phase }) => phase === 'active' || phase === 'acknowledged')
        .map(({ id }) => id)
        .sort(),
    unwatched: id => watch.book().unwatched.find(({ ids }) => ids.includes(id))?.why ?? null,
  };
}

/** Minutes as milliseconds. */
export const minutes = (count: number): number => count * 60_000;

/** The pump is on and the burner stands as told, with water that suits it. */
export const running = (burner: 'on' | 'off', flow = '60', back = '48'): Readonly<Record<string, string>> => ({
  ...{ 'heating/pump/done': 'on', 'heating/burner/done': burner, 'heating/flow': flow, 'heating/return': back },
});
