import { type Figure, round } from './figures.ts';
import { askInside } from './inside.ts';
import { pause } from './processes.ts';
import { type Bench, withConsole } from './with-console.ts';

const UPDATES_PER_SECOND = 1_000;
/** More than a day of the house's clock, so that each series has turned over. */
const DAY = 9_000;
/** V8 compiles what runs often bit by bit, and keeps the code beside the data: by then the most of it. */
const WARM_UP = 20_000;
const UPDATES = 10_000;
/** Each unreadable value is two lines in the list of events, which keeps 500. */
const UNREADABLE = 300;

/**
 * Whether memory grows with what is heard: what is in use after a full collection, before and after 10,000 updates, when
 * all that the console keeps is as full as it gets. In that time the house's clock goes by some days, and something
 * happens now and then.
 */
export function measureHeap(program: string): Promise<Figure> {
  return withConsole(program, null, async bench => {
    await askInside(bench.inside, 'hurry');
    await update(bench, WARM_UP);
    const before = await askInside(bench.inside, 'heap');
    await update(bench, UPDATES);
    const after = await askInside(bench.inside, 'heap');
    const percent = (after.heapUsed / before.heapUsed - 1) * 100;
    return {
      what: `heap after ${round(UPDATES)} updates`,
      value: `${round(after.heapUsed / 1e6)} MB`,
      compared: `${percent < 0 ? '−' : '+'}${round(Math.abs(percent))} %`,
      goal: '± 5 %',
    };
  });
}

/** Lets a console live through a day and more: all that it keeps (a day of each sensor in three series, 500 events) is full. */
export async function growOld(bench: Bench): Promise<void> {
  await askInside(bench.inside, 'hurry');
  await update(bench, DAY);
  await askInside(bench.inside, 'calm');
}

/** Resolves when the console has shown the last one. */
async function update({ console, devices }: Bench, count: number): Promise<void> {
  const quiet = devices.talk(UPDATES_PER_SECOND);
  for (let said = 0; said < UNREADABLE; said += 1) {
    await devices.say('heating/flow', 'unreadable');
    await pause((count * 1_000) / UPDATES_PER_SECOND / UNREADABLE);
  }
  quiet();
  // The first of them may be on the screen from the last time.
  for (const last of ['66.6', '77.7']) {
    await devices.say('heating/flow', last);
    await console.until([last], performance.now());
  }
}
