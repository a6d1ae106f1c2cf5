import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { Channel } from '../../app/notices/channel.ts';
import type { House } from '../../core/house/house.ts';
import { topicNameFault } from '../../core/mqtt/topic.ts';
import { parseWebAddress } from '../../core/notices/web-address.ts';
import type { ChannelSettings, NoticeSettings } from '../../core/settings/notices.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { firstLineOf } from '../files/password-line.ts';

const ADDRESSES =
  'It takes https://…, http:// on this machine, and http:// elsewhere only with "allowHttp": true; secrets stand in files.';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The channels that are settled, with their secrets. Throws a `Failure`: 66 for a secret that cannot be read, 78 for what
 * makes no sense.
 */
export function readChannels(notices: NoticeSettings, house: House, env: Environment): readonly Channel[] {
  return Object.entries(notices).map(([name, settings]) => readChannel(name, settings, house, env));
}

function readChannel(name: string, settings: ChannelSettings, house: House, env: Environment): Channel {
  const plain = { name, settings, secret: null, topic: null };
  if (settings.kind === 'command' || settings.kind === 'mail') return plain;
  if (settings.kind === 'mqtt') {
    checkTopic(name, settings.topic, house);
    return plain;
  }
  const address = parseWebAddress(settings.url, settings.allowHttp === true);
  if (!address.ok) {
    throw new Failure(ExitCode.config, `notices.${name}.url ${address.error}`, ADDRESSES);
  }
  const read = (what: 'key' | 'token' | 'topic'): string | null => readSecret(name, what, settings, env);
  if (settings.kind === 'webhook') return { ...plain, secret: read('key') };
  const secret = read('token');
  if (settings.kind === 'ntfy') return { ...plain, secret, topic: read('topic') ?? lacks(name, 'topic') };
  return { ...plain, secret: secret ?? lacks(name, 'token') };
}

/** A notice is no command of the house, and no value of it. */
function checkTopic(name: string, topic: string, { routes }: House): void {
  const fault = topicNameFault(topic);
  const isOfHouse = routes.has(topic);
  if (fault === null && !isOfHouse) return;
  const why = fault === null ? 'is a topic of the house' : `is no topic name: ${fault}`;
  throw new Failure(ExitCode.config, `notices.${name}.topic ${why}`, 'Take one of its own, as home/notices.');
}

/** A secret from its file or from the environment; `null` where neither is named. */
function readSecret(name: string, what: string, settings: ChannelSettings, env: Environment): string | null {
  const fields = settings as Readonly<Record<string, unknown>>;
  const [file, variable] = [fields[`${what}File`], fields[`${what}Env`]];
  if (typeof file === 'string') {
    const text = readTextFile(file);
    if (!text.ok) {
      const cure = 'Write it into its first line, and close it with chmod 600.';
      const message = `notices.${name}: ${file} cannot be read: ${text.error.why}`;
      throw new Failure(ExitCode.noInput, message, cureOfOwnFile(text.error, file, cure));
    }
    return filled(firstLineOf(text.value), `notices.${name}: ${file} is empty`);
  }
  if (typeof variable !== 'string') return null;
  return filled(env[variable] ?? '', `notices.${name}: ${variable} is not in the environment`);
}

function filled(text: string, message: string): string {
  const secret = text.trim();
  const odd = /[^\x21-\x7e]/.exec(secret)?.[0];
  if (secret !== '' && odd === undefined) return secret;
  const what = odd === ' ' ? 'a blank' : 'a character that is none of ASCII, or that cannot be seen';
  throw new Failure(ExitCode.config, secret === '' ? message : `${message.split(':')[0]}: its secret holds ${what}`);
}

function lacks(name: string, what: string): never {
  throw new Failure(ExitCode.config, `notices.${name} has no ${what}`, `Name its file with "${what}File".`);
}
