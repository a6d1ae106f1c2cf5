import { withoutSecret } from '../../core/mask-secrets.ts';
import type { BrokerProfile, Preferences } from '../../core/settings/schema.ts';

/**
 * The settings to carry along: without passwords, also those in URLs, without what a URL asks for (a token), and without
 * the channels of notices, which are of files and addresses of here.
 */
export function withoutSecrets(preferences: Preferences): Preferences {
  const { profiles } = preferences;
  const bare = (profile: BrokerProfile): BrokerProfile => {
    const { password, url, ...others } = profile;
    if (url === undefined) return others;
    return { ...others, url: withoutSecret(url).replace(/\?.*$/s, '') };
  };
  const own: Preferences = { ...preferences, ...bare(preferences) };
  const { password, profiles: _, notices, ...others } = own;
  if (profiles === undefined) return others;
  return { ...others, profiles: Object.fromEntries(Object.entries(profiles).map(([name, it]) => [name, bare(it)])) };
}

/** The second settings over the first: nothing is removed, and passwords that the second does not name stay. */
export function merge(old: Preferences, given: Preferences): Preferences {
  const profiles: Record<string, BrokerProfile> = { ...old.profiles };
  for (const [name, profile] of Object.entries(given.profiles ?? {})) {
    const known = profiles[name];
    profiles[name] = known === undefined ? profile : { ...keepPassword(known, profile), ...profile };
  }
  const hasProfiles = Object.keys(profiles).length > 0;
  return { ...keepPassword(old, given), ...given, ...(hasProfiles ? { profiles } : {}) };
}

/** A password stays only with the broker and the user that it was saved for. */
function keepPassword<Profile extends BrokerProfile>(old: Profile, given: BrokerProfile): Profile {
  const isOther =
    (given.url !== undefined && given.url !== old.url) || (given.user !== undefined && given.user !== old.user);
  if (!isOther) return old;
  const { password, ...others } = old;
  return others as Profile;
}
