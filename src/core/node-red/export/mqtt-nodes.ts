import type { NodeFields } from './kit.ts';
import { nodeId } from './node-id.ts';

/** Where the broker of the house is, as a flow has to be told. */
export interface FlowBrokerAddress {
  /** `mqtt://…`, `mqtts://…`, `ws://…` or `wss://…`, without user and password. */
  readonly url: string;
  readonly protocolVersion: '5' | '311' | 'auto';
}

/** The broker's node, without a login: that is typed into it. Over TLS with the node that says how. */
export function brokerNodes(house: string, { url, protocolVersion }: FlowBrokerAddress): readonly NodeFields[] {
  const { protocol, hostname, port } = new URL(url);
  const [isSecure, isWeb] = [/^(?:mqtts|wss):$/.test(protocol), /^wss?:$/.test(protocol)];
  const tls = nodeId(house, 'tls-config');
  const none = { Topic: '', Qos: '0', Retain: 'false', Payload: '', Msg: {} };
  const messages = ['birth', 'close', 'will'].flatMap(kind =>
    Object.entries(none).map(([name, value]) => [`${kind}${name}`, value] as const),
  );
  return [
    {
      ...{ id: brokerId(house), type: 'mqtt-broker', name: `${house} (hometui)`, clientid: '', autoConnect: true },
      broker: isWeb ? url : hostname.replace(/^\[|\]$/g, ''),
      port: port || (isSecure ? '8883' : '1883'),
      ...(isSecure ? { tls } : {}),
      ...{
        usetls: isSecure,
        protocolVersion: protocolVersion === '5' ? '5' : '4',
        keepalive: '60',
        cleansession: true,
      },
      ...{ autoUnsubscribe: true, ...Object.fromEntries(messages), userProps: '', sessionExpiry: '' },
    },
    ...(isSecure
      ? [
          {
            ...{ id: tls, type: 'tls-config', name: `${house} (hometui)`, cert: '', key: '', ca: '', certname: '' },
            ...{ keyname: '', caname: '', servername: '', verifyservercert: true, alpnprotocol: '' },
          },
        ]
      : []),
  ];
}

/** The id of the broker's node. */
function brokerId(house: string): string {
  return nodeId(house, 'mqtt-broker');
}

/** What comes in on a topic; `isText`: as text whatever it looks like, for words. */
export function mqttIn(house: string, topic: string, isText: boolean): NodeFields {
  return {
    ...{ id: nodeId(house, 'mqtt in', topic, String(isText)), type: 'mqtt in', name: '', topic, qos: '0' },
    ...{ datatype: isText ? 'utf8' : 'auto-detect', broker: brokerId(house), nl: false, rap: true, rh: 0, inputs: 0 },
  };
}

/** What goes out on a topic: each command once, kept by nobody. */
export function mqttOut(house: string, item: string, topic: string): NodeFields {
  return {
    ...{ id: nodeId(house, 'mqtt out', item), type: 'mqtt out', name: '', topic, qos: '1', retain: 'false' },
    ...{ respTopic: '', contentType: '', userProps: '', correl: '', expiry: '', broker: brokerId(house) },
  };
}
