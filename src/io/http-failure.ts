import { cleanText } from '../core/clean-text.ts';

/** Why a request had no answer, a clause, and whether it may have been done all the same. */
export interface HttpFailure {
  readonly why: string;
  readonly mayBeDone: boolean;
}

const UNKNOWN_AUTHORITY = 'its certificate is signed by an unknown authority';

/** The request never went out: nothing can have been done. */
const NOT_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'it did not take the connection in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  // Without a code: ports of other services.
  'bad port': 'Node.js sends nothing to this port (Fetch Standard, "bad port")',
};

const BROKEN_OFF: Readonly<Record<string, string>> = {
  ECONNRESET: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
};

/** What `fetch` threw, in words. */
export function httpFailure(error: unknown): HttpFailure {
  const code = codeOf(error);
  const notSent = NOT_SENT[code];
  if (notSent !== undefined) return { why: notSent, mayBeDone: false };
  // What goes wrong on the way has a cause: without one fetch refused the request itself.
  const isRefused = error instanceof TypeError && error.cause === undefined;
  return { why: BROKEN_OFF[code] ?? wordsOf(error), mayBeDone: !isRefused };
}

/** fetch puts what the system said into the cause, and of several addresses into a list of them. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  if (!(first instanceof Error)) return '';
  return 'code' in first ? String(first.code) : first.message;
}

function wordsOf(error: unknown): string {
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const words = said instanceof Error ? said.message : String(said);
  return cleanText(words.replace(/\s+/g, ' ').trim());
}
