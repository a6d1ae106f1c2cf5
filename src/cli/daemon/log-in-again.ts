import type { Failure } from '../../app/failure.ts';
import type { HomeSession } from '../../app/session.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { failureWithoutLink } from '../link/link-outcome.ts';

/** A broker that lets us in no more is asked again each so often, ms: its password file may be under repair. */
const LOG_IN_AGAIN_MS = 5 * 60_000;
/** Meanwhile it is looked each so often whether there is another password, ms. */
const LOOK_MS = 5_000;
const AT_HANG_UP = 'SIGHUP: the password was read again';
const ELSE = 'house and ACL file are read when they change, all else at the start';

/** Whose login is kept up. */
interface LoginSetup {
  readonly session: Pick<HomeSession, 'store' | 'setPassword'>;
  /** The one of the first login; `null` where none is needed. */
  readonly password: string | null;
  /** The password as it is kept by now; `null` where none is kept for this login. Throws a `Failure` where it cannot be read. */
  readonly readPassword: () => Promise<string | null>;
  readonly clock: Clock;
  readonly say: (text: string) => void;
}

/** A login that is tried again as long as it is refused. */
interface Login {
  /** Reads the password again, and logs in with it at once where the broker does not let us in. */
  readonly readAgain: () => Promise<void>;
  /** Rejects with a `Failure` (77) where the very first login is refused: it is set up wrongly. */
  readonly refused: Promise<never>;
}

/**
 * Logs in again where a broker that had let us in does no more: at once with another password, where there is one by now,
 * as soon as there is one, and with the same from time to time.
 */
export function keepLoggedIn({ session, readPassword, clock, say, ...setup }: LoginSetup): Login {
  const { store, setPassword } = session;
  let { password } = setup;
  let wasLetIn = false;
  let refusedAt: number | null = null;
  let timer: Timer | null = null;
  let fault: string | null = null;
  let refuse = (_why: Failure): void => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  /** Whether there is another one by now. What cannot be read is told once. */
  const read = async (): Promise<boolean> => {
    try {
      const found = await readPassword();
      fault = null;
      if (found === null || found === password) return false;
      password = found;
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (message !== fault) say(message);
      fault = message;
      return false;
    }
  };
  const logIn = (): void => {
    timer?.cancel();
    refusedAt = null;
    if (password !== null) setPassword(password);
  };
  const look = async (): Promise<void> => {
    const since = refusedAt;
    const isOther = await read();
    if (refusedAt === null || refusedAt !== since) return;
    if (isOther) say('the password is another one by now: it is tried');
    if (isOther || clock.now() - refusedAt >= LOG_IN_AGAIN_MS) logIn();
    else timer = clock.after(LOOK_MS, () => void look());
  };
  store.observe(({ before, after }) => {
    const { phase } = after.link;
    if (phase === 'connected') wasLetIn = true;
    if (phase !== 'refused' || before.link === after.link) return;
    const failure = failureWithoutLink(after);
    if (!wasLetIn || password === null) return refuse(failure);
    const often = formatDuration(LOG_IN_AGAIN_MS);
    say(`${failure.message}: it is tried again each ${often}, and as soon as the password is another one`);
    refusedAt = clock.now();
    timer?.cancel();
    void look();
  });
  return {
    refused,
    readAgain: async () => {
      const isOther = await read();
      if (refusedAt !== null) {
        say(`${AT_HANG_UP}${isOther ? ', and is another one' : ''}: it is tried`);
        return logIn();
      }
      if (isOther && password !== null) setPassword(password);
      if (password === null) return say(`SIGHUP changes nothing: there is no password to read again; ${ELSE}`);
      const what = isOther ? ', and is another one, for the next login' : ', and is the same';
      say(`${AT_HANG_UP}${what}; ${ELSE}`);
    },
  };
}
