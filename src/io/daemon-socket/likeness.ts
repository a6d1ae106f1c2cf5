import { createHash } from 'node:crypto';
import type { Likeness } from '../../core/daemon/protocol.ts';
import type { House } from '../../core/house/house.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

/** What is followed besides the link, as absolute paths. */
export type Followed = Pick<Likeness, 'acl' | 'brokerLog'>;

/** Who hears what, for comparing: `id` is the client identifier where it counts, else `null`. */
export function likenessOf(house: House, link: LinkOptions, followed: Followed, id: string | null): Likeness {
  const { url, user } = link.session;
  const hasNoPassword = user !== null && link.password === null;
  return {
    house: digest(house.config),
    url,
    user,
    login: hasNoPassword ? null : digest([link.password, link.tls, link.webSocketUrl]),
    id,
    ...followed,
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
