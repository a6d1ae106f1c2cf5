import type { HomeState } from '../../../src/core/home/state/state.ts';
import { createState } from '../../../src/core/home/state/state.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { session } from '../house/house-run.ts';
import { kindsHouse } from '../house/kinds-house.ts';
import { connected, message, START, tick, withEvents } from './home.ts';

/** The house with one of each kind after 12 minutes: a door that opened, a bell that rang twice, a set-point that was set. */
export function kindsHome(): HomeState {
  const at = (second: number): number => START + second * 1_000;
  let home = withEvents(createState(createHouse(kindsHouse), session, START), connected(START));
  const first: readonly (readonly [string, string])[] = [
    ['room/temperature', '21.3'],
    ['fan/level', 'low'],
    ['heater/state', '0'],
    ['door/contact', 'closed'],
    ['cellar/leak', 'dry'],
    ['hall/motion', 'ON'],
    ['lamp/state', '{"state":"ON"}'],
    ['heater/target', '20'],
    ['heater/mode', 'auto'],
    ['washer/program', 'cotton 40'],
    ['door/bell', 'single'],
  ];
  home = withEvents(home, ...first.map(([topic, payload]) => message(at(1), topic, payload)));
  const kept = new TextEncoder().encode('{"1-0:16.7.0": 1234}');
  home = withEvents(home, {
    ...{ type: 'message-received', at: at(2), topic: 'plug/state', payload: kept, isRetained: true },
  });
  for (let second = 5; second <= 720; second += 5) {
    home = withEvents(
      home,
      message(at(second), 'room/temperature', (21 + Math.sin(second / 90)).toFixed(1)),
      message(at(second), 'fan/level', 'low'),
      message(at(second), 'lamp/state', '{"state":"ON"}'),
      ...(second === 300 ? [message(at(300), 'door/contact', 'open'), message(at(300), 'door/bell', 'single')] : []),
      ...(second === 480 ? [message(at(480), 'heater/state', '1'), message(at(480), 'hall/motion', 'ON')] : []),
      tick(at(second) + 500),
    );
  }
  home = withEvents(home, { type: 'switch-requested', at: home.at, switchId: 'target', target: '21.5' });
  const commandId = home.nextId - 1;
  return withEvents(
    home,
    { type: 'command-acknowledged', at: home.at + 12, commandId, code: 0 },
    message(home.at + 84, 'heater/target', '21.5'),
    message(home.at + 90, 'room/temperature', '21.9'),
  );
}
