import type { Aedes, Client } from 'aedes';
import {
  type BrokerLogLevel,
  connectedSentence,
  type Leave,
  type Login,
  leftSentence,
  takenOverSentence,
} from './log.ts';

/** Notes who logs in and who goes. */
export interface Register {
  readonly onLoggedIn: (client: Client, login: Login) => void;
  readonly watch: (aedes: Aedes) => void;
}

/** Keeps who is connected, and says in mosquitto's words who came and how they went. */
export function createRegister(say: (level: BrokerLogLevel, sentence: string) => void): Register {
  const logins = new WeakMap<Client, Login>();
  const leaves = new WeakMap<Client, Leave>();
  const connected = new Map<string, Client>();
  const takenOver = new WeakSet<Client>();

  const onLoggedIn = (client: Client, login: Login): void => {
    logins.set(client, login);
    const old = connected.get(login.clientId);
    if (old === undefined) return;
    takenOver.add(old);
    say('error', takenOverSentence(login.clientId));
  };
  const watch = (aedes: Aedes): void => {
    aedes.on('client', client => {
      connected.set(client.id, client);
      const login = logins.get(client);
      if (login !== undefined) say('notice', connectedSentence(login));
    });
    aedes.on('keepaliveTimeout', client => leaves.set(client, 'timeout'));
    aedes.on('clientError', (client, error) => {
      if (!leaves.has(client) && !isSocketError(error)) leaves.set(client, 'protocol-error');
    });
    aedes.on('connectionError', (_client, error) => {
      if (!isSocketError(error)) say('notice', leftSentence('<unknown>', 'protocol-error'));
    });
    aedes.on('clientDisconnect', client => {
      if (connected.get(client.id) === client) connected.delete(client.id);
      if (takenOver.has(client)) return;
      say('notice', leftSentence(client.id, leaves.get(client) ?? (saidGoodbye(client) ? 'disconnected' : 'closed')));
    });
  };
  return { onLoggedIn, watch };
}

/** Whether the client sent a DISCONNECT. aedes keeps that in a field that its types do not show. */
function saidGoodbye(client: Client): boolean {
  return '_disconnected' in client && client._disconnected === true;
}

/** Whether the network failed, and not the client's manners. */
function isSocketError(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('E');
}
