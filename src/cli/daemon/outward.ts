import type { Feed } from '../../app/engine/feed.ts';
import { openHouseFeed } from '../../app/engine/house-feed.ts';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { Shutdown } from '../../app/shutdown.ts';
import type { HomeStore } from '../../app/store.ts';
import type { World } from '../../app/world.ts';
import { parseListenAddress } from '../../core/engine/listen-address.ts';
import { prometheusText } from '../../core/format/status/prometheus.ts';
import { takeSnapshot } from '../../core/format/status-snapshot.ts';
import { openMetricsServer } from '../../io/engine/metrics-server.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { openSettledEngine } from '../settings/engine.ts';
import type { Settings } from '../settings/settings.ts';

/** What goes out to others than the broker. */
export interface Outward {
  readonly store: HomeStore;
  readonly folder: string;
  readonly shutdown: Shutdown;
  readonly say: (text: string) => void;
}

/** The last part may be on its way for so long, ms. */
const LAST_PART_MS = 5_000;

/** Sends what is recorded to the database that is settled; `null` where none is, or it fetches by itself. Throws a `Failure`: 64, 66. */
export function openSettledFeed(
  settings: Settings,
  { store, folder, shutdown, say }: Outward,
  { clock }: World,
): Feed | null {
  const stop = new AbortController();
  const engine = openSettledEngine(settings, clock, stop.signal);
  if (engine === null) return null;
  const { base, kind } = engine.address;
  if (kind === 'prometheus') {
    say(`nothing is sent to the engine ${base}: a Prometheus fetches by itself, from --metrics`);
    return null;
  }
  const feed = openHouseFeed(engine, folder, store, clock);
  shutdown.add(() => stop.abort());
  shutdown.add(feed.close, LAST_PART_MS);
  say(`sends what it records to the engine ${base}`);
  return feed;
}

/** Lets a Prometheus fetch how the house is. Throws a `Failure`: 64 for an address that makes no sense, 74 for one that is taken. */
export async function serveMetrics(
  address: string,
  { store, shutdown, say }: Outward,
  { clock }: World,
): Promise<void> {
  const parsed = parseListenAddress(address);
  if (!parsed.ok) throw new Failure(ExitCode.usage, `--metrics does not understand "${address}"`, parsed.error);
  const text = (): string => {
    // Time went by since the last event: ages and silences are those of now.
    store.dispatch({ type: 'ticked', at: clock.now() });
    const state = store.getState();
    return prometheusText(takeSnapshot(state, null), state.house.config.name);
  };
  try {
    const server = await openMetricsServer(parsed.value, text);
    shutdown.add(server.close);
    const others = parsed.value.isLoopback ? '' : ': all who reach this address may read it, without a password';
    say(`its metrics are at ${server.url}${others}`);
  } catch (error) {
    const cure = 'Take another port, or end what listens there.';
    throw new Failure(ExitCode.output, `the metrics cannot be served at ${address}: ${fileFaultOf(error).why}`, cure);
  }
}
