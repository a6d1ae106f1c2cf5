/** A node of a flow as an export has it. */
export type ExportedNode = Readonly<Record<string, unknown>>;

/** A node with its wires, one list of ids for each output. */
export function flowNode(id: string, type: string, fields: ExportedNode = {}, ...wires: string[][]): ExportedNode {
  return { id, type, z: 'page', wires, ...fields };
}

/** A dashboard of one tab with one group, and the broker: what the nodes of a test stand on. */
export const DASHBOARD: readonly ExportedNode[] = [
  { id: 'page', type: 'tab', label: 'Flow' },
  { id: 'broker', type: 'mqtt-broker', broker: 'pi.local', port: '1883', protocolVersion: '5' },
  { id: 'tab', type: 'ui_tab', name: 'House', order: 1 },
  { id: 'group', type: 'ui_group', name: 'Room', tab: 'tab', order: 1 },
];

export const mqttIn = (id: string, topic: string, ...to: string[]): ExportedNode =>
  flowNode(id, 'mqtt in', { topic, broker: 'broker' }, to);

export const mqttOut = (id: string, topic: string, fields: ExportedNode = {}): ExportedNode =>
  flowNode(id, 'mqtt out', { topic, broker: 'broker', retain: '', ...fields });

export const gauge = (id: string, title: string, fields: ExportedNode = {}): ExportedNode =>
  flowNode(id, 'ui_gauge', {
    group: 'group',
    order: 1,
    title,
    label: '°C',
    format: '{{value}}',
    min: 0,
    max: 100,
    ...fields,
  });

export const toggle = (id: string, label: string, fields: ExportedNode, ...to: string[]): ExportedNode =>
  flowNode(
    id,
    'ui_switch',
    {
      ...{ group: 'group', order: 2, label, passthru: false, decouple: 'true', topic: '', topicType: 'str' },
      ...{ onvalue: 'on', onvalueType: 'str', offvalue: 'off', offvalueType: 'str', ...fields },
    },
    to,
  );
