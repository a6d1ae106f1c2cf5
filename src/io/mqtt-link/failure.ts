import { assertNever } from '../../core/assert-never.ts';
import { cleanText } from '../../core/clean-text.ts';
import { formatDuration } from '../../core/duration.ts';
import type { LinkFailure } from '../../core/home/state/link.ts';
import { describeConnack, describeReason, isLoginRefusal, ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { ConnectionEnd } from '../mqtt-connection/connection-end.ts';
import type { Credentials } from '../mqtt-connection/open-connection.ts';
import { type LargePacket, MAX_PACKET_BYTES } from '../mqtt-connection/packet-size.ts';
import { bracketed } from '../mqtt-options/address.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { describeTlsError } from './tls-failure.ts';

/** Where and as whom it was tried: what the words need. */
export interface Attempted {
  readonly options: LinkOptions;
  readonly credentials: Credentials;
  /** For how long a login with MQTT 5 was not answered right before this one with 3.1.1, ms; `null` where none was. */
  readonly muteMs?: number | null;
}

/** `localhost:1883`, for sentences. */
function placeOf({ options }: Attempted): string {
  return cleanText(`${bracketed(options.session.host)}:${options.session.port}`, 100);
}

/** Puts into words how a connection ended. */
export function describeEnd(end: ConnectionEnd, attempted: Attempted): LinkFailure {
  switch (end.kind) {
    case 'no-way':
      return describeNoWay(end.error, end.stage, attempted);
    case 'refused':
      return describeRefusal(end.code, attempted);
    case 'closed':
      return describeClosed(end, attempted);
    case 'silent':
      return describeSilence(end, attempted);
    case 'too-large':
      return describeTooLarge(end.packet, attempted);
    case 'not-mqtt':
      return end.isBeforeConnack ? describeStranger(attempted) : describeGarbage(attempted);
    default:
      return assertNever(end);
  }
}

type NoWay = Extract<ConnectionEnd, { kind: 'no-way' }>;
type Closed = Extract<ConnectionEnd, { kind: 'closed' }>;
type Silent = Extract<ConnectionEnd, { kind: 'silent' }>;

const LEAVE_VERSION_OUT =
  'Leave --protocol-version out: the broker may keep silent to MQTT 5, and 3.1.1 is then tried.';
const CHECK_NETWORK = 'Check the network connection of this machine and of the broker.';

function describeNoWay(error: Error, stage: NoWay['stage'], attempted: Attempted): LinkFailure {
  if (stage === 'tls') return describeTlsError(error, attempted.options, placeOf(attempted));
  if (stage === 'websocket') return describeWebSocketError(error, attempted);
  const [kind, why, cure] = describeTcpError(error, attempted);
  return { kind, message: `broker not reachable at ${placeOf(attempted)}: ${why}`, cure, code: null };
}

type Words = readonly [kind: LinkFailure['kind'], why: string, cure: string];

/** By the errors of connect(2) and getaddrinfo(3). */
function describeTcpError(error: Error, { options: { session } }: Attempted): Words {
  const code = codeOf(mostTelling(error));
  switch (code) {
    case 'ECONNREFUSED':
      return ['unreachable', 'connection refused', whoListens(session.isLoopback)];
    case 'ENOTFOUND':
      return ['not-found', 'no host of this name is known', 'Check the name, or give the address with --host.'];
    case 'EAI_AGAIN':
      return ['not-found', 'the name server does not answer', CHECK_NETWORK];
    case 'ETIMEDOUT':
      return ['timeout', 'no answer', 'Check host and port, and that no firewall stands between.'];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return ['unreachable', 'there is no way to this host', CHECK_NETWORK];
    case 'EACCES':
    case 'EPERM':
      return ['unreachable', 'this machine does not allow the connection', 'Check the firewall of this machine.'];
    case 'ECONNRESET':
      return ['closed', 'connection reset', whoListens(session.isLoopback)];
    default:
      return ['unreachable', code ?? cleanText(error.message), 'Check host and port.'];
  }
}

/**
 * A name may have several addresses, each with an error of its own: a host that refuses is there, whatever becomes of the
 * way to its other address. Node.js puts the first one's code on them all, be it of an IPv6 that leads nowhere.
 */
function mostTelling(error: Error): Error {
  if (!(error instanceof AggregateError)) return error;
  const errors = error.errors.filter((one): one is Error => one instanceof Error);
  return errors.find(one => codeOf(one) === 'ECONNREFUSED') ?? errors[0] ?? error;
}

function whoListens(isLoopback: boolean): string {
  return isLoopback
    ? 'Check that the broker runs and which port it listens on: systemctl status mosquitto'
    : 'Check host and port, and that the broker runs and listens on more than its own loopback.';
}

function describeWebSocketError(error: Error, attempted: Attempted): LinkFailure {
  const place = placeOf(attempted);
  const status = /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1];
  const why =
    status === undefined
      ? `no WebSocket came about at ${place}: ${cleanText(error.message)}`
      : `no WebSocket came about at ${place}: the server answered with HTTP ${status}`;
  const cure = 'Check port and path of the URL; mosquitto needs a listener with "protocol websockets".';
  return { kind: 'protocol', message: why, cure, code: null };
}

function describeRefusal(code: number, attempted: Attempted): LinkFailure {
  const place = placeOf(attempted);
  const why = describeConnack(code);
  if (isLoginRefusal(code)) return describeLoginRefusal(code, attempted);
  if (code === 1 || code === ReasonCode.unsupportedProtocolVersion) {
    const message = `broker at ${place} does not speak this version of MQTT: ${why}`;
    return { kind: 'protocol', message, cure: 'Leave --protocol-version out: the version is then found.', code };
  }
  if (code === 2 || code === ReasonCode.clientIdentifierNotValid) {
    const id = cleanText(attempted.options.session.clientId, 40);
    const message = `broker at ${place} refused the client identifier ${id}: ${why}`;
    return { kind: 'options', message, cure: 'Choose another with --id, or leave --id out.', code };
  }
  const message = `broker at ${place} refused the connection: ${why}`;
  return { kind: 'protocol', message, cure: "Look into the broker's log.", code };
}

function describeLoginRefusal(code: number, attempted: Attempted): LinkFailure {
  const { user } = attempted.credentials;
  const place = placeOf(attempted);
  const why = describeConnack(code);
  const kind = 'login-refused';
  if (user === null) {
    const message = `login without a user name refused by the broker at ${place}: ${why}`;
    return { kind, message, cure: 'Give a user name and its password.', code };
  }
  const message = `login as ${cleanText(user, 60)} refused by the broker at ${place}: ${why}`;
  const cure = 'Check user name and password: upper and lower case matter in both.';
  return { kind, message, cure, code };
}

function describeClosed(end: Closed, attempted: Attempted): LinkFailure {
  const place = placeOf(attempted);
  if (end.error !== null && isTlsError(end.error)) return describeTlsError(end.error, attempted.options, place);
  if (end.reasonCode === ReasonCode.sessionTakenOver) return describeTakeOver(attempted);
  const code = end.reasonCode === 0 ? null : end.reasonCode;
  const why =
    code !== null ? `: ${describeReason(code)}` : codeOf(end.error) === 'ECONNRESET' ? ': connection reset' : '';
  if (!end.isBeforeConnack) {
    const cure = "Look into the broker's log: it may be restarting, or does not want this client.";
    return { kind: 'closed', message: `broker at ${place} closed the connection${why}`, cure, code };
  }
  // Closed or reset, that is chance, and a retry that fails in the same way is to say the same.
  if (code === null) return describeMuteClose(attempted);
  const message = `broker at ${place} closed the connection before it answered the login${why}`;
  return { kind: 'closed', message, cure: whichPort(attempted), code };
}

/** Rumqttd closes so on a wrong password, RabbitMQ 3.10 with MQTT 5 too: from here that cannot be told from a wrong port. */
function describeMuteClose(attempted: Attempted): LinkFailure {
  const { user } = attempted.credentials;
  const message = `broker at ${placeOf(attempted)} closed the connection before it answered the login`;
  const whose = user === null ? 'a login without a user name' : `user name or password of ${cleanText(user, 60)}`;
  const cure = `It may not take ${whose}: some brokers say so in this way only. Else: ${lowerFirst(whichPort(attempted))}`;
  return { kind: 'closed', message, cure, code: null };
}

function describeTakeOver(attempted: Attempted): LinkFailure {
  const id = cleanText(attempted.options.session.clientId, 40);
  const message = `another client logged in at ${placeOf(attempted)} with our client identifier ${id}`;
  const cure = 'Leave --id out: each console then has one of its own.';
  return { kind: 'taken-over', message, cure, code: ReasonCode.sessionTakenOver };
}

function describeSilence(end: Silent, attempted: Attempted): LinkFailure {
  const waited = formatDuration(end.waitedMs);
  const message = end.isBeforeConnack
    ? `no answer from ${placeOf(attempted)} ${withinBoth(waited, attempted)}`
    : `no answer from the broker at ${placeOf(attempted)} for ${waited}`;
  const isVersionFixed = end.isAsked && attempted.options.protocolVersion === '5';
  const cure = !end.isBeforeConnack ? CHECK_NETWORK : isVersionFixed ? LEAVE_VERSION_OUT : whichPort(attempted);
  return { kind: 'timeout', message, cure, code: null };
}

/** In how long a login was not answered: each of the two that were tried has its own time. */
function withinBoth(waited: string, { muteMs = null }: Attempted): string {
  if (muteMs === null) return `within ${waited}`;
  return `within ${formatDuration(muteMs)} to a login with MQTT 5, nor within ${waited} to one with 3.1.1`;
}

function describeTooLarge({ bytes, topic }: LargePacket, attempted: Attempted): LinkFailure {
  const what = topic === null ? 'a packet' : topic === '' ? 'a message' : `a message on ${cleanText(topic, 100)}`;
  const size = bytes === null ? '' : ` of ${Math.ceil(bytes / 1_048_576)} MB`;
  const most = `${MAX_PACKET_BYTES / 1_048_576} MB`;
  const message = `broker at ${placeOf(attempted)} began to send ${what}${size}: more than the ${most} that are taken`;
  const cure = 'Look who publishes it; where it is retained, remove it: an empty retained message takes its place.';
  return { kind: 'protocol', message, cure, code: null };
}

function describeStranger(attempted: Attempted): LinkFailure {
  const message = `what answers at ${placeOf(attempted)} is not an MQTT broker`;
  return {
    kind: 'protocol',
    message,
    cure: 'Check host and port: MQTT is usually on 1883, with TLS on 8883.',
    code: null,
  };
}

function describeGarbage(attempted: Attempted): LinkFailure {
  const message = `broker at ${placeOf(attempted)} sent something that is not MQTT`;
  return { kind: 'protocol', message, cure: "Look into the broker's log.", code: null };
}

function whichPort({ options }: Attempted): string {
  return options.tls === null
    ? 'Check host and port; where the port wants TLS, give --cafile or a mqtts:// URL.'
    : 'Check host and port, and that this port is one for MQTT with TLS.';
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function isTlsError(error: Error): boolean {
  return /^ERR_(SSL|TLS)_|^EPROTO$/.test(codeOf(error) ?? '');
}

function codeOf(error: Error | null): string | null {
  return error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
