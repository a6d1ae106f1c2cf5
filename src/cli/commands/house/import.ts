import { ExitCode } from '../../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines } from '../../../core/clean-text.ts';
import { newHouse } from '../../../core/house/merge.ts';
import { parseExport } from '../../../core/node-red/flow/parse-export.ts';
import { importFlow } from '../../../core/node-red/import/import-flow.ts';
import { importReport } from '../../../core/node-red/import/report.ts';
import { placeImport } from '../../../core/node-red/import/to-house.ts';
import { cureOfOwnFile } from '../../../io/files/file-facts.ts';
import { readTextFile } from '../../../io/files/text-file.ts';
import type { Arguments } from '../../args/parse.ts';
import { profileLines, saveFlowBroker } from '../../house/flow-broker.ts';
import { putIntoHouse, readTargetHouse } from '../../house/put-house.ts';
import { print } from '../../stdio/output.ts';

/** `hometui import FILE`: the dashboard of a Node-RED export as a house file. */
export async function runImport(args: Arguments, world: World): Promise<ExitCode> {
  const { flags } = args;
  const file = readOperand(args);
  const text = readTextFile(file);
  const cure = 'Name a file that Node-RED exported.';
  if (!text.ok) {
    const message = `${file} cannot be read: ${text.error.why}`;
    throw new Failure(ExitCode.noInput, message, cureOfOwnFile(text.error, file, cure));
  }
  const nodes = parseExport(text.value);
  if (!nodes.ok)
    throw new Failure(ExitCode.noInput, `${file} cannot be imported: ${nodes.error.message}`, nodes.error.cure);
  const flow = importFlow(nodes.value);
  const target = flags.output === undefined ? null : readTargetHouse(flags.output);
  const made = placeImport(flow, target?.config ?? null);
  const report = cleanLines(importReport(file, flow, made) + profileLines(flow, flags.profile));
  // The house itself is the output where no file is named for it.
  await print(target === null ? world.stderr : world.stdout, report);
  if (made.placed.length === 0) {
    const why = flow.widgets === 0 ? 'it has no dashboard' : 'none of its widgets can be taken';
    throw new Failure(ExitCode.noInput, `there is nothing for hometui in ${file}: ${why}`, null);
  }
  if (target !== null) await putIntoHouse(target, made.additions, flags, world);
  else {
    const house = newHouse(made.additions, 'the house of this export');
    if (!house.ok) throw failureOfIssues(ExitCode.config, house.error);
    await print(world.stdout, house.value);
  }
  if (flags.profile !== undefined) await saveFlowBroker(flow, flags, world);
  return flow.leftOut.length > 0 ? ExitCode.warning : ExitCode.ok;
}

function readOperand({ operands }: Arguments): string {
  const [file, ...others] = operands;
  if (file !== undefined && others.length === 0) return file;
  const cure = 'As in: hometui import flows.json --output my-house.json';
  throw new Failure(ExitCode.usage, file === undefined ? 'FILE is missing' : 'hometui import takes one file', cure);
}
