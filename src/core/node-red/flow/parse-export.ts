import { cleanText } from '../../clean-text.ts';
import { fail, ok, type Result } from '../../result.ts';
import { type FlowNode, isRecord } from './flow-node.ts';

/** Why a file is no export of Node-RED, and what to do about it. */
export interface ExportFault {
  readonly message: string;
  readonly cure: string;
}

const CURE = 'In the editor of Node-RED: menu, Export, all flows, Download; or take flows.json of its folder.';

/** The nodes of an export: the list that the editor, flows.json and the admin API (`{"flows": […]}`) have. */
export function parseExport(text: string): Result<readonly FlowNode[], ExportFault> {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? cleanText(error.message, 120) : '';
    return fail({ message: `it is not JSON: ${why}`, cure: CURE });
  }
  const list = isRecord(document) ? document.flows : document;
  if (!Array.isArray(list)) return fail({ message: `it is no export of Node-RED, ${likeness(document)}`, cure: CURE });
  const nodes = list.flatMap(readNode);
  if (nodes.length > 0) return ok(nodes);
  const what = list.length === 0 ? 'it is empty' : 'none of what it lists has an id and a type';
  return fail({ message: `it is no export of Node-RED: ${what}`, cure: CURE });
}

function readNode(value: unknown): readonly FlowNode[] {
  if (!isRecord(value)) return [];
  const { id, type } = value;
  return typeof id === 'string' && id !== '' && typeof type === 'string' ? [{ id, type, fields: value }] : [];
}

/** What else it is, where it shows. */
function likeness(document: unknown): string {
  if (!isRecord(document)) return 'which is a list of nodes';
  const has = (...names: readonly string[]): boolean => names.every(name => Object.hasOwn(document, name));
  if (has('sensors', 'panels')) return 'it looks like a house file of hometui';
  if (has('panels', 'schemaVersion')) return 'it looks like a dashboard of Grafana';
  if (has('views')) return 'it looks like a dashboard of Home Assistant';
  if (has('$') && Object.keys(document).length === 1) return 'it looks like flows_cred.json, which holds passwords';
  return 'which is a list of nodes';
}
