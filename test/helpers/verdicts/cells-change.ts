import { changeUser } from '../brokers/broker-rights.ts';
import { verdictUsers } from './bench.ts';
import { give, provenDenial, type Traits } from './give.ts';
import type { Cell } from './table.ts';

/** Rights and passwords that change under a live session. */
export function changeCells(traits: Traits): readonly Cell[] {
  const { kicks = false, keepsRights = false, protocol } = traits;
  const cells: Cell[] = [
    {
      situation: 'password changed while connected',
      expect: kicks ? 'not-sent' : 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('changing');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { password: 'another' }));
        if (kicks) await console.until(state => state.link.phase === 'refused');
        return give(console, device, { isOffline: kicks });
      },
    },
    {
      situation: 'ACL changed under a live session: right to write taken',
      // RabbitMQ goes on letting an open connection write what it has written, until it forgets: the device is the witness.
      ...provenDenial(traits),
      ...(keepsRights ? { expect: 'confirmed/feedback|not-confirmed' } : {}),
      isAlone: true,
      run: async bench => {
        const device = await bench.device();
        const console = await bench.console('changing');
        const before = await console.command('on');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { write: [] }));
        const outcome = await give(console, device, { isDenied: !keepsRights }, 'off');
        return { ...outcome, faults: [before.kind === 'confirmed' ? null : `before: ${before.kind}`] };
      },
    },
  ];
  if (keepsRights) return cells;
  cells.push({
    situation: 'ACL changed under a live session: right to write given',
    expect: 'confirmed/feedback',
    isAlone: true,
    run: async bench => {
      await bench.broker.change(changeUser(verdictUsers, 'changing', { write: [] }));
      const device = await bench.device();
      const console = await bench.console('changing');
      const before = await console.command('on');
      await bench.broker.change(verdictUsers);
      const outcome = await give(console, device);
      const isRight = before.kind === (protocol === '5' ? 'denied' : 'not-confirmed');
      return { ...outcome, faults: [isRight ? null : `before: ${before.kind}`] };
    },
  });
  for (const delayMs of [50, 600]) {
    cells.push({
      situation: `ACL changed under a live session: right to read commands taken, device answers in ${delayMs} ms`,
      expect: 'confirmed/feedback',
      isAlone: true,
      run: async bench => {
        const device = await bench.device({ delayMs });
        const console = await bench.console('changing', { timeoutS: 2 });
        const before = await console.command('on');
        await bench.broker.change(changeUser(verdictUsers, 'changing', { read: ['home/+/done'] }));
        const outcome = await give(console, device, {}, 'off');
        return { ...outcome, faults: [before.kind === 'confirmed' ? null : `before: ${before.kind}`] };
      },
    });
  }
  return cells;
}
