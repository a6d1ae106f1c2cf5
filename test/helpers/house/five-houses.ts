import { type HouseRun, runHouse } from './house-run.ts';

/** Sends one round of what the devices of the article's house send. */
export function speak(run: HouseRun, flow = '54.3'): void {
  run.receive('heating/flow', flow);
  run.receive('heating/return', '41.0');
  run.receive('cellar/temperature', '14.2');
  run.receive('cellar/humidity', '71');
}

/** The houses that each output format must be able to say. */
export function fiveHouses(): Readonly<
  Record<'healthy' | 'stale' | 'denied' | 'unreachable' | 'never-seen', HouseRun>
> {
  const healthy = runHouse();
  healthy.connect();
  speak(healthy);
  healthy.receive('heating/pump/done', 'on');
  healthy.pass(2_000);

  const stale = runHouse();
  stale.connect();
  speak(stale, '86');
  stale.pass(47_000);
  stale.receive('heating/flow', '86');

  const denied = runHouse();
  denied.connect();
  speak(denied);
  denied.acknowledge(denied.request('fan', 'on').commandId, 0x87);

  const unreachable = runHouse();
  unreachable.disconnect();

  const neverSeen = runHouse();
  neverSeen.connect('3.1.1');
  neverSeen.receive('heating/flow', '50', { retained: true });
  neverSeen.pass(12_000);
  return { healthy, stale, denied, unreachable, 'never-seen': neverSeen };
}
