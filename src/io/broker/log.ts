/** How mosquitto ranks its log lines; `debug` never reaches a topic. */
export type BrokerLogLevel = 'error' | 'notice' | 'debug';

/** One line of the broker's log. */
export interface BrokerLogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: BrokerLogLevel;
  /** As mosquitto writes it by default: epoch seconds, colon, sentence. Holds what clients sent: not safe to show as it is. */
  readonly line: string;
}

/** What is known of a client that has logged in. */
export interface Login {
  readonly clientId: string;
  readonly user: string;
  readonly address: string;
  readonly port: number;
  /** 3 for MQTT 3.1, 4 for 3.1.1. */
  readonly protocolVersion: number;
  readonly isClean: boolean;
  readonly keepaliveSeconds: number;
}

/** How a client went. */
export type Leave = 'disconnected' | 'closed' | 'timeout' | 'protocol-error';

/** What the log says of a PUBLISH. */
export interface PublishFacts {
  readonly clientId: string;
  readonly isDuplicate: boolean;
  readonly qos: number;
  readonly isRetained: boolean;
  readonly messageId: number;
  readonly topic: string;
  readonly payloadBytes: number;
}

/** Where `log_dest topic` publishes a level, or `null` where it does not (mosquitto.conf(5), log_dest). */
export function logTopic(level: BrokerLogLevel): string | null {
  if (level === 'debug') return null;
  return level === 'error' ? '$SYS/broker/log/E' : '$SYS/broker/log/N';
}

/** A sentence with mosquitto's default time stamp before it. */
export function stampLine(at: number, sentence: string): string {
  return `${Math.floor(at / 1_000)}: ${sentence}`;
}

/** A client has logged in. */
export function connectedSentence(login: Login): string {
  const { address, port, clientId, protocolVersion, isClean, keepaliveSeconds, user } = login;
  // mosquitto numbers the protocols 1 (3.1), 2 (3.1.1), 5.
  const protocol = protocolVersion === 3 ? 1 : 2;
  const facts = `p${protocol}, c${isClean ? 1 : 0}, k${keepaliveSeconds}, u'${user}'`;
  return `New client connected from ${address}:${port} as ${clientId} (${facts}).`;
}

/** A login was refused; the user name is not in it, as it never is. */
export function refusedSentence(clientId: string): string {
  return `Client ${clientId} disconnected, not authorised.`;
}

/** A second client came with the identifier of one that is connected. */
export function takenOverSentence(clientId: string): string {
  return `Client ${clientId} already connected, closing old connection.`;
}

/** A client has gone. */
export function leftSentence(clientId: string, leave: Leave): string {
  switch (leave) {
    case 'disconnected':
      return `Client ${clientId} disconnected.`;
    case 'closed':
      return `Client ${clientId} closed its connection.`;
    case 'timeout':
      return `Client ${clientId} has exceeded timeout, disconnecting.`;
    case 'protocol-error':
      return `Client ${clientId} disconnected due to protocol error.`;
  }
}

/** A PUBLISH was refused for want of a right. */
export function deniedPublishSentence(facts: PublishFacts): string {
  const flags = `d${facts.isDuplicate ? 1 : 0}, q${facts.qos}, r${facts.isRetained ? 1 : 0}, m${facts.messageId}`;
  return `Denied PUBLISH from ${facts.clientId} (${flags}, '${facts.topic}', ... (${facts.payloadBytes} bytes))`;
}
