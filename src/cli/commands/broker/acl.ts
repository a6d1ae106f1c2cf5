import { createInterface } from 'node:readline';
import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { countText } from '../../../core/count-text.ts';
import { formatIssue, type Issue } from '../../../core/issue.ts';
import { jsonText } from '../../../core/json-text.ts';
import {
  type AccessTable,
  createAccessTable,
  formatAccessTable,
  type TableTexts,
  tableTexts,
} from '../../../core/mosquitto/access-table.ts';
import type { BrokerVersion } from '../../../core/mosquitto/broker-version.ts';
import { lintAcl, lintExitCode } from '../../../core/mosquitto/lint/acl-lint.ts';
import { needsOfDevices } from '../../../core/mosquitto/lint/house-needs.ts';
import { topicNameFault } from '../../../core/mqtt/topic.ts';
import { fileFaultOf } from '../../../io/files/text-file.ts';
import { answerJson, answerText, parseQuestion } from '../../acl/answer.ts';
import { editAcl } from '../../acl/edit.ts';
import { readBrokerFiles, readSoundAcl } from '../../acl/files.ts';
import { writeAcl } from '../../acl/write.ts';
import type { commands } from '../../args/commands.ts';
import { readFormat, refuseForeignFlags } from '../../args/operands.ts';
import { connectionNames, longForm, type OptionName } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import { loadHouse } from '../../settings/load-house.ts';
import { print } from '../../stdio/output.ts';
import { styleFor } from '../../stdio/text-style.ts';

type AclWord = (typeof commands)['acl']['words'][number];

/** `hometui acl check|explain|probe|allow|deny|revoke|write FILE`. */
export async function runAcl(args: Arguments, world: World): Promise<ExitCode> {
  const [word, file, ...rest] = args.operands;
  if (file === undefined || rest.length > 0) {
    throw new Failure(
      ExitCode.usage,
      `acl ${word ?? ''} takes one file`,
      `As in: hometui acl ${word ?? 'check'} /etc/mosquitto/acl`,
    );
  }
  refuseForeignFlags(word as AclWord, args, TAKEN);
  if (word === 'check') return checkFiles(file, args, world);
  if (word === 'allow' || word === 'deny' || word === 'revoke') return editAcl(word, file, args, world);
  if (word === 'write') return writeAcl(file, args, world);
  // It alone speaks to a broker: what it takes for that is loaded only now.
  if (word === 'probe') return (await import('../../acl/probe.ts')).probeAcl(file, args, world);
  return args.flags.stdin === true ? explainLines(file, args, world) : explainOne(file, args, world);
}

const EDITING: readonly OptionName[] = ['user', 'access', 'topic', 'dryRun'];

/** What the words take; `probe` all that says where the broker is and who asks. */
const TAKEN: Readonly<Record<AclWord, readonly OptionName[]>> = {
  check: ['format', 'house', 'passwords', 'conf', 'brokerVersion'],
  explain: ['format', 'brokerVersion', 'user', 'clientId', 'access', 'topic', 'stdin'],
  allow: EDITING,
  deny: EDITING,
  revoke: EDITING,
  write: ['house', 'viewers', 'operators', 'masters', 'yes', 'dryRun'],
  probe: ['format', ...connectionNames],
};

/** Prints the findings and the table; exits 0 clean, 1 with warnings, 2 with errors. */
async function checkFiles(file: string, args: Arguments, world: World): Promise<ExitCode> {
  const { passwords, conf, brokerVersion, house: houseName } = args.flags;
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const files = readBrokerFiles(file, passwords, conf, brokerVersion ?? null);
  const house = houseName === undefined ? null : await loadHouse(houseName);
  const needs = house === null ? [] : needsOfDevices(house);
  const issues = lintAcl({ ...files, needs });
  const users = files.passwords?.entries.map(entry => entry.user) ?? [];
  const tableOf = (version?: BrokerVersion): AccessTable =>
    createAccessTable(files.acl, users, [...new Set(needs.map(need => need.topic))], version);
  const table = tableOf(brokerVersion);
  const differs = brokerVersion === undefined && jsonText(table) !== jsonText(tableOf('2.1'));
  const note = differs ? 'as mosquitto 2.0 decides: 2.1 does not everywhere, see --broker-version 2.1' : null;
  const text = isJson
    ? checkJson(issues, table, brokerVersion ?? (differs ? '2.0' : null))
    : `${findingsText(issues, file, world)}\n${await tableText(tableTexts(table, note), args, world)}`;
  await print(world.stdout, text);
  return lintExitCode(issues);
}

function findingsText(issues: readonly Issue[], file: string, world: World): string {
  const errors = issues.filter(issue => issue.severity === 'error').length;
  const warnings = issues.filter(issue => issue.severity === 'warning').length;
  const sum =
    issues.length === 0 ? `${file}: nothing found` : `${countText(errors, 'error')}, ${countText(warnings, 'warning')}`;
  const found = issues.map(issue => `${formatIssue(issue)}\n`).join('');
  const role = errors > 0 ? 'critical' : warnings > 0 ? 'warning' : 'good';
  return `${found}${styleFor(world)(sum, role)}\n`;
}

/** With a frame on a terminal that is wide enough for it, else plain. */
async function tableText(texts: TableTexts, { flags }: Arguments, world: World): Promise<string> {
  const framed = world.stdout.isTTY === true ? await framedTable(texts, flags, world) : null;
  return `${(framed ?? formatAccessTable(texts)).join('\n')}\n`;
}

/** `null` where it does not fit. Ink is loaded here and nowhere else in this command. */
async function framedTable(
  texts: TableTexts,
  flags: Arguments['flags'],
  world: World,
): Promise<readonly string[] | null> {
  const { judgeTerminal } = await import('../../../terminal/identity/judge-terminal.ts');
  const capabilities = judgeTerminal(world, flags);
  if (!capabilities.canDrawScreen) return null;
  const [{ glyphsFor }, { drawAccessTable }] = await Promise.all([
    import('../../../terminal/identity/glyphs.ts'),
    import('../../../ui/hosts/access-table.ts'),
  ]);
  const { frame } = glyphsFor(capabilities);
  return drawAccessTable(texts, { columns: world.stdout.columns, frame, style: styleFor(world) });
}

/** `brokerVersion` is whose decisions the rows are; `null` where all versions decide so. */
function checkJson(
  issues: readonly Issue[],
  { users, rows }: AccessTable,
  brokerVersion: BrokerVersion | null,
): string {
  return `${jsonText({ schema: 1, findings: issues, brokerVersion, users, rows })}\n`;
}

/** Answers the one question of the command line. Exits 0: the question was answered, whatever the answer. */
async function explainOne(file: string, args: Arguments, world: World): Promise<ExitCode> {
  const { user = null, clientId = '', access, topic } = args.flags;
  if (topic === undefined || (access !== 'read' && access !== 'write')) {
    const cure = 'As in: hometui acl explain FILE --user monitor --access write --topic cellar/fan';
    throw new Failure(ExitCode.usage, 'acl explain needs --access and --topic', cure);
  }
  const fault = topicNameFault(topic);
  if (fault !== null) throw new Failure(ExitCode.usage, `--topic is no topic name: ${fault}`);
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const version = args.flags.brokerVersion ?? null;
  const acl = readSoundAcl(file, version);
  const question = { user, clientId, access, topic };
  await print(world.stdout, isJson ? `${answerJson(acl, question, version)}\n` : answerText(acl, question, version));
  return ExitCode.ok;
}

/** Answers one JSON question a line until the input ends; a line that is no question gets `{"error"}`. */
async function explainLines(file: string, { flags }: Arguments, world: World): Promise<ExitCode> {
  const [asked] = (['user', 'clientId', 'access', 'topic'] as const).filter(name => flags[name] !== undefined);
  if (asked !== undefined) {
    const cure = `Leave ${longForm(asked)} out, or --stdin.`;
    throw new Failure(ExitCode.usage, 'with --stdin each line of the input is a question of its own', cure);
  }
  const version = flags.brokerVersion ?? null;
  const acl = readSoundAcl(file, version);
  let exitCode: ExitCode = ExitCode.ok;
  for await (const line of linesOf(world.stdin)) {
    if (line.trim() === '') continue;
    const question = parseQuestion(line);
    if (!question.ok) exitCode = ExitCode.usage;
    const answer = question.ok ? answerJson(acl, question.value, version) : jsonText({ error: question.error });
    if ((await print(world.stdout, `${answer}\n`)) === 'closed') return exitCode;
  }
  return exitCode;
}

/** The lines of standard input. Throws a `Failure` (66) where it cannot be read. */
async function* linesOf(input: World['stdin']): AsyncGenerator<string> {
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    const { why } = fileFaultOf(error);
    throw new Failure(ExitCode.noInput, `standard input cannot be read: ${why}`, 'Give it one JSON question a line.');
  }
}
