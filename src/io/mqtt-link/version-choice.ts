import type { LinkFailure, ProtocolVersion } from '../../core/home/state/link.ts';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';

/** CONNACK of MQTT 3.1.1 to a version that the broker does not speak (MQTT 3.1.1, table 3.1); aedes and NATS send it. */
const UNACCEPTABLE_VERSION = 1;
/** One close before CONNACK may be chance; RabbitMQ 3.10 answers each MQTT 5 login so. */
const CLOSES_THAT_TELL = 2;
/** A broker may have been changed meanwhile: so long after falling back, a new connection begins with MQTT 5 again. */
const ASK_AGAIN_MS = 600_000;

/** amqtt 0.12 keeps a login with MQTT 5 and never answers it: so long, ms, before 3.1.1 is tried. */
const ANSWER_LIMIT_5_MS = 2_500;
/** Then so long, ms: what answers neither is known within the time that `status` gives it. */
const ANSWER_LIMIT_311_MS = 5_000;

/** What to do after a connection that did not come about. */
export type VersionAdvice =
  /** The other version is tried at once. */
  | 'other-version-now'
  /** The same again in a moment: one close proves nothing. */
  | 'same-version-soon'
  /** It is not about the version. */
  | 'no-matter';

/** Whether a login with MQTT 5 may have failed since the broker does not speak it, for who tries it once. */
export function mayBeOld({ kind }: LinkFailure): boolean {
  return kind === 'protocol' || kind === 'closed' || kind === 'timeout';
}

/** Finds the protocol version that a broker speaks, and remembers it. */
export interface VersionChoice {
  /** For the next attempt, made at `at`. */
  readonly next: (at: number) => ProtocolVersion;
  readonly onOpened: () => void;
  readonly onRefused: (code: number, at: number) => VersionAdvice;
  readonly onClosedBeforeConnack: (at: number) => VersionAdvice;
  readonly onSilentBeforeConnack: (at: number) => VersionAdvice;
  /** How long the answer to a login is waited for in the next attempt, ms; `null`: as long as one waits for anything. */
  readonly answerLimitMs: () => number | null;
}

/** `auto`: MQTT 5, and 3.1.1 where the broker says that it does not speak it, closes twice without a word or is mute. */
export function createVersionChoice(setting: '5' | '311' | 'auto'): VersionChoice {
  if (setting !== 'auto') return fixedChoice(setting === '311' ? '3.1.1' : '5');
  let version: ProtocolVersion = '5';
  let fellBackAt = 0;
  let closes = 0;
  /** A connection came about with it: later closes say nothing about the version. */
  let isProven = false;
  /** Quick retries are for the first round only: what closes on both versions is not hurried. */
  let isFirstRound = true;
  const switchTo = (next: ProtocolVersion, at: number): void => {
    version = next;
    fellBackAt = at;
    closes = 0;
    isProven = false;
  };
  const tryOther = (at: number): VersionAdvice => {
    switchTo(version === '5' ? '3.1.1' : '5', at);
    if (version === '5') isFirstRound = false;
    return isFirstRound ? 'other-version-now' : 'no-matter';
  };
  return {
    next: at => {
      if (version === '3.1.1' && isProven && at - fellBackAt > ASK_AGAIN_MS) {
        switchTo('5', at);
        isFirstRound = true;
      }
      return version;
    },
    onOpened: () => {
      isProven = true;
    },
    onRefused: (code, at) => {
      const isAboutVersion = code === UNACCEPTABLE_VERSION || code === ReasonCode.unsupportedProtocolVersion;
      if (!isAboutVersion || version === '3.1.1') return 'no-matter';
      switchTo('3.1.1', at);
      return 'other-version-now';
    },
    onClosedBeforeConnack: at => {
      if (isProven) return 'no-matter';
      closes += 1;
      if (closes < CLOSES_THAT_TELL) return isFirstRound && version === '5' ? 'same-version-soon' : 'no-matter';
      return tryOther(at);
    },
    onSilentBeforeConnack: at => (isProven ? 'no-matter' : tryOther(at)),
    answerLimitMs: () => {
      // A line may be slow: it gets more time when neither version was answered.
      if (isProven || !isFirstRound) return null;
      return version === '5' ? ANSWER_LIMIT_5_MS : ANSWER_LIMIT_311_MS;
    },
  };
}

function fixedChoice(version: ProtocolVersion): VersionChoice {
  return {
    next: () => version,
    onOpened: () => {},
    onRefused: () => 'no-matter',
    onClosedBeforeConnack: () => 'no-matter',
    onSilentBeforeConnack: () => 'no-matter',
    answerLimitMs: () => null,
  };
}
