import { createInterface } from 'node:readline';
import { formatIssue, type Issue } from '../../core/issue.ts';
import { type AccessTable, createAccessTable, formatAccessTable } from '../../core/mosquitto/access-table.ts';
import { type AclFile, isRefused } from '../../core/mosquitto/acl-file.ts';
import { lintAcl, lintExitCode } from '../../core/mosquitto/acl-lint.ts';
import { needsOfDevices } from '../../core/mosquitto/house-needs.ts';
import { topicNameFault } from '../../core/mqtt/topic.ts';
import { answerJson, answerText, parseQuestion } from '../acl-answer.ts';
import { readAcl, readBrokerFiles } from '../acl-files.ts';
import { ExitCode } from '../exit-code.ts';
import { Failure } from '../failure.ts';
import { loadHouse } from '../load-house.ts';
import { readFormat } from '../operands.ts';
import { print } from '../output.ts';
import type { Arguments } from '../parse.ts';
import type { World } from '../world.ts';

/** `hometui acl check FILE` and `hometui acl explain FILE`. */
export async function runAcl(args: Arguments, world: World): Promise<ExitCode> {
  const [word, file, ...rest] = args.operands;
  if (file === undefined || rest.length > 0) {
    throw new Failure(
      ExitCode.usage,
      `acl ${word ?? ''} takes one file`,
      'As in: hometui acl check /etc/mosquitto/acl',
    );
  }
  if (word === 'check') return checkFiles(file, args, world);
  return args.flags.stdin === true ? explainLines(file, world) : explainOne(file, args, world);
}

/** Prints the findings and the table; exits 0 clean, 1 with warnings, 2 with errors. */
async function checkFiles(file: string, args: Arguments, world: World): Promise<ExitCode> {
  const { passwords, conf, house: houseName } = args.flags;
  const isJson = readFormat(args, ['text', 'json']) === 'json';
  const files = readBrokerFiles(file, passwords, conf);
  const house = houseName === undefined ? null : await loadHouse(houseName);
  const needs = house === null ? [] : needsOfDevices(house);
  const issues = lintAcl({ ...files, needs });
  const users = files.passwords?.entries.map(entry => entry.user) ?? [];
  const table = createAccessTable(files.acl, users, [...new Set(needs.map(need => need.topic))]);
  await print(world.stdout, isJson ? checkJson(issues, table) : checkText(issues, table, file));
  return lintExitCode(issues);
}

function checkText(issues: readonly Issue[], table: AccessTable, file: string): string {
  const errors = issues.filter(issue => issue.severity === 'error').length;
  const warnings = issues.filter(issue => issue.severity === 'warning').length;
  const sum =
    issues.length === 0 ? `${file}: nothing found` : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  const found = issues.map(issue => `${formatIssue(issue)}\n`).join('');
  return `${found}${sum}\n\n${formatAccessTable(table).join('\n')}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function checkJson(issues: readonly Issue[], { users, rows }: AccessTable): string {
  return `${JSON.stringify({ schema: 1, findings: issues, users, rows })}\n`;
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
  const acl = readSoundAcl(file);
  const question = { user, clientId, access, topic };
  await print(world.stdout, isJson ? `${answerJson(acl, question)}\n` : answerText(acl, question));
  return ExitCode.ok;
}

/** Answers one JSON question a line until the input ends; a line that is no question gets `{"error"}`. */
async function explainLines(file: string, world: World): Promise<ExitCode> {
  const acl = readSoundAcl(file);
  let exitCode: ExitCode = ExitCode.ok;
  for await (const line of createInterface({ input: world.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const question = parseQuestion(line);
    if (!question.ok) exitCode = ExitCode.usage;
    const answer = question.ok ? answerJson(acl, question.value) : JSON.stringify({ error: question.error });
    if ((await print(world.stdout, `${answer}\n`)) === 'closed') return exitCode;
  }
  return exitCode;
}

/** An ACL that the broker would take. Throws a `Failure` (78): with a refused file it has no ACL, or does not run. */
function readSoundAcl(file: string): AclFile {
  const acl = readAcl(file);
  if (!isRefused(acl)) return acl;
  const errors = acl.issues.filter(issue => issue.severity === 'error').map(formatIssue);
  const message = `mosquitto does not start with this file, and after a reload (SIGHUP) it runs with no ACL at all\n${errors.join('\n')}`;
  throw new Failure(ExitCode.config, message);
}
