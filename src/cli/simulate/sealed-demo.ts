import { createSeals, type Seals } from '../../app/sealed/seals.ts';
import type { World } from '../../app/world.ts';
import { createHouse } from '../../core/house/house.ts';
import type { HouseConfig } from '../../core/house/schema.ts';
import type { Keys } from '../../core/sealed/keys.ts';
import { newKey } from '../../io/sealed/new-key.ts';

/** The demo's house where its devices seal what they send, with keys that live as long as the process. */
export function sealedDemo(
  plain: HouseConfig,
  { clock }: World,
): { readonly config: HouseConfig; readonly keys: Keys; readonly seals: Seals } {
  const clients = Object.entries(plain.clients).map(([id, client]) => [id, { ...client, sealed: true }] as const);
  const config = { ...plain, clients: Object.fromEntries(clients) };
  const madeAt = new Date(clock.wallNow()).toISOString();
  const keys = Object.fromEntries(clients.map(([id]) => [id, { key: newKey(), madeAt }]));
  return { config, keys, seals: createSeals({ house: createHouse(config), keys, marks: null, now: clock.wallNow }) };
}
