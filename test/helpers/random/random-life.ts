import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from '../house/house-run.ts';
import type { Random } from './random.ts';

/** A house of up to six sensors, of which clients name some, all or none. */
function randomHouse(random: Random): HouseConfig {
  const ids = Array.from({ length: 1 + random.below(6) }, (_, number) => `s${number}`);
  const clients: Record<string, { publishes: string[] }> = {};
  for (const id of ids) {
    const client = random.pick([null, 'one', 'two']);
    if (client !== null) clients[client] = { publishes: [...(clients[client]?.publishes ?? []), id] };
  }
  const sensor = (id: string): HouseConfig['sensors'][string] => ({
    label: id.toUpperCase(),
    topic: `home/${id}`,
    unit: '°C',
    range: { min: 0, max: 100 },
    warning: { high: 80 },
    critical: { high: 90 },
    ...(random.chance(0.3) ? { every: 1 + random.below(20) } : {}),
    ...(random.chance(0.1) ? { expireAfter: 2 + random.below(20) } : {}),
  });
  return {
    ...articleHouse(),
    sensors: Object.fromEntries(ids.map(id => [id, sensor(id)])),
    derived: {},
    switches: {},
    clients,
    panels: [{ label: 'All', items: ids }],
  };
}

/** Lets a random house live for a while: values, retained ones, silences, a lost link; tells each state that it was in. */
export function liveAtRandom(random: Random, look: (state: HomeState) => void): void {
  const run: HouseRun = runHouse(randomHouse(random));
  run.connect();
  const ids = run.state.readings.ids;
  const speaking = new Set(ids.filter(() => random.chance(0.9)));
  for (let step = 0; step < 30; step += 1) {
    for (const id of speaking) run.receive(`home/${id}`, random.chance(0.97) ? '50' : '95');
    if (random.chance(0.1)) run.receive(`home/${random.pick(ids)}`, random.pick(['50', '99']), { retained: true });
    if (random.chance(0.1)) speaking.delete(random.pick(ids));
    if (random.chance(0.2)) speaking.add(random.pick(ids));
    if (random.chance(0.05)) run.reconnect();
    look(run.state);
    run.pass(random.pick([500, 1_000, 5_000, 5_000, 5_000, 20_000]));
    look(run.state);
  }
}
