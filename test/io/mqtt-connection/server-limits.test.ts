import mqttPacket, { type Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { filterRefusal, readServerLimits, whyUnsendable } from '../../../src/io/mqtt-connection/server-limits.ts';

const command = { topic: 'heating/pump', payload: 'on', expirySeconds: 5 };
const limitsOf = (properties: object) => readServerLimits({ properties });

/** As mqtt.js puts it on the wire. */
const bytesOf = (packet: Packet): number => mqttPacket.generate(packet, { protocolVersion: 5 }).length;

describe('whyUnsendable', () => {
  it('lets everything pass where the broker names no limit', () => {
    expect(whyUnsendable(readServerLimits({}), command, 100)).toBeNull();
  });

  it('sends nothing at QoS 1 where the broker takes QoS 0 only', () => {
    expect(whyUnsendable(limitsOf({ maximumQoS: 0 }), command, 0)?.why).toContain('takes no message at QoS 1');
    expect(whyUnsendable(limitsOf({ maximumQoS: 1 }), command, 0)).toBeNull();
  });

  it.each([0, 2, 83, 84, 85, 99, 100, 101, 16_000, 16_360, 16_361, 16_362, 16_363])(
    'knows the size of a packet with a payload of %i bytes, to the byte',
    length => {
      const long = { ...command, topic: 'heizung/küche', payload: 'x'.repeat(length) };
      const properties = { messageExpiryInterval: 5 };
      const { topic, payload } = long;
      const bytes = bytesOf({
        cmd: 'publish',
        topic,
        payload,
        qos: 1,
        dup: false,
        retain: false,
        messageId: 7,
        properties,
      });
      expect(whyUnsendable(limitsOf({ maximumPacketSize: bytes }), long, 0)).toBeNull();
      expect(whyUnsendable(limitsOf({ maximumPacketSize: bytes - 1 }), long, 0)?.why).toBe(
        `it takes a packet of ${bytes} bytes, and the broker takes no more than ${bytes - 1}`,
      );
    },
  );

  it('keeps to the receive maximum', () => {
    expect(whyUnsendable(limitsOf({ receiveMaximum: 2 }), command, 1)).toBeNull();
    expect(whyUnsendable(limitsOf({ receiveMaximum: 2 }), command, 2)?.why).toContain('2 unacknowledged at a time');
  });
});

describe('filterRefusal', () => {
  it.each(['heating/flow', `home/${'x'.repeat(200)}`])('knows the size of a SUBSCRIBE for %s, to the byte', topic => {
    const bytes = bytesOf({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic, qos: 1 }] });
    expect(filterRefusal(limitsOf({ maximumPacketSize: bytes }), topic)).toBeNull();
    expect(filterRefusal(limitsOf({ maximumPacketSize: bytes - 1 }), topic)).toBe(0x95);
  });

  it('asks for no wildcard where the broker has none', () => {
    const limits = limitsOf({ wildcardSubscriptionAvailable: false });
    expect(['home/#', 'home/+/set', 'home/flow'].map(filter => filterRefusal(limits, filter))).toEqual([
      0xa2,
      0xa2,
      null,
    ]);
  });
});
