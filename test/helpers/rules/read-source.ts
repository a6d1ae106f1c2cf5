import { parseAst } from 'vitest/node';

/** One `import`, `export … from`, `import()` or `import type` found in a source text. */
export interface ImportFound {
  /** As written: `../core/duration.ts`, `node:fs`, `react`. */
  readonly specifier: string;
  /** `types`: nothing of it is left at run time. `lazy`: an `import()`, evaluated when it is reached. */
  readonly kind: 'static' | 'lazy' | 'types';
  readonly line: number;
}

/** Something a source text does, where some rule may forbid it. */
export interface ActFound {
  /** The code in question, shortened: `Date.now`, `new Date()`, `start(…)`. */
  readonly what: string;
  readonly line: number;
}

export interface SourceRead {
  readonly imports: readonly ImportFound[];
  /** Uses of the clock, of randomness, of the process and of other things outside, as free global names. */
  readonly outsideUses: readonly ActFound[];
  /** What would be done by the mere import of this file. */
  readonly actsOnImport: readonly ActFound[];
}

/** A node of the ESTree, of which this file needs little; `start` counts UTF-16 units. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Whatever stands for the world outside a pure function. `Date` is listed apart: only `Date.now` and `new Date()`. */
const OUTSIDE_GLOBALS = new Set([
  ...['console', 'process', 'performance', 'fetch', 'crypto', 'Buffer', 'require', 'globalThis', 'global'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'navigator', 'localStorage'],
]);

/** Reads one TypeScript source text with a real parser. Throws where it is not TypeScript. */
export function readSource(text: string, path: string): SourceRead {
  const program = parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path) as unknown as Node;
  const nodes = [...walk(program)];
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const shorten = (node: Node): string => text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 50);
  return {
    imports: nodes.flatMap(node => {
      const found = readImport(node);
      return found === null ? [] : [{ ...found, line: lineOf(node) }];
    }),
    outsideUses: findOutsideUses(nodes).map(found => ({ what: found.what, line: lineOf(found.node) })),
    actsOnImport: findActsOnImport(program, nodes).map(node => ({ what: shorten(node), line: lineOf(node) })),
  };
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function readImport(node: Node): Omit<ImportFound, 'line'> | null {
  const specifier = isNode(node.source) && typeof node.source.value === 'string' ? node.source.value : null;
  switch (node.type) {
    case 'ImportDeclaration':
      return specifier === null ? null : { specifier, kind: leavesNothing(node, 'importKind') ? 'types' : 'static' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return specifier === null ? null : { specifier, kind: leavesNothing(node, 'exportKind') ? 'types' : 'static' };
    case 'TSImportType':
      return specifier === null ? null : { specifier, kind: 'types' };
    case 'ImportExpression':
      // A computed specifier cannot be judged: it is reported as it stands and no table row will allow it.
      return { specifier: specifier ?? '(computed)', kind: 'lazy' };
    default:
      return null;
  }
}

/** `import type …`, or braces in which each name says `type`. (`import {}` and `import 'x'` do leave the import.) */
function leavesNothing(node: Node, kindField: 'importKind' | 'exportKind'): boolean {
  if (node[kindField] === 'type') return true;
  const names = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  return names.length > 0 && names.every(name => name[kindField] === 'type');
}

interface Use {
  readonly node: Node;
  readonly what: string;
}

function findOutsideUses(nodes: readonly Node[]): readonly Use[] {
  const bound = boundNames(nodes);
  const notFree = new Set(nodes.flatMap(namesThatAreNoReferences));
  return nodes.flatMap((node): readonly Use[] => {
    const member = memberName(node);
    if ((member === 'Date.now' || member === 'Math.random') && !bound.has(member.split('.')[0] ?? '')) {
      return [{ node, what: member }];
    }
    if (isCurrentDate(node) && !bound.has('Date')) return [{ node, what: 'new Date()' }];
    if (node.type !== 'Identifier' || notFree.has(node)) return [];
    const name = String(node.name);
    return OUTSIDE_GLOBALS.has(name) && !bound.has(name) ? [{ node, what: name }] : [];
  });
}

function memberName(node: Node): string | null {
  if (node.type !== 'MemberExpression' || !isNode(node.object) || !isNode(node.property)) return null;
  if (node.object.type !== 'Identifier') return null;
  const name = node.computed === true ? node.property.value : node.property.name;
  return `${String(node.object.name)}.${String(name)}`;
}

/** `new Date()` and `Date()`: both read the clock; `new Date(at)` does not. */
function isCurrentDate(node: Node): boolean {
  const isDate = isNode(node.callee) && node.callee.type === 'Identifier' && node.callee.name === 'Date';
  if (!isDate) return false;
  return node.type === 'CallExpression' || (Array.isArray(node.arguments) && node.arguments.length === 0);
}

/** Property names, keys and words of types: written like a variable, but none. */
function namesThatAreNoReferences(node: Node): readonly Node[] {
  const names: unknown[] = [];
  if (node.type === 'MemberExpression' && node.computed !== true) names.push(node.property);
  if (node.type === 'Property' && node.computed !== true && node.shorthand !== true) names.push(node.key);
  if (/^(PropertyDefinition|MethodDefinition|LabeledStatement|ImportSpecifier|ExportSpecifier)$/.test(node.type)) {
    names.push(node.key, node.label, node.imported, node.exported);
  }
  if (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) names.push(...childrenOf(node));
  return names.filter(isNode);
}

/** Names that the file itself declares somewhere: a parameter called `process` is not the process. */
function boundNames(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const isFunction = /Function/.test(node.type);
    const declared = [node.local, node.param, ...(isFunction && Array.isArray(node.params) ? node.params : [])];
    if (node.type === 'VariableDeclarator' || isFunction || node.type === 'ClassDeclaration') declared.push(node.id);
    for (const pattern of declared.filter(isNode)) for (const name of patternNames(pattern)) names.add(name);
  }
  return names;
}

function patternNames(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern.name)];
    case 'Property':
      return isNode(pattern.value) ? patternNames(pattern.value) : [];
    case 'AssignmentPattern':
      return isNode(pattern.left) ? patternNames(pattern.left) : [];
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'RestElement':
    case 'TSParameterProperty':
      return childrenOf(pattern).flatMap(patternNames);
    default:
      return [];
  }
}

/** Statements that only give names to things; `VariableDeclaration` is looked into. */
const DECLARATIONS = /^(Import|ExportAll|ExportNamed|ExportDefault|Function|Class)Declaration$|^TS/;

/**
 * Top-level statements other than declarations, and initial values that wait or reach outside. A call that only
 * makes a value (`new Set([…])`, a schema, a React context) is no act.
 */
function findActsOnImport(program: Node, nodes: readonly Node[]): readonly Node[] {
  const fromNode = new Set(nodes.flatMap(namesFromNode));
  const body = Array.isArray(program.body) ? program.body.filter(isNode) : [];
  return body.flatMap(statement => {
    const inner = isNode(statement.declaration) ? statement.declaration : statement;
    if (inner.type === 'VariableDeclaration') {
      return [...walkOutsideFunctions(inner)].filter(node => reachesOutside(node, fromNode));
    }
    if (statement.type === 'ExpressionStatement' && typeof statement.directive === 'string') return [];
    return DECLARATIONS.test(statement.type) ? [] : [statement];
  });
}

/** Names imported from node:* whose call does something; path and url only compute. */
function namesFromNode(node: Node): readonly string[] {
  const source = isNode(node.source) ? String(node.source.value) : '';
  if (node.type !== 'ImportDeclaration' || !source.startsWith('node:')) return [];
  if (/^node:(path|url|util|module|async_hooks)$/.test(source) || !Array.isArray(node.specifiers)) return [];
  return node.specifiers.filter(isNode).flatMap(name => (isNode(name.local) ? [String(name.local.name)] : []));
}

function* walkOutsideFunctions(node: Node): Generator<Node> {
  yield node;
  if (/Function|^Class/.test(node.type)) return;
  for (const child of childrenOf(node)) yield* walkOutsideFunctions(child);
}

function reachesOutside(node: Node, fromNode: ReadonlySet<string>): boolean {
  if (node.type === 'AwaitExpression' || node.type === 'ImportExpression' || isCurrentDate(node)) return true;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  if (!isNode(node.callee)) return false;
  const member = memberName(node.callee);
  if (member === 'Date.now' || member === 'Math.random') return true;
  const root = rootName(node.callee);
  return root !== null && (OUTSIDE_GLOBALS.has(root) || fromNode.has(root)) && member !== 'Buffer.from';
}

function rootName(node: Node): string | null {
  if (node.type === 'Identifier') return String(node.name);
  return isNode(node.object) ? rootName(node.object) : null;
}
