/** Reason codes of MQTT 5.0 (section 2.4) that decide something in hometui. */
export const ReasonCode = {
  success: 0x00,
  noMatchingSubscribers: 0x10,
  unspecifiedError: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  unsupportedProtocolVersion: 0x84,
  clientIdentifierNotValid: 0x85,
  badUserNameOrPassword: 0x86,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  serverBusy: 0x89,
  banned: 0x8a,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  packetTooLarge: 0x95,
  quotaExceeded: 0x97,
  wildcardsNotSupported: 0xa2,
} as const;

/** Words for the reason codes of MQTT 5.0, section 2.4, as the standard names them. */
const REASONS: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'granted QoS 1',
  2: 'granted QoS 2',
  4: 'disconnect with will message',
  16: 'no matching subscribers',
  17: 'no subscription existed',
  24: 'continue authentication',
  25: 're-authenticate',
  128: 'unspecified error',
  129: 'malformed packet',
  130: 'protocol error',
  131: 'implementation specific error',
  132: 'unsupported protocol version',
  133: 'client identifier not valid',
  134: 'bad user name or password',
  135: 'not authorized',
  136: 'server unavailable',
  137: 'server busy',
  138: 'banned',
  139: 'server shutting down',
  140: 'bad authentication method',
  141: 'keep alive timeout',
  142: 'session taken over',
  143: 'topic filter invalid',
  144: 'topic name invalid',
  145: 'packet identifier in use',
  146: 'packet identifier not found',
  147: 'receive maximum exceeded',
  148: 'topic alias invalid',
  149: 'packet too large',
  150: 'message rate too high',
  151: 'quota exceeded',
  152: 'administrative action',
  153: 'payload format invalid',
  154: 'retain not supported',
  155: 'QoS not supported',
  156: 'use another server',
  157: 'server moved',
  158: 'shared subscriptions not supported',
  159: 'connection rate exceeded',
  160: 'maximum connect time',
  161: 'subscription identifiers not supported',
  162: 'wildcard subscriptions not supported',
};

/** Words for the CONNACK return codes of MQTT 3.1.1, table 3.1. */
const CONNACK_311: Readonly<Record<number, string>> = {
  0: 'accepted',
  1: 'unacceptable protocol version',
  2: 'identifier rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorized',
};

/** What a reason code (0 to 255) says, in the standard's words and with its number: `not authorized (135)`. */
export function describeReason(code: number): string {
  return `${REASONS[code] ?? 'unknown reason'} (${code})`;
}

/** What a CONNACK code says: 3.1.1's table below 128, MQTT 5's reason codes from there on. */
export function describeConnack(code: number): string {
  return code < 0x80 ? `${CONNACK_311[code] ?? 'unknown reason'} (${code})` : describeReason(code);
}

/** Whether a refused CONNACK is about who is asking, so that another password or user may help. */
export function isLoginRefusal(code: number): boolean {
  return code === 4 || code === 5 || code === ReasonCode.badUserNameOrPassword || code === ReasonCode.notAuthorized;
}
