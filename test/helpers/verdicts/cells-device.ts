import { setTimeout as pause } from 'node:timers/promises';
import { give, type Traits } from './give.ts';
import type { Cell } from './table.ts';

/** A device that does not do as it is told. */
export function deviceCells({ protocol }: Traits): readonly Cell[] {
  const isV5 = protocol === '5';
  return [
    {
      situation: 'device frozen',
      expect: 'not-confirmed',
      mayArriveLate: 'it lay in the socket of the frozen device',
      run: async bench => {
        const device = await bench.freezable();
        const console = await bench.console('monitor');
        device.freeze();
        const outcome = await give(console, device);
        const hadIt = device.arrivals.length > 0;
        // Who came first is judged by two clocks, to the millisecond: thawed at once, it could be called in time.
        await pause(50);
        device.thaw();
        await console.until(() => console.relay().position === 'on');
        const isLate = console.relay().verdict?.detail.startsWith('answered late') === true;
        const faults = [hadIt ? 'it was not frozen' : null, isLate ? null : 'the late answer was not told'];
        return { ...outcome, faults };
      },
    },
    {
      situation: 'device away, its session kept, back after the verdict',
      expect: 'not-confirmed',
      ...(isV5 ? {} : { mayArriveLate: 'MQTT 3.1.1 has no expiry, and the broker keeps it for the device' }),
      run: async bench => {
        const device = await bench.device({ isKept: true });
        await device.leave();
        const outcome = await give(await bench.console('monitor'), device);
        // The broker counts the expiry in whole seconds.
        await pause(2_000);
        await device.comeBack();
        return outcome;
      },
    },
    {
      situation: 'device slow, within the time limit',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device({ delayMs: 500 });
        return give(await bench.console('monitor', { timeoutS: 2 }), device);
      },
    },
    {
      situation: 'device slow, after the time limit',
      expect: 'not-confirmed',
      run: async bench => {
        const device = await bench.device({ delayMs: 2_200 });
        const console = await bench.console('monitor');
        const outcome = await give(console, device);
        await console.until(() => console.relay().position === 'on');
        const isLate = console.relay().verdict?.detail.startsWith('answered late') === true;
        return { ...outcome, faults: [isLate ? null : 'the late answer was not told'] };
      },
    },
    {
      situation: 'relay stuck',
      expect: 'not-confirmed',
      run: async bench => {
        const device = await bench.device({ answer: () => 'off' });
        const outcome = await give(await bench.console('monitor'), device);
        const isTold = outcome.verdict.detail.endsWith('answered off instead');
        return { ...outcome, faults: [isTold ? null : 'the contradiction was not told'] };
      },
    },
  ];
}
