/** One node of a flow: what its fields are depends on its type, and on who wrote them. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A field as text; '' for what is none. Numbers are written as texts by some versions, and the other way round. */
export function textOf({ fields }: FlowNode, name: string): string {
  const value = own(fields, name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A field as a finite number; `null` for an empty one, and for what is none. */
export function numberOf(node: FlowNode, name: string): number | null {
  const text = textOf(node, name).trim();
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? null : value;
}

/** A field that says yes or no; dashboards write both as texts in places. */
export function flagOf({ fields }: FlowNode, name: string, fallback: boolean): boolean {
  const value = own(fields, name);
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : fallback;
}

/** A field that is a list of objects; what else stands in it is left out. */
export function recordsOf({ fields }: FlowNode, name: string): readonly Readonly<Record<string, unknown>>[] {
  const value = own(fields, name);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A field that is a list of ids. */
export function idsOf({ fields }: FlowNode, name: string): readonly string[] {
  const value = own(fields, name);
  return Array.isArray(value) ? value.filter(id => typeof id === 'string') : [];
}

/** Whether something is an object with members of its own. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a node belongs to one of the two dashboards. */
export function isOfDashboard({ type }: FlowNode): boolean {
  return type.startsWith('ui_') || type.startsWith('ui-');
}

/** What a person calls a node: by its name or label where it has one, always with what it is. */
export function nodeName(node: FlowNode): string {
  const name = [textOf(node, 'name'), textOf(node, 'title'), textOf(node, 'label'), textOf(node, 'topic')].find(
    text => text.trim() !== '',
  );
  return name === undefined ? `${node.type} ${node.id}` : `${node.type} "${name.trim()}"`;
}

/** The variable of the environment that a field stands for as a whole (`${NAME}`); `null` for none. */
export function variableOf(text: string): string | null {
  return /^\$\{(\S+)\}$/.exec(text)?.[1] ?? /^\$\((\S+)\)$/.exec(text)?.[1] ?? null;
}

function own(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
