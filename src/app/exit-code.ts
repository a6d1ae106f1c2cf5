/** The one table of exit codes: those of the contract, and those of sysexits.h and the shell where it is silent. */
export const ExitCode = {
  /** Well; `get`: live; `set`: confirmed. */
  ok: 0,
  /** `status`: late, stale, a limit; `get`: retained. */
  warning: 1,
  /** `status`: offline, a critical limit, a denial. */
  critical: 2,
  /** `status`: no answer from the broker, nothing ever seen; `get`: not heard in time. */
  unknown: 3,
  usage: 64,
  /** A file that was named cannot be read (EX_NOINPUT). */
  noInput: 66,
  /** The broker cannot be reached. */
  unreachable: 69,
  /** A fault in hometui itself (EX_SOFTWARE). */
  bug: 70,
  /** The output cannot be written: a full disk (EX_IOERR). Node.js opens a standard output that was closed (>&-) as /dev/null. */
  output: 74,
  /** `set`: not confirmed, or nobody listening; `daemon`: another one records. */
  notConfirmed: 75,
  /** Login refused, or denied. */
  denied: 77,
  /** House file or settings broken. */
  config: 78,
  /** 128 + SIGHUP: the line was dropped. */
  hungUp: 129,
  /** 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGQUIT. */
  quit: 131,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;

/** One of the numbers that hometui may end with. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
