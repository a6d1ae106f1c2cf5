import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { type Discovery, discover } from '../../core/discover/discover.ts';
import { countDiscovery, discoveryJson, discoveryText } from '../../core/discover/discovery-text.ts';
import { additionsOf, newProposals } from '../../core/discover/house/additions.ts';
import { type HouseFacts, readFacts } from '../../core/discover/house/facts.ts';
import type { Proposal } from '../../core/discover/proposal.ts';
import { presets } from '../../core/house/presets.ts';
import { shownWord } from '../../core/to-copy.ts';
import { readFormat, refuseOperands } from '../args/operands.ts';
import type { Flags } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { placeWords } from '../args/place-words.ts';
import { askForItems, usualChoice } from '../discover/choose.ts';
import { type HeardAll, listenToAll } from '../discover/listen.ts';
import { putIntoHouse, readTargetHouse, type TargetHouse } from '../house/put-house.ts';
import { readLink, readSettings, withPassword } from '../settings/connection.ts';
import { canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/** Six messages of a device that speaks each five seconds, and what most others say in a minute, seconds. */
const DEFAULT_FOR_S = 30;
/** The width where the output is no terminal. */
const DEFAULT_COLUMNS = 100;

/** `hometui discover`: listens, proposes a house with the evidence for each item, and writes what is taken of it. */
export async function runDiscover(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const format = readFormat(args, ['text', 'json']);
  const { flags } = args;
  // A house file that is broken is told of before half a minute goes by.
  const target = readTarget(flags);
  if (flags.yes === true && target === null) {
    const cure = 'Name a file with --output: a new one, or one that it is to be added to.';
    throw new Failure(ExitCode.usage, '--yes takes what was found into a house file, and none is named', cure);
  }
  if (target !== null && flags.yes !== true && !canAsk(world)) {
    const cure = 'With --yes all is taken that describes itself or was seen; without a file it is only told.';
    throw new Failure(ExitCode.usage, 'there is no terminal on which it could be asked what to take', cure);
  }
  const facts = readFacts(target?.config ?? null);
  const heard = await listen(args, world);
  if (heard.ended !== null) return heard.ended;
  const discovery = discover(heard.seen, heard.log);
  const fresh = newProposals(discovery, facts);
  const isAsking = target !== null && flags.yes !== true && fresh.length > 0;
  if (!isAsking) await tell(format, { discovery, fresh, notKnown: heard.notKnown }, world);
  await say(world, `hometui: heard ${heardText(heard)}; found ${countDiscovery(discovery)}`);
  for (const sentence of heard.notKnown) await say(world, `hometui: not known: ${sentence}`);
  if (target !== null) return write({ target, facts, discovery, fresh, heard, flags }, world);
  if (discovery.proposals.length > 0)
    await say(world, 'hometui: nothing was written: --output FILE makes a house file of it');
  return discovery.proposals.length === 0 ? ExitCode.unknown : ExitCode.ok;
}

async function listen(args: Arguments, world: World): Promise<HeardAll> {
  const { flags } = args;
  const settings = await readSettings(args, world);
  const link = await withPassword(readLink(settings, world, flags), settings, world);
  return listenToAll({ link, forMs: (flags.for ?? DEFAULT_FOR_S) * 1_000, brokerLog: flags.brokerLog ?? null }, world);
}

interface Told {
  readonly discovery: Discovery;
  readonly fresh: readonly Proposal[];
  readonly notKnown: readonly string[];
}

async function tell(format: 'text' | 'json', { discovery, fresh, notKnown }: Told, world: World): Promise<void> {
  const columns = world.stdout.columns || DEFAULT_COLUMNS;
  const shown = { ...discovery, proposals: fresh };
  const text = format === 'json' ? discoveryJson(discovery, fresh, notKnown) : discoveryText(shown, columns);
  await print(world.stdout, cleanLines(text));
}

interface Writing {
  readonly target: TargetHouse;
  readonly facts: HouseFacts;
  readonly discovery: Discovery;
  readonly fresh: readonly Proposal[];
  readonly heard: HeardAll;
  readonly flags: Flags;
}

async function write({ target, facts, discovery, fresh, heard, flags }: Writing, world: World): Promise<ExitCode> {
  const { path, text } = target;
  const takesUsual = flags.yes === true;
  const known = discovery.proposals.length - fresh.length;
  if (known > 0) await say(world, `hometui: ${path} has ${countText(known, 'of these', 'of these')} already`);
  const taken =
    takesUsual || fresh.length === 0 ? usualChoice(fresh) : await askForItems(fresh, discovery.devices, world);
  if (taken === null) {
    await say(world, `hometui: nothing was written; ${text === null ? `there is no ${path}` : `${path} is as it was`}`);
    return ExitCode.interrupted;
  }
  if (takesUsual && taken.length < fresh.length)
    await say(world, `hometui: ${leftText(fresh)}: without --yes it is asked about each`);
  if (taken.length === 0) {
    await say(world, 'hometui: nothing was taken, nothing was written');
    return discovery.proposals.length === 0 ? ExitCode.unknown : ExitCode.ok;
  }
  const additions = additionsOf({ taken, discovery, seen: heard.seen }, facts);
  await putIntoHouse(target, additions, { ...flags, yes: true }, world);
  const next = `hometui --house ${shownWord(path)}${placeWords(flags, ['house'])}`;
  await say(world, `hometui: ${countText(taken.length, 'item')}; look it through, then: ${next}`);
  return ExitCode.ok;
}

/** The file that `--output` or `--house` names; `null` where neither does. Throws a `Failure`: 64, 66 or 78. */
function readTarget({ house, output }: Flags): TargetHouse | null {
  if (house !== undefined && Object.hasOwn(presets, house)) {
    const cure = 'Name a file with --output: a new one, or one that it is to be added to.';
    throw new Failure(ExitCode.usage, `${house} is a preset, which nothing can be added to`, cure);
  }
  if (house !== undefined && output !== undefined) {
    const cure = 'Name one of them: a file that is there is added to, and one that is not is made.';
    throw new Failure(ExitCode.usage, '--house and --output name two files', cure);
  }
  const path = output ?? house;
  return path === undefined ? null : readTargetHouse(path);
}

function leftText(fresh: readonly Proposal[]): string {
  const supposed = fresh.filter(({ basis }) => basis === 'supposed').length;
  const extra = fresh.filter(({ basis, isExtra }) => isExtra && basis !== 'supposed').length;
  const parts = [
    ...(supposed === 0 ? [] : [`${supposed} that ${supposed === 1 ? 'is' : 'are'} only supposed`]),
    ...(extra === 0
      ? []
      : [countText(extra, 'setting or value of a device itself', 'settings and values of devices themselves')]),
  ];
  return `not taken: ${parts.join(', ')}`;
}

function heardText({ topics, messages, seen }: HeardAll): string {
  const seconds = Math.round(seen.listenedMs / 1_000);
  return `${countText(topics, 'topic')} in ${seconds} s, ${countText(messages, 'message')}`;
}

async function say({ stderr }: World, line: string): Promise<void> {
  await print(stderr, cleanLines(`${line}\n`));
}
