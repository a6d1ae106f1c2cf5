/** The protocol versions that hometui speaks: MQTT 5 and MQTT 3.1.1. */
export type ProtocolVersion = '5' | '3.1.1';

/** Why there is no link to the broker, ready to be read. */
export interface LinkFailure {
  readonly kind:
    | 'unreachable'
    | 'not-found'
    | 'timeout'
    | 'tls'
    | 'closed'
    | 'login-refused'
    | 'taken-over'
    | 'protocol'
    | 'options';
  /** One sentence without a full stop: what happened, to what, where. */
  readonly message: string;
  /** What to do about it, an imperative sentence. */
  readonly cure: string;
  /** The reason code of CONNACK or DISCONNECT, 1 to 255, where the broker gave one. */
  readonly code: number | null;
}

/** The one mode that the link to the broker is in. */
export type LinkState =
  | { readonly phase: 'idle' }
  /** On the way; `attempt` counts from 1 and starts again after each success. */
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'connected'; readonly protocol: ProtocolVersion; readonly connectedAt: number }
  /** Between two attempts: the next one is made at `retryAt`. */
  | {
      readonly phase: 'waiting';
      readonly failure: LinkFailure;
      readonly attempt: number;
      readonly retryAt: number;
    }
  /** The broker knows us not: it takes another password or user, no retry is made. `refusals` counts from 1. */
  | { readonly phase: 'refused'; readonly failure: LinkFailure; readonly refusals: number }
  /** Ended by us. */
  | { readonly phase: 'closed' };

/** Who we are to whom: fixed for one run of the program but for the user, who may be another one after a refused login. */
export interface Session {
  /** Without user and password: `mqtt://localhost:1883`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** `null` where we log in without a name. */
  readonly user: string | null;
  readonly clientId: string;
  /** TLS on the way to the broker. */
  readonly isEncrypted: boolean;
  /** The broker is this machine: nobody listens on the way. */
  readonly isLoopback: boolean;
}

/** Who we are to the broker, as the subject of a sentence. */
export function ourName({ user }: Pick<Session, 'user'>): string {
  return user ?? 'a client without a user name';
}

/** The link in one sentence, with what comes next; `now` is ms. */
export function linkText(link: LinkState, session: Session, now: number): string {
  const broker = `${session.host}:${session.port}`;
  switch (link.phase) {
    case 'idle':
      return 'not connected yet';
    case 'connecting':
      return link.attempt === 1 ? `connecting to ${broker}` : `connecting to ${broker}, attempt ${link.attempt}`;
    case 'connected':
      return `connected to ${broker} with MQTT ${link.protocol}`;
    case 'waiting':
      return `${link.failure.message}; next try ${inTime(link.retryAt - now)}`;
    case 'refused':
      return link.failure.message;
    case 'closed':
      return `disconnected from ${broker}`;
  }
}

/** What stands in the way of the link, if anything does. */
export function linkFailure(link: LinkState): LinkFailure | null {
  return link.phase === 'waiting' || link.phase === 'refused' ? link.failure : null;
}

/** `now`, or `in 4 s`; rounded up, so that it never says 0 s. */
function inTime(waitMs: number): string {
  return waitMs <= 0 ? 'now' : `in ${Math.ceil(waitMs / 1_000)} s`;
}

/** A stretch of time in which somebody listened to the house, ms. */
export interface Listened {
  readonly fromAt: number;
  /** `null` while it goes on. */
  readonly untilAt: number | null;
  /** The history knows it; absent where it was our own. */
  readonly isKept?: boolean;
}
