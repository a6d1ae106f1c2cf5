import type { PositionFault } from '../../mqtt/payload.ts';
import type { DenialEvidence } from './broker.ts';
import type { ProtocolVersion } from './link.ts';

/**
 * Where something that is commanded stands, as `core/house/commanded` has it: `on` or `off` of a relay, the number of a
 * set-point, an option of a selection, `press` of a button.
 */
export type Position = string;

/** How a command ended; the words are the contract's. */
export type VerdictKind = 'confirmed' | 'denied' | 'nobody-listening' | 'not-confirmed' | 'not-sent';

/** What a verdict rests on: the device's feedback, or how a refusal came to light. */
type VerdictEvidence = 'feedback' | DenialEvidence | null;

/** The end of one command: exactly one of five kinds, with its evidence. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly target: Position;
  readonly at: number;
  /** From sending to the evidence, ms; for `not-sent` 0. */
  readonly elapsedMs: number;
  readonly evidence: VerdictEvidence;
  /** What was seen and what it means, one sentence without a full stop. */
  readonly detail: string;
  /** What to do about it; `null` for `confirmed`. */
  readonly cure: string | null;
}

/** A command on its way. */
export interface Command {
  readonly id: number;
  readonly target: Position;
  /** What a sealed answer to it repeats; `null` for one in the clear. */
  readonly sealId: string | null;
  /** When it was asked for and handed to the link, ms, once and never again: verdicts count from here. */
  readonly sentAt: number;
  /** When it is given up, ms. */
  readonly deadlineAt: number;
  /** What the connection speaks that it was sent on; `null` where there was none. */
  readonly protocol: ProtocolVersion | null;
  /** Where it stands: on the wire, or acknowledged by the broker. */
  readonly phase: 'sent' | 'acknowledged';
  readonly acknowledgedAt: number | null;
  /** When our own publish came back to us (MQTT 3.1.1 only). */
  readonly echoedAt: number | null;
  /** The last feedback that came since it was sent; `isNews`: the relay was not known to stand there before. */
  readonly feedback: { readonly position: Position; readonly at: number; readonly isNews: boolean } | null;
}

/** What is known of one switch, or of another item that is commanded. */
export interface SwitchState {
  readonly id: string;
  /** As the last feedback said; `null` where none was ever received. */
  readonly position: Position | null;
  /** Where it stood by the history, as long as it has said nothing itself. */
  readonly remembered: { readonly position: Position; readonly at: number } | null;
  /** When that feedback was received, ms. */
  readonly receivedAt: number | null;
  /** Whether that feedback was a retained message: its age is unknown. */
  readonly isRetained: boolean;
  /** Since when it has stood there, ms, as far as we saw it change; `null` where the change was not seen. */
  readonly changedAt: number | null;
  readonly command: Command | null;
  /** How the last command ended. */
  readonly verdict: Verdict | null;
  /** Whether the relay said of that command that it stands where it was sent, in time or late: it answers once. */
  readonly hasAnswered: boolean;
  /** What the broker last proved about our right to write the command topic; `null` where nothing is proven. */
  readonly mayWrite: { readonly allowed: boolean; readonly at: number } | null;
  /** Whether a message on the command topic ever reached us: then we may read it (MQTT 3.1.1 only). */
  readonly canReadCommand: boolean;
  /** The longest that its device took for an answer that confirmed a command, ms; 0 before the first. */
  readonly slowestAnswerMs: number;
  /** Whether it was heard to say its position again unasked: then the same words again are no answer. */
  readonly repeatsItself: boolean;
  /** A retained message on the command topic: it switches the relay again at each reconnect of the device. */
  readonly retainedCommand: { readonly payload: string; readonly at: number } | null;
  /** The last feedback, where it was no position; the last known one stays. */
  readonly fault: FeedbackFault | null;
}

/** Feedback that nobody can read: why, as a clause, with the word where it is one, and when it came. */
export interface FeedbackFault extends PositionFault {
  readonly at: number;
  /** Whether the relay had not said the same before it: what it repeats is no answer. */
  readonly isNews: boolean;
}
