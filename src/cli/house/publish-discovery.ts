import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import type { DiscoveryConfig } from '../../core/export/home-assistant.ts';
import { jsonText } from '../../core/json-text.ts';
import { describeReason, ReasonCode } from '../../core/mqtt/reason-code.ts';
import { type PublishOutcome, publishKept } from '../../io/mqtt-link/publish-once.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink, withPassword } from '../settings/connection.ts';
import type { Settings } from '../settings/settings.ts';
import { askYes, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/**
 * Publishes discovery messages, retained, after a question, and says what became of each. Gives 0 where the broker took
 * all, 77 where it denied one, 69 where it was not reached, 75 where one was not answered. Throws a `Failure`: 64 where
 * nobody can be asked, 130 for a no.
 */
export async function publishDiscovery(
  configs: readonly DiscoveryConfig[],
  settings: Settings,
  { flags }: Arguments,
  world: World,
): Promise<ExitCode> {
  const link = readLink(settings, world, flags);
  const { session } = link;
  const where = `${session.url}${session.user === null ? '' : ` as ${session.user}`}`;
  const what = countText(configs.length, 'message');
  if (flags.yes !== true) await askToPublish(`Publish ${what}, kept by the broker, at ${where}?`, world);
  const messages = configs.map(({ topic, payload }) => ({ topic, payload: jsonText(payload) }));
  const outcomes = await publishKept(await withPassword(link, settings, world), messages, world.clock);
  const lines = outcomes.map((outcome, place) => `${configs[place]?.topic ?? ''}: ${outcomeText(outcome)}\n`);
  await print(world.stdout, cleanLines(lines.join('')));
  return codeOf(outcomes);
}

async function askToPublish(question: string, world: World): Promise<void> {
  if (!canAsk(world)) {
    throw new Failure(ExitCode.usage, 'publishing asks first, and there is no terminal to ask on', 'Give --yes.');
  }
  if (await askYes(world, question)) return;
  throw new Failure(ExitCode.interrupted, 'nothing was published', null);
}

function outcomeText(outcome: PublishOutcome): string {
  if (outcome.kind === 'acknowledged') {
    if (outcome.code >= ReasonCode.unspecifiedError) return `denied: ${describeReason(outcome.code)}`;
    return outcome.protocol === '3.1.1' ? 'taken; MQTT 3.1.1 does not tell whether it was let through' : 'taken';
  }
  const { message, cure } = outcome.failure;
  const said = outcome.wasPublished ? 'sent, and not answered' : 'not sent';
  return `${said}: ${message}${cure === null ? '' : `\n  ${cure}`}`;
}

function codeOf(outcomes: readonly PublishOutcome[]): ExitCode {
  const failed = outcomes.find(outcome => outcome.kind === 'failed');
  if (failed?.kind === 'failed') {
    if (failed.failure.kind === 'login-refused') return ExitCode.denied;
    return failed.wasPublished ? ExitCode.notConfirmed : ExitCode.unreachable;
  }
  const isDenied = outcomes.some(
    outcome => outcome.kind === 'acknowledged' && outcome.code >= ReasonCode.unspecifiedError,
  );
  return isDenied ? ExitCode.denied : ExitCode.ok;
}
