import { type FlowNode, flagOf, numberOf, textOf, variableOf } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';

/** How the broker of a flow is reached. */
export interface FlowBroker {
  /** Its URL without user and password, or `null` where the export does not say it. */
  readonly url: string | null;
  readonly protocolVersion: '5' | '311' | null;
  /** What the export holds of it and hometui cannot take, as sentences without a full stop. */
  readonly notes: readonly string[];
}

/** Reads a broker's node. An export never has its user or password. */
export function readBroker(id: string, { nodes }: Graph): FlowBroker {
  const node = nodes.get(id);
  if (node === undefined || node.type !== 'mqtt-broker') {
    return { url: null, protocolVersion: null, notes: ['the broker is not in the export'] };
  }
  const version = textOf(node, 'protocolVersion');
  const tls = nodes.get(textOf(node, 'tls'));
  const isSecure = flagOf(node, 'usetls', false) || /^(?:mqtts|wss|ssl|tls):/i.test(textOf(node, 'broker'));
  return {
    ...urlOf(node, isSecure),
    protocolVersion: version === '5' ? '5' : version === '' ? null : '311',
    ...notesOf(node, isSecure ? tls : undefined),
  };
}

function urlOf(node: FlowNode, isSecure: boolean): { readonly url: string | null } {
  const address = textOf(node, 'broker').trim();
  if (address === '' || variableOf(address) !== null) return { url: null };
  if (/^(?:mqtts?|wss?|tcp|ssl|tls):\/\//i.test(address)) {
    const plain = address.replace(/^tcp:/i, 'mqtt:').replace(/^(?:ssl|tls):/i, 'mqtts:');
    return { url: URL.canParse(plain) ? plain.replace(/\/\/[^/@]*@/, '//') : null };
  }
  const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  const url = `${isSecure ? 'mqtts' : 'mqtt'}://${host}:${numberOf(node, 'port') ?? (isSecure ? 8883 : 1883)}`;
  return { url: URL.canParse(url) ? url : null };
}

function notesOf(node: FlowNode, tls: FlowNode | undefined): { readonly notes: readonly string[] } {
  const variable = variableOf(textOf(node, 'broker').trim());
  const files = tls === undefined ? [] : ['ca', 'cert', 'key'].filter(name => textOf(tls, name) !== '');
  return {
    notes: [
      ...(variable === null
        ? []
        : [`its address is the variable ${variable} of the environment, which is not in the export`]),
      ...(tls !== undefined && !flagOf(tls, 'verifyservercert', true)
        ? ['Node-RED does not check its certificate; hometui does: name its authority with --cafile']
        : []),
      ...files.map(name => `its ${name} is ${textOf(tls as FlowNode, name)} on the machine of Node-RED`),
    ],
  };
}
