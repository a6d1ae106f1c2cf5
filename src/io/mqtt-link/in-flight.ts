import type { Effect } from '../../core/home/effect.ts';
import type { Connection } from './connection.ts';

type PublishCommand = Extract<Effect, { type: 'publish-command' }>;

/** The commands that were published on this connection and are not acknowledged yet. */
export interface InFlight {
  readonly publish: (command: PublishCommand, connection: Connection) => void;
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
      connection.publish(command, code => {
        if (ids.delete(command.commandId)) onAcknowledged(command.commandId, code);
      });
    },
    withdraw: commandId => ids.delete(commandId),
    takeAll: () => {
      const all = [...ids];
      ids.clear();
      return all;
    },
  };
}
