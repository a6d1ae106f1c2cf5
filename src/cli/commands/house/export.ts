import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines } from '../../../core/clean-text.ts';
import { parseEngineAddress } from '../../../core/engine/address.ts';
import { type DataSource, grafanaDashboard } from '../../../core/export/grafana.ts';
import { type DiscoveryConfig, discoveryOf } from '../../../core/export/home-assistant.ts';
import { jsonText } from '../../../core/json-text.ts';
import { flowOfHouse } from '../../../core/node-red/export/flow-of-house.ts';
import { writeTextFile } from '../../../io/files/text-file.ts';
import { refuseForeignFlags, refuseOperands } from '../../args/operands.ts';
import { connectionNames, type OptionName } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import { publishDiscovery } from '../../house/publish-discovery.ts';
import { readLink, readSettings } from '../../settings/connection.ts';
import { loadHouse } from '../../settings/load-house.ts';
import type { Settings } from '../../settings/settings.ts';
import { print } from '../../stdio/output.ts';

/** What goes to the other program, and what a person should know of it: sentences without a full stop. */
interface Exported {
  readonly text: string;
  readonly notes: readonly string[];
  /** What of it may be published. */
  readonly discovery?: readonly DiscoveryConfig[];
}

const COMMON: readonly OptionName[] = ['to', 'house', 'profile', 'output'];

/** The options of each program. */
const TAKEN = {
  'node-red': [...COMMON, ...connectionNames, 'dashboard'],
  'home-assistant': [...COMMON, ...connectionNames, 'publish', 'yes'],
  grafana: [...COMMON, 'dataSource'],
} as const satisfies Record<string, readonly OptionName[]>;

/** `hometui export --to PROGRAM`: the house for another program. */
export async function runExport(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const to = readProgram(args);
  refuseForeignFlags(to, args, TAKEN);
  const settings = await readSettings(args, world);
  const { text, notes, discovery } = await exportFor(to, settings, args, world);
  await writeOut(text, args, world);
  await print(world.stderr, cleanLines(notes.map(note => `hometui: ${note}\n`).join('')));
  if (args.flags.publish !== true || discovery === undefined) return ExitCode.ok;
  return publishDiscovery(discovery, settings, args, world);
}

function readProgram({ flags: { to } }: Arguments): keyof typeof TAKEN {
  const program = (Object.keys(TAKEN) as (keyof typeof TAKEN)[]).find(one => one === to);
  if (program !== undefined) return program;
  throw new Failure(ExitCode.usage, '--to is missing', 'As in: hometui export --to node-red > flow.json');
}

async function exportFor(
  to: keyof typeof TAKEN,
  settings: Settings,
  { flags }: Arguments,
  world: World,
): Promise<Exported> {
  const house = await loadHouse(settings.house.value);
  if (to === 'home-assistant') {
    const { configs, notes } = discoveryOf(house);
    return {
      text: configs.map(({ topic, payload }) => `${topic} ${jsonText(payload)}\n`).join(''),
      notes,
      discovery: configs,
    };
  }
  if (to === 'grafana') {
    const source = flags.dataSource ?? sourceOf(settings);
    const note = 'in Grafana: Dashboards, New, Import; it asks for the data source';
    return { text: `${jsonText(grafanaDashboard(house, source), 1)}\n`, notes: [`the data source is ${source}`, note] };
  }
  const { session, webSocketUrl, tls, protocolVersion } = readLink(settings, world, {});
  const broker = { url: webSocketUrl ?? session.url, protocolVersion };
  const { nodes, notes } = flowOfHouse(house, flags.dashboard === '1' ? 1 : 2, broker);
  return {
    text: `${jsonText(nodes, 1)}\n`,
    notes: [
      ...notes,
      ...(tls === null ? [] : ["Node-RED checks the broker's certificate: name its authority in the node of TLS"]),
      `in Node-RED: menu, Import; then type user and password into the broker "${house.config.name} (hometui)"`,
    ],
  };
}

/** By the engine that is settled: what takes lines may be InfluxDB or VictoriaMetrics, and is the first unless told. */
function sourceOf({ engine }: Settings): DataSource {
  const address = engine === undefined ? null : parseEngineAddress(engine.value);
  return address?.ok === true && address.value.kind === 'prometheus' ? 'prometheus' : 'influxdb';
}

async function writeOut(text: string, { flags }: Arguments, world: World): Promise<void> {
  if (flags.output === undefined) {
    await print(world.stdout, text);
    return;
  }
  const written = writeTextFile(flags.output, text);
  if (written.ok) return;
  const message = `${flags.output} cannot be written: ${written.error.why}`;
  throw new Failure(ExitCode.output, message, 'Choose another --output.');
}
