import type { HouseConfig } from '../../house/schema.ts';
import { identityAt, type ProposedDevice } from '../proposal.ts';

/** What a house file has already, as far as that matters for what is added. */
export interface HouseFacts {
  /** What items there are, by their identities, and where they answer. */
  readonly known: ReadonlySet<string>;
  readonly itemIds: readonly string[];
  readonly clientIds: readonly string[];
  readonly labels: ReadonlySet<string>;
  /** Keys that no new switch may have. */
  readonly keys: readonly string[];
  /** Seconds; `null` where the file does not say. */
  readonly cadenceS: number | null;
  /**
   * The client that a device is, by its user or by items that are served already; `identities` are of all that the device
   * serves. `null` where none is.
   */
  readonly clientOf: (device: ProposedDevice, identities: readonly string[]) => string | null;
  /** The label of the panel on which most of a client's items stand; `null` where none does. */
  readonly panelOf: (client: string) => string | null;
}

/** What items of any kind may have. */
interface ItemFields {
  readonly label?: string;
  readonly topic?: string;
  readonly command?: string;
  readonly feedback?: string;
  readonly path?: string;
  readonly payload?: string;
  readonly key?: string;
}

/** Groups of a house file whose members are items; a computed value has no topic. */
const GROUPS = [
  ...['sensors', 'states', 'binaries', 'events', 'counters', 'derived'],
  ...['switches', 'numbers', 'selects', 'buttons'],
] as const;

/** The facts of a house; of none at all for `null`. */
export function readFacts(house: HouseConfig | null): HouseFacts {
  const groups = (house ?? {}) as Readonly<Record<string, Readonly<Record<string, ItemFields>> | undefined>>;
  const items = GROUPS.flatMap(group => Object.entries(groups[group] ?? {}));
  const clients = Object.entries(house?.clients ?? {});
  const idOf = new Map(items.flatMap(([id, item]) => identitiesOf(item).map(identity => [identity, id] as const)));
  const servedBy = new Map(clients.flatMap(([id, { publishes }]) => publishes.map(item => [item, id] as const)));
  return {
    known: new Set(idOf.keys()),
    itemIds: items.map(([id]) => id),
    clientIds: clients.map(([id]) => id),
    labels: new Set(items.flatMap(([, { label }]) => label ?? [])),
    keys: items.flatMap(([, { key }]) => key ?? []),
    cadenceS: house?.cadence ?? null,
    clientOf: ({ user }, identities) => {
      const byUser = clients.find(([id, client]) => user !== null && (client.user ?? id) === user);
      if (byUser !== undefined) return byUser[0];
      const serving = identities.flatMap(identity => servedBy.get(idOf.get(identity) ?? '') ?? []);
      return serving[0] ?? null;
    },
    panelOf: client => {
      const shown = (house?.panels ?? []).map(panel => panel.items.filter(id => servedBy.get(id) === client).length);
      const most = Math.max(0, ...shown);
      return most === 0 ? null : (house?.panels[shown.indexOf(most)]?.label ?? null);
    },
  };
}

/** What an item is by, where it is commanded and where it answers: each is explained by it. */
function identitiesOf({ topic, command, feedback, path, payload }: ItemFields): readonly string[] {
  const said = [topic, feedback].flatMap(name => (name === undefined ? [] : [identityAt(name, path)]));
  if (command === undefined) return said;
  return [
    ...said,
    identityAt(command, path),
    ...(feedback === undefined ? [identityAt(command, undefined, payload)] : []),
  ];
}
