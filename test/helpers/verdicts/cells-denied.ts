import { SHORT_S } from './bench.ts';
import { give, giveBySet, NO_WORD, PATIENT_S, provenDenial, type Traits } from './give.ts';
import type { Cell } from './table.ts';

/** A publish that the broker denies, and what there is to prove it. */
export function deniedCells(traits: Traits): readonly Cell[] {
  const isV5 = traits.protocol === '5';
  const timeoutS = traits.closesOnDenial === true ? PATIENT_S : SHORT_S;
  const isProvenAtOnce = isV5 || traits.closesOnDenial === true;
  const first = isProvenAtOnce ? provenDenial(traits) : { expect: 'not-confirmed', honest: NO_WORD };
  const cells: Cell[] = [
    {
      situation: 'denied publish, the first command',
      ...first,
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('guest', { timeoutS }), device, { isDenied: true });
      },
    },
    {
      situation: 'denied publish, by hometui set',
      ...first,
      run: async bench => giveBySet(bench, 'guest', timeoutS, await bench.device(), { isDenied: true }),
    },
    {
      situation: 'denied publish, the relay repeats its position',
      ...first,
      run: async bench => {
        const device = await bench.device({ repeats: 'on' });
        const console = await bench.console('guest', { timeoutS });
        await console.until(() => console.relay().repeatsItself);
        return give(console, device, { isDenied: true });
      },
    },
    {
      situation: "denied publish, after another client's command was seen",
      ...provenDenial(traits),
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('guest', { timeoutS });
        await bench.say(bench.place.command, 'off');
        await console.until(() => console.relay().position === 'off');
        return give(console, device, { isDenied: true });
      },
    },
  ];
  cells.push({
    situation: 'denied publish, after an allowed command of another switch',
    ...first,
    run: async bench => {
      const [relay, lock] = [await bench.device(), await bench.lock()];
      const console = await bench.console('monitor', { timeoutS });
      const before = await give(console, relay);
      const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
      return { ...outcome, faults: [before.verdict.kind === 'confirmed' ? null : `before: ${before.verdict.kind}`] };
    },
  });
  cells.push({
    situation: 'denied publish, an allowed one on its way with it',
    ...first,
    run: async bench => {
      const [relay, lock] = [await bench.device(), await bench.lock()];
      const console = await bench.console('monitor', { timeoutS });
      const pressedAt = Date.now();
      console.press('on');
      const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
      const other = await console.verdict();
      const isTrue = other.kind === 'confirmed' || (other.kind === 'not-confirmed' && traits.closesOnDenial === true);
      const arrived = relay.arrivals.filter(({ at }) => at >= pressedAt).length;
      const isFit = arrived === (other.kind === 'confirmed' ? 1 : Math.min(arrived, 1));
      const faults = [isTrue ? null : `the allowed one: ${other.kind}`, isFit ? null : `it arrived ${arrived} times`];
      return { ...outcome, faults };
    },
  });
  if (traits.hasAclFile === true) {
    cells.push({
      situation: 'denied publish, after an allowed command of another switch, with --acl FILE',
      expect: isV5 ? 'denied/refused' : 'denied/echo',
      run: async bench => {
        const [relay, lock] = [await bench.device(), await bench.lock()];
        const console = await bench.console('monitor', { withAcl: true });
        await give(console, relay);
        const outcome = await give(console, lock, { isDenied: true }, 'on', 'lock');
        return { ...outcome, faults: [outcome.verdict.elapsedMs < 1_900 ? null : 'it waited for the time limit'] };
      },
    });
    cells.push({
      situation: 'denied publish, with --acl FILE',
      expect: isV5 ? 'denied/refused' : 'denied/echo',
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('guest', { withAcl: true });
        const outcome = await give(console, device, { isDenied: true });
        const isPlaced = outcome.verdict.cure?.includes(`${bench.broker.aclFile}:`) === true;
        return { ...outcome, faults: [isPlaced ? null : 'the cure names no line of the file'] };
      },
    });
  }
  if (traits.hasLog === true && !isV5) {
    cells.push({
      situation: 'denied publish, with --broker-log FILE',
      expect: 'denied/logged',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('guest', { withLog: true }), device, { isDenied: true });
      },
    });
  }
  return cells;
}
