import type { SealSeen } from '../../sealed/seal-seen.ts';

/** One MQTT message as it arrived. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly isRetained: boolean;
  /** What was found of it, on a topic whose device seals; then `payload` is what stands inside. */
  readonly seal?: SealSeen;
}
