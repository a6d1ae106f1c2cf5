import type { Effect } from '../../core/home/state/effect.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import type { Unsendable } from '../mqtt-connection/server-limits.ts';

type PublishCommand = Extract<Effect, { type: 'publish-command' }>;

/** The commands that were published on this connection and are not acknowledged yet. */
export interface InFlight {
  /** Says why where the broker's limits forbid it: nothing was sent then. */
  readonly publish: (command: PublishCommand, connection: Connection) => Unsendable | null;
  /** `true` where it was still on its way; it is then forgotten, and a late acknowledgement says nothing. */
  readonly withdraw: (commandId: number) => boolean;
  /** The connection has gone: hands out what was on its way, and forgets it. */
  readonly takeAll: () => readonly number[];
}

/** `onAcknowledged` is called at most once per command, with the PUBACK's code. */
export function createInFlight(onAcknowledged: (commandId: number, code: number) => void): InFlight {
  const ids = new Set<number>();
  return {
    publish: (command, connection) => {
      ids.add(command.commandId);
      const unsendable = connection.publish(command, code => {
        if (ids.delete(command.commandId)) onAcknowledged(command.commandId, code);
      });
      if (unsendable !== null) ids.delete(command.commandId);
      return unsendable;
    },
    withdraw: commandId => ids.delete(commandId),
    takeAll: () => {
      const all = [...ids];
      ids.clear();
      return all;
    },
  };
}
