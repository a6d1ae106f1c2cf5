import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, type Console, SHORT_S } from './bench.ts';
import type { Device } from './device.ts';
import { give, LINK_GONE, PATIENT_S, type Traits, waitUntil } from './give.ts';
import type { Cell, Outcome } from './table.ts';

/** A link or a broker that goes in mid-command. */
export function lostCells(traits: Traits): readonly Cell[] {
  const unknown: Pick<Cell, 'expect' | 'honest'> = { expect: 'not-confirmed', honest: LINK_GONE };
  const cells: Cell[] = [
    {
      situation: 'link cut before the command arrived',
      ...unknown,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        proxy.cutBefore();
        return give(console, device);
      },
    },
    {
      situation: 'link cut after the command arrived',
      ...unknown,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        proxy.cutAfter();
        return give(console, device, { isDeaf: true });
      },
    },
    {
      situation: 'link dead in mid-command, alive again after the verdict',
      expect: 'not-confirmed',
      honest: LINK_GONE,
      run: async bench => {
        const [device, proxy] = [await bench.device(), await bench.proxy()];
        const console = await bench.console('monitor', { url: proxy.url });
        proxy.stall();
        const outcome = await give(console, device, { isDeaf: true });
        await console.until(state => state.link.phase !== 'connected');
        await waitUntil(() => proxy.isLeft());
        proxy.heal();
        await console.until(state => state.link.phase === 'connected');
        return outcome;
      },
    },
    {
      situation: 'link cut while the device was at it',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device({ delayMs: 2_500 });
        const proxy = await bench.proxy();
        const console = await bench.console('monitor', { timeoutS: PATIENT_S, url: proxy.url });
        const pressedAt = Date.now();
        console.press('on');
        await console.until(() => console.relay().command?.phase === 'acknowledged');
        await waitUntil(() => device.arrivals.length > 0);
        proxy.cutNow();
        return { verdict: await console.verdict(), target: 'on', truth: {}, pressedAt, device };
      },
    },
    {
      situation: 'broker restarted in mid-command, answer lost',
      expect: 'not-confirmed',
      honest: LINK_GONE,
      isAlone: true,
      run: async bench => {
        const device = await bench.device(SILENT);
        const answer: Answer = async (_, restarted) => {
          await device.isGone();
          device.say('on');
          await restarted;
        };
        return { ...(await restartInMidCommand(bench, device, SHORT_S, answer)), truth: { isDeaf: true } };
      },
    },
  ];
  if (traits.freezes === true) {
    cells.push({
      situation: 'broker frozen, thawed after the verdict',
      expect: 'not-confirmed',
      mayArriveLate: 'it lay in the socket of the frozen broker',
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('monitor');
        bench.broker.freeze?.();
        const outcome = await give(console, device);
        // As with a frozen device: who came first is judged to the millisecond.
        await pause(50);
        bench.broker.thaw?.();
        await console.until(state => state.journal.some(({ text }) => text.startsWith('Relay on after all, ')));
        const { detail } = outcome.verdict;
        return { ...outcome, faults: [detail.endsWith('it may still be carried out') ? null : `it says ${detail}`] };
      },
    });
    cells.push({
      situation: 'broker killed before it took the command',
      ...unknown,
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('monitor', { timeoutS: PATIENT_S });
        bench.broker.freeze?.();
        const pressedAt = Date.now();
        console.press('on');
        // Nobody can say that it has left: the broker that would is frozen.
        await pause(200);
        const [verdict] = await Promise.all([console.verdict(), bench.broker.restart()]);
        await console.until(state => state.link.phase === 'connected');
        return { verdict, target: 'on', truth: {}, pressedAt, device };
      },
    });
  }
  if (traits.restartsQuickly === true) {
    cells.push({
      situation: 'broker restarted in mid-command, answer afterwards',
      expect: 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device(SILENT);
        const answer: Answer = async (console, restarted) => {
          await restarted;
          await Promise.all([device.isBack(), console.until(state => state.link.phase === 'connected')]);
          device.say('on');
        };
        // It ends with the answer: the limit is for a machine on which a broker starts slowly.
        return restartInMidCommand(bench, device, 2 * PATIENT_S, answer);
      },
    });
  }
  return cells;
}

/** It answers when it is told to. */
const SILENT = { answer: () => null };

/** When the device answers; `restarted` resolves when the broker is there again. */
type Answer = (console: Console, restarted: Promise<void>) => Promise<void>;

async function restartInMidCommand(bench: Bench, device: Device, timeoutS: number, answer: Answer): Promise<Outcome> {
  const console = await bench.console('monitor', { timeoutS });
  const pressedAt = Date.now();
  console.press('on');
  await console.until(() => console.relay().command?.phase === 'acknowledged');
  await waitUntil(() => device.arrivals.length > 0);
  const restarted = bench.broker.restart();
  // Before the answer: the link is gone for the console, too.
  await console.until(state => state.link.phase !== 'connected');
  await answer(console, restarted);
  return { verdict: await console.verdict(), target: 'on', truth: {}, pressedAt, device };
}
