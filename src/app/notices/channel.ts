import { assertNever } from '../../core/assert-never.ts';
import { bodyOf, factsOf, mailOf, type Sent, variablesOf } from '../../core/notices/forms.ts';
import type { ChannelSettings } from '../../core/settings/notices.ts';
import type { Clock } from '../../io/clock.ts';
import { postJson } from '../../io/notices/http-post.ts';
import type { Outcome } from '../../io/notices/outcome.ts';
import { runNoticeProgram } from '../../io/notices/run-program.ts';
import { signatureOf } from '../../io/notices/signature.ts';

/** A channel with its secrets, which are shown nowhere. */
export interface Channel {
  readonly name: string;
  readonly settings: ChannelSettings;
  /** What a webhook is signed with, or the token of a service. */
  readonly secret: string | null;
  /** Of ntfy: who knows it reads along. */
  readonly topic: string | null;
}

/** What sends needs of the world. */
export interface Sending {
  readonly clock: Clock;
  /** Where programs are found, and what else of the environment they may see. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Publishes at QoS 1, not retained. */
  readonly publish: (topic: string, payload: string) => Promise<Outcome>;
}

const USUAL_LIMIT_S = 10;
const SENDMAIL = '/usr/sbin/sendmail';
/** What a program gets of our environment: nothing that may hold a secret. */
const KEPT_VARIABLES = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ'] as const;

/** Sends a notice by a channel, once. Never rejects. */
export async function sendBy(channel: Channel, sent: Sent, { clock, env, publish }: Sending): Promise<Outcome> {
  const { settings } = channel;
  const limitMs = (settings.timeout ?? USUAL_LIMIT_S) * 1_000;
  switch (settings.kind) {
    case 'command': {
      const given = { ...keptOf(env), ...variablesOf(sent) };
      const program = { command: settings.command, input: `${factsOf(sent)}\n`, env: given, limitMs };
      return runNoticeProgram(program, clock);
    }
    case 'mail': {
      const command = [settings.program ?? SENDMAIL, '-i', '-t'];
      return runNoticeProgram({ command, input: mailOf(sent, settings), env: keptOf(env), limitMs }, clock);
    }
    case 'webhook':
    case 'ntfy':
    case 'gotify': {
      const body = bodyOf(settings.kind, sent, channel.topic ?? '');
      const url = settings.kind === 'gotify' ? `${settings.url.replace(/\/+$/, '')}/message` : settings.url;
      return postJson({ url, headers: headersOf(channel, sent, body), body, limitMs }, clock);
    }
    case 'mqtt':
      return within(limitMs, publish(settings.topic, factsOf(sent)), clock);
    default:
      return assertNever(settings);
  }
}

/** What is not answered in time may have arrived. */
function within(limitMs: number, outcome: Promise<Outcome>, clock: Clock): Promise<Outcome> {
  return new Promise(resolve => {
    const why = `the broker did not acknowledge it within ${limitMs / 1_000} s`;
    const late = (): void => resolve({ isDelivered: false, why, mayBeDone: true });
    const timer = clock.after(limitMs, late, { isBackground: true });
    void outcome.then(said => {
      timer.cancel();
      resolve(said);
    });
  });
}

function headersOf({ settings, secret }: Channel, { notice }: Sent, body: string): Record<string, string> {
  if (settings.kind === 'gotify') return secret === null ? {} : { 'X-Gotify-Key': secret };
  if (settings.kind === 'ntfy') return secret === null ? {} : { Authorization: `Bearer ${secret}` };
  const signed = secret === null ? {} : { 'X-Hometui-Signature': `sha256=${signatureOf(body, secret)}` };
  return { 'Idempotency-Key': notice.id, ...signed };
}

function keptOf(env: Sending['env']): Record<string, string> {
  return Object.fromEntries(
    KEPT_VARIABLES.flatMap(name => {
      const value = env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
