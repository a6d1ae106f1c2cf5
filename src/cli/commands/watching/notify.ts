import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import { type Channel, sendBy } from '../../../app/notices/channel.ts';
import type { World } from '../../../app/world.ts';
import { cleanLines } from '../../../core/clean-text.ts';
import { describeReason, ReasonCode } from '../../../core/mqtt/reason-code.ts';
import { factsOf } from '../../../core/notices/forms.ts';
import { type Notice, noticeOf } from '../../../core/notices/notice.ts';
import { emptyBox } from '../../../core/notices/outbox.ts';
import { historyFolder } from '../../../io/history-store/place.ts';
import { publishOnce } from '../../../io/mqtt-link/publish-once.ts';
import { newOutbox, outboxFile, readOutbox } from '../../../io/notices/outbox-file.ts';
import type { Outcome } from '../../../io/notices/outcome.ts';
import { nearestCure } from '../../args/named-ids.ts';
import { refuseForeignFlags } from '../../args/operands.ts';
import { type OptionName, placeNames } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import type { watchingCommands } from '../../args/watching-commands.ts';
import { isWell, placeText, stateText } from '../../notices/channel-text.ts';
import { readLink, readSettings, type SettledHouse, withPassword } from '../../settings/connection.ts';
import { loadHouse } from '../../settings/load-house.ts';
import { readChannels } from '../../settings/notices.ts';
import { print } from '../../stdio/output.ts';

type Word = (typeof watchingCommands)['notify']['words'][number];

const TAKEN: Readonly<Record<Word, readonly OptionName[]>> = { list: placeNames, test: [...placeNames, 'dryRun'] };

const NO_CHANNEL =
  'Add "notices" to the settings, whose place hometui config path says; hometui daemon then tells alarms.';

/** `hometui notify test NAME|list`: the channels by which alarms are told, tried and looked at. */
export async function runNotify(args: Arguments, world: World): Promise<ExitCode> {
  const [word, ...names] = args.operands;
  const wanted = word === 'test' ? 1 : 0;
  if (names.length !== wanted) {
    const message = wanted === 1 ? 'hometui notify test takes one NAME' : 'hometui notify list takes no more words';
    throw new Failure(ExitCode.usage, message, 'hometui notify --help says what it takes.');
  }
  refuseForeignFlags(word as Word, args, TAKEN);
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  const read = { settings, house, link: readLink(settings, world, args.flags) };
  const channels = readChannels(settings.notices?.value ?? {}, house, world.env);
  if (word === 'test') return test(names[0] ?? '', channels, read, args, world);
  if (channels.length > 0) return list(channels, read, world);
  throw new Failure(ExitCode.unknown, 'no channel for notices is set up', NO_CHANNEL);
}

async function list(channels: readonly Channel[], { house, link }: SettledHouse, world: World): Promise<ExitCode> {
  const folder = historyFolder(world.env, house.config.name, link.session);
  const outbox = folder === null ? null : readOutbox(outboxFile(folder));
  const now = world.clock.wallNow();
  const boxes = channels.map(channel => ({ channel, box: outbox?.channels[channel.name] ?? emptyBox }));
  const lines = boxes.map(
    ({ channel: { name, settings }, box }) => `${name}: ${placeText(settings)}; ${stateText(box, now)}\n`,
  );
  await print(world.stdout, cleanLines(lines.join('')));
  return boxes.every(({ box }) => isWell(box)) ? ExitCode.ok : ExitCode.warning;
}

async function test(
  name: string,
  channels: readonly Channel[],
  read: SettledHouse,
  { flags }: Arguments,
  world: World,
): Promise<ExitCode> {
  const channel = channels.find(one => one.name === name);
  if (channel === undefined) {
    const names = channels.map(one => one.name);
    const cure = names.length === 0 ? NO_CHANNEL : nearestCure(name, names);
    throw new Failure(ExitCode.usage, `there is no channel "${name}"`, cure);
  }
  const sent = { notice: testNotice(read, world), isAgain: false, lost: 0 };
  const place = placeText(channel.settings);
  if (flags.dryRun === true) {
    await print(world.stdout, cleanLines(`${name}: ${place}\n${factsOf(sent)}\n`));
    return ExitCode.ok;
  }
  const publish = (topic: string, payload: string): Promise<Outcome> => publishHere(topic, payload, read, world);
  const outcome = await sendBy(channel, sent, { clock: world.clock, env: world.env, publish });
  if (outcome.isDelivered) {
    await print(world.stdout, cleanLines(`${name}: delivered by ${place} (${outcome.answer})\n`));
    return ExitCode.ok;
  }
  const cure = outcome.mayBeDone ? 'It may have arrived all the same.' : 'Mend its settings, and try it again.';
  throw new Failure(ExitCode.notConfirmed, `${name}: not delivered by ${place}: ${outcome.why}`, cure);
}

function testNotice({ house }: SettledHouse, { clock }: World): Notice {
  const parts = { type: 'test', entries: [], waitsUntil: null } as const;
  return noticeOf(parts, { id: `${newOutbox().seed}-0`, at: clock.wallNow(), house: house.config.name });
}

/** By a login of its own: a test needs no daemon. */
async function publishHere(topic: string, payload: string, read: SettledHouse, world: World): Promise<Outcome> {
  const link = await withPassword(read.link, read.settings, world);
  const outcome = await publishOnce(link, { topic, payload, expirySeconds: 60 }, world.clock);
  if (outcome.kind === 'failed') {
    return { isDelivered: false, why: outcome.failure.message, mayBeDone: outcome.wasPublished };
  }
  const { code, protocol } = outcome;
  if (code === ReasonCode.noMatchingSubscribers) {
    return { isDelivered: false, why: 'nobody listens on its topic', mayBeDone: false };
  }
  if (code < ReasonCode.unspecifiedError) {
    const doubt = protocol === '3.1.1' ? '; MQTT 3.1.1 does not tell whether it was let through' : '';
    return { isDelivered: true, answer: `taken by the broker${doubt}` };
  }
  return { isDelivered: false, why: `the broker refused it: ${describeReason(code)}`, mayBeDone: false };
}
