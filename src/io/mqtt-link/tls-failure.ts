import { cleanText } from '../../core/clean-text.ts';
import type { LinkFailure } from '../../core/home/state/link.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

/** What went wrong, as the end of a sentence about the broker, and the cure. */
type Words = readonly [what: string, cure: string];

const CHECK_CLOCKS = 'Renew the certificate; if it is good, set the clock of this machine.';

/** By the codes of OpenSSL's X509_STORE_CTX_get_error(3) and of Node's tls module. */
export function describeTlsError(error: Error, options: LinkOptions, place: string): LinkFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [what, cure] = describe(code, error, options);
  return { kind: 'tls', message: `no encrypted connection to ${place}: ${what}`, cure, code: null };
}

function describe(code: string, error: Error, options: LinkOptions): Words {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return ["the broker's certificate has expired", CHECK_CLOCKS];
    case 'CERT_NOT_YET_VALID':
      return ["the broker's certificate is not valid yet", 'Set the clock of this machine.'];
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return ["the broker's certificate is signed by itself", 'Give that certificate with --cafile.'];
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
      return describeUnknownAuthority(options);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return describeWrongName(error, options);
    case 'ECONNRESET':
    case '':
      return ['the other side closed it in the handshake', `${WHICH_PORT} A client certificate may be missing too.`];
    default:
      return describeProtocol(code, error);
  }
}

const WHICH_PORT = 'Check the port: MQTT with TLS is usually on 8883, 1883 is without.';

function describeUnknownAuthority(options: LinkOptions): Words {
  return options.tls?.ca == null
    ? ["the broker's certificate is signed by an unknown authority", "Give that authority's certificate with --cafile."]
    : [
        "the broker's certificate is not signed by the authority in --cafile",
        "Give the authority's certificate that the broker's was made with.",
      ];
}

function describeWrongName(error: Error, options: LinkOptions): Words {
  const cert = 'cert' in error ? (error.cert as { readonly subjectaltname?: string } | undefined) : undefined;
  const names = (cert?.subjectaltname ?? '').replaceAll(/DNS:|IP Address:/g, '');
  const forWhom = names === '' ? 'for another name' : `for ${cleanText(names, 80)}`;
  const host = cleanText(options.session.host, 60);
  return [
    `the broker's certificate is ${forWhom}, not for ${host}`,
    'Connect by a name that is in the certificate, or give --insecure to leave the name unchecked.',
  ];
}

function describeProtocol(code: string, error: Error): Words {
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|PEER_DID_NOT_RETURN|ALERT_BAD_CERTIFICATE|ALERT_UNKNOWN_CA/.test(code)) {
    return [
      'the broker does not accept it without a client certificate of its own authority',
      'Give one with --cert and --key.',
    ];
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|UNEXPECTED_MESSAGE/.test(code + error.message.toUpperCase())) {
    return ['the other side does not speak TLS', WHICH_PORT];
  }
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/.test(code)) {
    return ['the broker offers only versions of TLS that are too old', 'Let the broker offer TLS 1.2 or later.'];
  }
  return [cleanText(code === '' ? error.message : code), 'Check the certificates on both sides.'];
}
