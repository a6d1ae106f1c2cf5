import { expect, it } from 'vitest';
import { createSidePublisher } from '../../src/app/side-publish.ts';
import type { Effect } from '../../src/core/home/state/effect.ts';

function open() {
  const effects: Effect[] = [];
  return { effects, side: createSidePublisher(() => ({ perform: effect => void effects.push(effect) })) };
}

it('publishes over the link, with an id that no command of the house has', async () => {
  const { effects, side } = open();
  const outcome = side.publish('home/notices', '{}');
  expect(effects).toEqual([
    { type: 'publish-command', commandId: -1, topic: 'home/notices', payload: '{}', expirySeconds: 3_600 },
  ]);
  expect(side.takes({ type: 'command-acknowledged', at: 0, commandId: 1, code: 0 })).toBe(false);
  expect(side.takes({ type: 'ticked', at: 0 })).toBe(false);
  expect(side.takes({ type: 'command-acknowledged', at: 0, commandId: -1, code: 0 })).toBe(true);
  expect(await outcome).toEqual({ isDelivered: true, answer: 'taken by the broker' });
  expect(side.takes({ type: 'command-acknowledged', at: 0, commandId: -1, code: 0 })).toBe(false);
});

it.each([
  [{ type: 'command-acknowledged', at: 0, commandId: -1, code: 0x10 }, 'nobody listens on its topic', false],
  [
    { type: 'command-acknowledged', at: 0, commandId: -1, code: 0x87 },
    'the broker refused it: not authorized (135)',
    false,
  ],
  [{ type: 'command-not-sent', at: 0, commandId: -1, why: 'no link' }, 'no link', false],
  [
    { type: 'command-lost', at: 0, commandId: -1, end: 'closed' },
    'the link was lost before the broker acknowledged it',
    true,
  ],
] as const)('says why not: %j', async (event, why, mayBeDone) => {
  const { side } = open();
  const outcome = side.publish('home/notices', '{}');
  expect(side.takes(event)).toBe(true);
  expect(await outcome).toEqual({ isDelivered: false, why, mayBeDone });
});

it('has no link before there is one', async () => {
  const outcome = await createSidePublisher(() => null).publish('a', 'b');
  expect(outcome).toEqual({ isDelivered: false, why: 'there is no link yet', mayBeDone: false });
});
