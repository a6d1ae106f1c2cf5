import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { BrokerProfile } from '../../core/settings/schema.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { type LinkOptions, parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import type { Arguments } from '../args/parse.ts';
import { firstLineOf, readPasswordFile } from '../files/password-line.ts';
import { isSameBroker } from '../settings/same-broker.ts';
import { connectionOptions, type Settings } from '../settings/settings.ts';

/** Who can be tried: the user of the connection, those of `--login`, and those whose password is saved for this broker. */
export async function readLogins(
  { flags }: Arguments,
  settings: Settings,
  link: LinkOptions,
  world: World,
): Promise<readonly LinkOptions[]> {
  const named = (flags.login ?? [])
    .map(parseLogin)
    .map(({ user, file }) => ({ user, password: readPasswordFile(file) }));
  const saved = await savedLogins(settings, world);
  const { user, password } = { user: link.session.user, password: link.password };
  const own = user === null || password === null ? [] : [{ user, password }];
  const byUser = new Map([...saved, ...own, ...named].map(login => [login.user, login]));
  return [...byUser.values()].map(login => linkAs(settings, login, world));
}

/** The same broker, with the name and password of somebody; without them nobody's. */
export function linkAs(
  settings: Settings,
  login: { readonly user: string; readonly password: string } | null,
  world: World,
): LinkOptions {
  // Two clients with one identifier throw each other out.
  const { id, user, ...options } = connectionOptions(settings);
  const link = parseConnectionOptions({ ...options, ...(login ?? {}) }, world.random);
  if (!link.ok) throw failureOfIssues(ExitCode.usage, link.error);
  const { session } = link.value;
  // A URL may name somebody too.
  return login === null ? { ...link.value, session: { ...session, user: null }, password: null } : link.value;
}

/** `USER=FILE`. Throws a `Failure` (64) for anything else. */
function parseLogin(text: string): { readonly user: string; readonly file: string } {
  const [, user = '', file = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (user !== '') return { user, file };
  throw new Failure(ExitCode.usage, '--login takes a user and a file', 'As in: --login monitor=~/.monitor');
}

async function savedLogins(
  settings: Settings,
  world: World,
): Promise<readonly { readonly user: string; readonly password: string }[]> {
  const { preferences } = await openPreferences(world.env, world.platform).read();
  const { profiles = {} } = preferences;
  const { url, host, port } = connectionOptions(settings);
  const hasTlsFile = [settings.cafile, settings.cert, settings.key].some(file => file !== undefined);
  const here = { ...connectionPlace({ url, host, port }), hasTlsFile };
  return Object.values(profiles).flatMap(profile => {
    const { user } = profile;
    const isHere = isSameBroker(here, { ...connectionPlace(profile), hasTlsFile: profile.cafile !== undefined });
    const password = isHere ? savedPassword(profile) : null;
    return user !== undefined && password !== null ? [{ user, password }] : [];
  });
}

/** A file that is gone by now is no reason to examine nothing. */
function savedPassword({ password, passwordFile }: BrokerProfile): string | null {
  if (password !== undefined || passwordFile === undefined) return password ?? null;
  const text = readTextFile(passwordFile);
  return text.ok ? firstLineOf(text.value) : null;
}

/** Where a broker is, without what is not said. */
function connectionPlace({
  url,
  host,
  port,
}: {
  url?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
}): {
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
} {
  return {
    ...(url === undefined ? {} : { url }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  };
}
