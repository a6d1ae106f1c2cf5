/** The requests on one MQTT connection that are not answered yet: CONNECT, SUBSCRIBE, UNSUBSCRIBE and PINGREQ. */
export interface OpenRequests {
  /** Takes what passes on its way to the broker. */
  readonly up: (bytes: Uint8Array) => void;
  /** Takes what passes on its way from it. */
  readonly down: (bytes: Uint8Array) => void;
  readonly open: () => number;
  /** How many packets have begun to pass, both ways. */
  readonly packets: () => number;
}

/** MQTT 5, section 2.1.2: the packet types whose answer has the type one higher. */
const REQUESTS: ReadonlySet<number> = new Set([1, 8, 10, 12]);

/** Reads along by the fixed headers alone. */
export function watchRequests(): OpenRequests {
  let [open, packets] = [0, 0];
  return {
    up: readTypes(type => {
      packets += 1;
      if (REQUESTS.has(type)) open += 1;
    }),
    down: readTypes(type => {
      packets += 1;
      if (REQUESTS.has(type - 1)) open -= 1;
    }),
    open: () => open,
    packets: () => packets,
  };
}

/** Calls with the type of each packet of a stream once its header is whole. */
function readTypes(onType: (type: number) => void): (bytes: Uint8Array) => void {
  let [type, length, factor, rest] = [-1, 0, 1, 0];
  return bytes => {
    for (let at = 0; at < bytes.length; at += 1) {
      const skipped = Math.min(rest, bytes.length - at);
      rest -= skipped;
      at += skipped;
      const byte = bytes[at];
      if (byte === undefined) return;
      if (type < 0) {
        [type, length, factor] = [byte >> 4, 0, 1];
        continue;
      }
      // MQTT 5, section 1.5.5: seven bits a byte, the lowest first; the eighth says that more follow.
      length += (byte & 0x7f) * factor;
      factor *= 128;
      if (byte >= 0x80) continue;
      onType(type);
      [type, rest] = [-1, length];
    }
  };
}
