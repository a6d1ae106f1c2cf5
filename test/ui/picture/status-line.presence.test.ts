import { expect, it } from 'vitest';
import { type HouseRun, runHouse } from '../../helpers/house/house-run.ts';
import { openTestConsole } from '../../helpers/ui/console.ts';

/** A gateway whose valve is said to be gone, and all else is well. */
function gone(): HouseRun {
  const valve = { label: 'Valve', topic: 'gw/valve', unit: '%', availability: { topic: 'gw/valve/here' } };
  const flow = { label: 'Flow', topic: 'gw/flow', unit: '°C' };
  const panels = [{ label: 'All', items: ['flow', 'valve'] }];
  const clients = { gw: { label: 'Gateway', publishes: ['valve', 'flow'] } };
  const run = runHouse({ version: 2, name: 'H', sensors: { valve, flow }, switches: {}, clients, panels });
  run.connect();
  for (let round = 0; round < 4; round++) {
    run.receive('gw/flow', '20');
    run.receive('gw/valve', '40');
    run.pass(5_000);
  }
  run.receive('gw/valve/here', 'offline');
  return run;
}

it('says of an item that it is said to be gone, and Enter goes to it, where it stands what is said where', async () => {
  const run = gone();
  const console = await openTestConsole({ home: run.state });
  const screen = await console.screen();
  expect(screen.split('\n')[1]).toContain('Valve is offline: "offline" was said on gw/valve/here');
  expect(screen).toMatch(/Valve +40\.0 % .*offline/);
  expect(screen).toMatch(/Gateway +● live/);
  await console.press('k<enter>');
  const detail = await console.screen();
  expect(detail).toMatch(/Why +it is offline: "offline" was said on gw\/valve\/here/);
  expect(detail).toMatch(/There +"offline" on gw\/valve\/here/);
  await console.press('<ctrl+c>');
  await console.ended;
});

it('says nothing of it where nothing was said yet', async () => {
  const run = gone();
  run.receive('gw/valve/here', 'online');
  const console = await openTestConsole({ home: run.state });
  expect((await console.screen()).split('\n')[1]).toContain('Both values and 1 client are live');
  await console.press('<ctrl+c>');
  await console.ended;
});
