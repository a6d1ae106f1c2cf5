import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines } from '../../../core/clean-text.ts';
import { jsonText } from '../../../core/json-text.ts';
import { flowOfHouse } from '../../../core/node-red/export/flow-of-house.ts';
import { writeTextFile } from '../../../io/files/text-file.ts';
import { refuseOperands } from '../../args/operands.ts';
import type { Arguments } from '../../args/parse.ts';
import { readLink, readSettings } from '../../settings/connection.ts';
import { loadHouse } from '../../settings/load-house.ts';
import { print } from '../../stdio/output.ts';

/** `hometui export --to node-red`: the house for another program. */
export async function runExport(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const { to } = args.flags;
  if (to === undefined) {
    throw new Failure(ExitCode.usage, '--to is missing', 'As in: hometui export --to node-red > flow.json');
  }
  return exportFlow(args, world);
}

async function exportFlow(args: Arguments, world: World): Promise<ExitCode> {
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  const { session, webSocketUrl, tls, protocolVersion } = readLink(settings, world, {});
  const url = webSocketUrl ?? session.url;
  const version = args.flags.dashboard === '1' ? 1 : 2;
  const { nodes, notes } = flowOfHouse(house, version, { url, protocolVersion });
  await writeOut(`${jsonText(nodes, 1)}\n`, args, world);
  const lines = [
    ...notes,
    ...(tls === null
      ? []
      : ["Node-RED checks the broker's certificate: name the file of its authority in the node of TLS"]),
    `in Node-RED: menu, Import; then type user and password into the broker "${house.config.name} (hometui)"`,
  ];
  await print(world.stderr, cleanLines(lines.map(line => `hometui: ${line}\n`).join('')));
  return ExitCode.ok;
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
