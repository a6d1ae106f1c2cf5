/** Why a request had no answer, a clause, and whether it may have been done all the same. */
export interface HttpFailure {
  readonly why: string;
  readonly mayBeDone: boolean;
}

/** The connection was not made at all: nothing can have been done. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  ECONNRESET: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
};

/** What `fetch` threw, in words. */
export function httpFailure(error: unknown): HttpFailure {
  const code = codeOf(error);
  return { why: WORDS[code] ?? wordsOf(error), mayBeDone: !NOT_REACHED.has(code) };
}

/** fetch puts what the system said into the cause, and of several addresses into a list of them. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
