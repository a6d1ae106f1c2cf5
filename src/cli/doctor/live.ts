import type { World } from '../../app/world.ts';
import {
  examineAnonymous,
  examineForce,
  examineLogins,
  examineProtocol,
  type TriedLogin,
  unprobed,
} from '../../core/doctor/access.ts';
import type { Check } from '../../core/doctor/check.ts';
import { aclOfListener } from '../../core/doctor/files.ts';
import type { Installation } from '../../core/doctor/installation.ts';
import { examinePlain, examineTls } from '../../core/doctor/served-certificate.ts';
import { planProbe } from '../../core/mosquitto/acl-probe.ts';
import { type Listener, listenerName, listenersOf } from '../../core/mosquitto/conf/listeners.ts';
import { ok } from '../../core/result.ts';
import { readServedCertificate } from '../../io/examine/certificate.ts';
import { type LoginOutcome, tryLogin } from '../../io/examine/try-login.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../io/rights-trial/try-rights.ts';
import { onListener } from './on-listener.ts';

/** What is tried on the running broker. */
export interface LiveInput {
  readonly link: LinkOptions;
  readonly logins: readonly LinkOptions[];
  /** The same broker without a name. */
  readonly nobody: LinkOptions;
  readonly installation: Installation;
  /** Whether conf and files are those of this very broker. */
  readonly isItsFiles: boolean;
  readonly world: World;
}

/** Who was let in. */
export interface LiveFound {
  readonly checks: readonly Check[];
  readonly accepted: readonly LinkOptions[];
}

/** Encryption, who is let in, and whether the rights are in force on each listener. */
export async function examineLive(input: LiveInput): Promise<LiveFound> {
  const { link, logins, nobody, installation, isItsFiles, world } = input;
  const { clock } = world;
  const [certificate, anonymous, ...outcomes] = await Promise.all([
    link.tls === null ? null : readServedCertificate(link, clock),
    tryLogin(nobody, clock),
    ...logins.map(login => tryLogin(login, clock)),
  ]);
  const tried = logins.map((login, index) => triedLogin(login, outcomes[index]));
  const accepted = logins.filter((_, index) => outcomes[index]?.kind === 'accepted');
  const listener = isItsFiles ? listenerOf(installation, link.session.port) : null;
  const acl = listener === null ? null : aclOfListener(installation, listener.acls);
  const guest = triedLogin(nobody, anonymous);
  const others = isItsFiles ? otherListeners(installation, link.session.port) : [];
  const checks = [
    ...(link.tls === null ? [examinePlain(link.session.isLoopback)] : examineTls(certificate, clock.wallNow())),
    ...examineProtocol([...tried, guest]),
    ...examineLogins(tried),
    examineAnonymous(guest, listener, acl, others.length === 0 || listener === null ? null : listenerName(listener)),
    ...(await Promise.all(others.map(other => tryNobody(other, input)))).flat(),
    ...(isItsFiles ? await probeListeners(input, accepted) : []),
  ];
  return { checks, accepted };
}

function triedLogin({ session }: LinkOptions, outcome: LoginOutcome | undefined): TriedLogin {
  if (outcome?.kind === 'accepted') return { user: session.user, protocol: outcome.protocol, failure: null };
  return { user: session.user, protocol: null, failure: outcome?.failure ?? null };
}

/** The listener of a conf on a port; `null` where it has none there. */
export function listenerOf({ conf }: Installation, port: number): Listener | null {
  return conf === null ? null : (listenersOf(conf).find(listener => listener.port === port) ?? null);
}

/** The listeners of this broker on other ports. */
export function otherListeners({ conf }: Installation, port: number): readonly Listener[] {
  return conf === null ? [] : listenersOf(conf).filter(listener => listener.port !== port);
}

/** Whether another listener lets somebody in without a name; nothing where it cannot be asked from here. */
async function tryNobody(listener: Listener, { nobody, installation, world }: LiveInput): Promise<readonly Check[]> {
  const there = onListener(nobody, listener, world.cwd);
  if (!there.ok) return [];
  const tried = triedLogin(there.value, await tryLogin(there.value, world.clock));
  return [examineAnonymous(tried, listener, aclOfListener(installation, listener.acls), listenerName(listener))];
}

/** Each listener with rights of its own, by one publish that they deny. */
async function probeListeners(input: LiveInput, accepted: readonly LinkOptions[]): Promise<readonly Check[]> {
  const { installation } = input;
  const listeners = installation.conf === null ? [] : listenersOf(installation.conf);
  const guarded = listeners.filter(({ acls }) => acls.length > 0);
  return Promise.all(guarded.map(listener => probeListener(listener, input, accepted)));
}

async function probeListener(
  listener: Listener,
  { installation, link, world }: LiveInput,
  accepted: readonly LinkOptions[],
): Promise<Check> {
  const acl = aclOfListener(installation, listener.acls);
  if (acl === null) return unprobed(listener, 'its ACL file could not be read');
  const isOurs = listener.port === link.session.port;
  if (accepted.length === 0) return unprobed(listener, 'it takes a login that the broker lets in', LOGIN);
  const tag = Math.floor(world.random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
  for (const login of accepted) {
    const plan = planProbe(acl, login.session, tag);
    if (plan.kind !== 'topic') continue;
    const { user } = login.session;
    const writes = [{ user, topic: plan.topic }];
    const there = isOurs ? ok(login) : onListener(login, listener, world.cwd);
    if (!there.ok) return unprobed(listener, there.error);
    const seen = await tryRights({
      logins: [there.value],
      topics: [],
      writes,
      payload: '',
      listenMs: 0,
      clock: world.clock,
    });
    const [absent] = seen.absent;
    if (absent !== undefined) return unprobed(listener, absent.why);
    return examineForce({ listener, acl, user, topic: plan.topic, code: seen.published[0]?.code ?? null });
  }
  return unprobed(
    listener,
    'each login that was given may write every topic, so that no answer would tell anything',
    LOGIN,
  );
}

const LOGIN = 'Name a user who may not do everything: --login heating=FILE';
