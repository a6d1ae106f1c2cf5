/** How a refusal came to light; the words are the contract's. */
export type DenialEvidence = 'refused' | 'logged' | 'echo' | 'closed' | 'suspected';

/** What was denied to whom. Equal denials are counted, not repeated. */
export interface Denial {
  readonly id: number;
  readonly firstAt: number;
  readonly at: number;
  /** From 1 on. */
  readonly count: number;
  readonly evidence: DenialEvidence;
  /** The MQTT client identifier, where known. */
  readonly client: string | null;
  readonly user: string | null;
  readonly access: 'connect' | 'subscribe' | 'publish' | 'read';
  /** `null` for a refused login. */
  readonly topic: string | null;
  /** What happened, one sentence without a full stop. */
  readonly detail: string;
  /** What to do about it: the line to add, with file and line where they are known. */
  readonly remedy: string;
}
