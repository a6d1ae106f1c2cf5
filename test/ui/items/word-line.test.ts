import { describe, expect, it } from 'vitest';
import { runHouse } from '../../helpers/house/house-run.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';

describe('a binary that only says its first word', () => {
  const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };
  const panels = [{ label: 'House', items: ['hall'] }];

  /** What stands in its row, and in its detail, after so many seconds without it. */
  async function shown(seconds: number, isLinkLost = false): Promise<readonly [row: string, detail: string]> {
    const run = runHouse({ name: 'H', sensors: {}, switches: {}, binaries: { hall: motion }, clients: {}, panels });
    run.connect();
    run.receive('hall/motion', 'OFF');
    run.pass(1_000);
    run.receive('hall/motion', 'ON');
    run.pass(seconds * 1_000);
    if (isLinkLost) run.reconnect();
    const console = await openTestConsole({ home: run.state });
    const row = (await console.screen()).match(/Hall .*(?=│)/)?.[0]?.trim() ?? '';
    await console.press('<enter>');
    const detail = await console.screen();
    await console.press('<ctrl+c>');
    await console.ended;
    return [row, detail];
  }

  it('is shown as it said, then as presumed, with since when', async () => {
    expect((await shown(89))[0]).toMatch(/^Hall +motion +for 1 min$/);
    const [row, detail] = await shown(250);
    expect(row).toMatch(/^Hall +quiet +presumed, for 2 min$/);
    expect(detail).toMatch(/quiet, presumed +for 2 min/);
    expect(detail).toMatch(/Why +presumed: it did not say motion for 90 s/);
    expect(detail).toMatch(/Last +motion at /);
    expect(detail).toMatch(/Says +motion or quiet; quiet is presumed after 90 s without motion/);
  });

  it('was presumed, where the link was gone meanwhile', async () => {
    const [row, detail] = await shown(120, true);
    expect(row).toMatch(/^.? ?Hall +was quiet +presumed/);
    expect(detail).toContain('was quiet, presumed');
  });

  it('is called presumed and unreadable, where what it said then is none of its words', async () => {
    const run = runHouse({ name: 'H', sensors: {}, switches: {}, binaries: { hall: motion }, clients: {}, panels });
    run.connect();
    run.receive('hall/motion', 'ON');
    run.pass(90_000);
    run.receive('hall/motion', '?');
    const console = await openTestConsole({ home: run.state });
    expect(await console.screen()).toMatch(/Hall +was quiet +presumed, unreadable +│/);
    await console.press('<ctrl+c>');
    await console.ended;
  });
});

describe('a bell', () => {
  it('says when it rang without a number that is wrong a second later', async () => {
    const bell = { label: 'Bell', topic: 'door/bell', words: { ring: 'rings' } };
    const panels = [{ label: 'House', items: ['bell'] }];
    const run = runHouse({ name: 'H', sensors: {}, switches: {}, events: { bell }, clients: {}, panels });
    run.connect();
    run.receive('door/bell', 'ring');
    run.pass(4_000);
    const console = await openTestConsole({ home: run.state });
    expect(await console.screen()).toMatch(/Bell +rings +\d\d:\d\d, a few seconds ago; 1 since \d\d:\d\d/);
    await console.press('q');
    await console.ended;
  });
});
