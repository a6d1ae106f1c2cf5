import { DEAF, give, giveBySet, NO_LISTENERS, NO_LISTENERS_SAID, type Traits, waitUntil } from './give.ts';
import type { Cell } from './table.ts';

/** What goes its usual way, and what stands in it from the start. */
export function plainCells(traits: Traits): readonly Cell[] {
  const isV5 = traits.protocol === '5';
  const isTold = isV5 && traits.hidesDesertion !== true;
  return [
    {
      situation: 'allowed',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('monitor'), device);
      },
    },
    {
      situation: 'allowed, by hometui set',
      expect: 'confirmed/feedback',
      run: async bench => giveBySet(bench, 'monitor', 2, await bench.device()),
    },
    {
      situation: 'allowed, user may not read commands',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('writer'), device);
      },
    },
    {
      situation: 'denied read of the feedback',
      expect: 'not-confirmed',
      honest: DEAF,
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('deaf'), device, { isDeaf: true });
      },
    },
    {
      situation: 'nobody listening',
      expect: isTold ? 'nobody-listening/refused' : 'not-confirmed',
      ...(isTold ? {} : { honest: isV5 ? NO_LISTENERS_SAID : NO_LISTENERS }),
      run: async bench => give(await bench.console('monitor'), null, { isDeserted: true }),
    },
    {
      situation: 'retained command found',
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        await bench.say(bench.place.command, 'on', true);
        await waitUntil(() => device.arrivals.length > 0);
        const console = await bench.console('monitor');
        await console.until(() => console.relay().retainedCommand !== null).catch(() => {});
        const found = console.relay().retainedCommand;
        const outcome = await give(console, device, {}, 'off');
        const isTold = console.state().journal.some(({ text }) => text.includes('mosquitto_pub -r -n'));
        return { ...outcome, faults: [found?.payload === 'on' && isTold ? null : 'the retained command was not told'] };
      },
    },
    {
      situation: 'wrong password',
      expect: 'not-sent',
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('monitor', { password: 'wrong', waits: false });
        const isRefused = console.state().link.phase === 'refused';
        const outcome = await give(console, device, { isOffline: true });
        return { ...outcome, faults: [isRefused ? null : 'the login was not refused'] };
      },
    },
  ];
}
