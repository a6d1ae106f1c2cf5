import { openAlarmWatch } from '../../../src/core/alarms/alarm-watch.ts';
import type { AlarmDefinition } from '../../../src/core/alarms/condition.ts';
import { allAlarms } from '../../../src/core/alarms/house-file.ts';
import type { AlarmNews, KeptAlarms } from '../../../src/core/alarms/ledger.ts';
import type { AlarmChange, AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import type { House } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from './house-run.ts';

/** A house in fake time whose alarms are watched. */
export interface AlarmRun extends HouseRun {
  readonly watch: ReturnType<typeof openAlarmWatch>;
  /** All that became of them so far. */
  readonly changes: readonly AlarmChange[];
  /** The same as `raised flow-high`, and then forgets it. */
  readonly news: () => readonly string[];
  /** As the book of the house has it. */
  readonly alarm: (id: string) => AlarmState | undefined;
  /** Lets time go by while these say the same each five seconds. */
  readonly speak: (ms: number, said: Readonly<Record<string, string>>) => void;
}

/** What is usual. */
interface AlarmRunOptions {
  readonly definitionsOf?: (house: House) => readonly AlarmDefinition[];
  readonly kept?: KeptAlarms | null;
  readonly startAt?: number;
}

/** The house of the article without roles: its values are believed at once, whatever they were before. */
export function plainHouse(): HouseConfig {
  const { sensors, switches, ...others } = articleHouse();
  const plain = <Item extends object>(items: Readonly<Record<string, Item>>): Record<string, Item> =>
    Object.fromEntries(
      Object.entries(items).map(([id, item]) => [
        id,
        Object.fromEntries(Object.entries(item).filter(([field]) => field !== 'role')) as Item,
      ]),
    );
  return { ...others, sensors: plain(sensors), switches: plain(switches) };
}

/** Starts a house without a link, and watches its alarms from the begin on. */
export function runAlarms(config: HouseConfig = plainHouse(), options: AlarmRunOptions = {}): AlarmRun {
  const { definitionsOf = house => allAlarms(house, []), kept = null, startAt } = options;
  const run = runHouse(config, startAt);
  const watch = openAlarmWatch(definitionsOf(run.state.house), run.state, kept);
  const plain = run.dispatch;
  const changes: AlarmChange[] = [];
  let told = 0;
  const tell = (news: AlarmNews | null): void => {
    if (news === null) return;
    changes.push(...news.changes);
    plain({ type: 'alarms-changed', at: run.state.at, ...news });
  };
  run.dispatch = event => {
    const before = run.state;
    plain(event);
    const step = { event, before, after: run.state };
    const isSame = before.house === step.after.house;
    tell(isSame ? watch.see(step) : watch.redefine(definitionsOf(step.after.house), step.after));
  };
  tell({ book: watch.book(), changes: [] });
  return Object.defineProperties(run, {
    watch: { value: { ...watch, act: (...act: Parameters<typeof watch.act>) => tell(watch.act(...act)) } },
    changes: { value: changes },
    news: {
      value: () => {
        const news = changes.slice(told).map(({ kind, id, isQuiet }) => `${isQuiet ? 'quietly ' : ''}${kind} ${id}`);
        told = changes.length;
        return news;
      },
    },
    alarm: { value: (id: string) => run.state.alarms?.alarms.get(id) },
    speak: {
      value: (ms: number, said: Readonly<Record<string, string>>) => {
        const endAt = run.elapsedMs + ms;
        while (run.elapsedMs < endAt) {
          for (const [topic, value] of Object.entries(said)) run.receive(topic, value);
          run.pass(Math.min(5_000, endAt - run.elapsedMs));
        }
      },
    },
  }) as AlarmRun;
}
