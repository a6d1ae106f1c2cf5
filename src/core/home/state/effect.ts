import type { House } from '../../house/house.ts';
import type { CommandSeal } from '../../sealed/seal-seen.ts';

/** What `update` wants done in the world. One interpreter (app/run-effects) does it and answers with events. */
export type Effect =
  /** Hear this house from now on: subscribe what is new in it, and leave what is gone. */
  | { readonly type: 'listen-to'; readonly house: House }
  /**
   * Publish at QoS 1, not retained, only while connected, and answer with `command-acknowledged`, `command-not-sent` or
   * `command-lost`. `expirySeconds` is the MQTT 5 message expiry interval: a whole number from 1 on.
   */
  | {
      readonly type: 'publish-command';
      readonly commandId: number;
      readonly topic: string;
      readonly payload: string;
      readonly expirySeconds: number;
      /** With what it is to be sealed; nothing where its device takes it in the clear. */
      readonly seal?: CommandSeal;
    }
  /** Forget a command that was published and not acknowledged, so that it is never sent again. */
  | { readonly type: 'withdraw-command'; readonly commandId: number };
