import { HEARTBEAT, SYS_TOPICS, type SysRead, sysFigures } from '../../core/doctor/clients/sys-figures.ts';
import type { Clock } from '../clock.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { openTrialLink } from '../rights-trial/client.ts';

/** Listens for a while to what the broker tells of its sessions and queues. Never rejects. */
export async function readSys(login: LinkOptions, listenMs: number, clock: Clock): Promise<SysRead> {
  const told = new Map<string, string>();
  let beats = 0;
  const link = await openTrialLink(login, clock, (topic, isRetained, payload) => {
    told.set(topic, new TextDecoder().decode(payload));
    if (topic === HEARTBEAT && !isRetained) beats += 1;
  });
  const startedAt = clock.monotonicNow();
  await Promise.all(SYS_TOPICS.map(link.subscribe));
  await link.fence();
  const first = sysFigures(told);
  await new Promise<void>(resolve => clock.after(listenMs, resolve));
  await link.fence();
  const failure = link.failure();
  await link.close();
  if (failure !== null) return { kind: 'mute', why: failure, cure: 'Look at the login above.' };
  if (beats > 0) return { kind: 'heard', first, last: sysFigures(told), spanMs: clock.monotonicNow() - startedAt };
  return told.has(HEARTBEAT) ? tooShort(listenMs) : unheard(login.session.user);
}

function tooShort(listenMs: number): SysRead {
  const why = `the broker told none of its figures anew in ${Math.round(listenMs / 1_000)} s; it does so each 10 s or so`;
  return { kind: 'mute', why, cure: 'Listen longer: --timeout 30' };
}

function unheard(user: string | null): SysRead {
  const who = user === null ? 'a client without a user name' : user;
  const why = `only $SYS tells of them, and ${who} got nothing from there`;
  return { kind: 'mute', why, cure: 'Name a login that may read $SYS/#: --login master=FILE' };
}
