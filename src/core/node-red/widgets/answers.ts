import type { FlowNode } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { pathOfKeys } from '../trace/property-path.ts';
import { type Source, traceBack } from '../trace/trace-back.ts';

/** Whether a device answers what a widget commands, as far as the flow shows it. */
export type Answered =
  | { readonly kind: 'source'; readonly source: Source; readonly notes: readonly string[] }
  /** `why` is a clause for a person, `null` where nothing is to be said. */
  | { readonly kind: 'none'; readonly why: string | null };

const UNCONFIRMED = 'hometui can never confirm it';

/** Looks for the topic that moves a widget: an answer, where it is another one than that of its commands. */
export function answerOf(widget: FlowNode, graph: Graph, command: string): Answered {
  const { sources, obstacles } = traceBack(graph, widget, []);
  const answers = sources.filter(({ topic }) => topic !== command);
  const [source, ...others] = answers.filter(({ line }) => line.scale === 1 && line.offset === 0);
  if (source !== undefined) {
    const more = others.map(({ topic }) => topic);
    const notes = more.length === 0 ? [] : [`${more.join(', ')} moves it, too: taken is ${source.topic}`];
    return { kind: 'source', source, notes };
  }
  if (answers.length > 0) {
    return { kind: 'none', why: `what the device answers is another number than the command: ${UNCONFIRMED}` };
  }
  if (sources.length > 0) {
    return { kind: 'none', why: `what moves it is its own command, which is no answer of the device: ${UNCONFIRMED}` };
  }
  const [obstacle] = obstacles;
  return {
    kind: 'none',
    why:
      obstacle === undefined ? `no answer of the device is wired to it: ${UNCONFIRMED}` : `${obstacle}: ${UNCONFIRMED}`,
  };
}

/** The fields of a house file that tell of the answer. */
export function answerFields(answered: Answered): Readonly<Record<string, string>> {
  if (answered.kind === 'none') return {};
  const path = pathOfKeys(answered.source.keys);
  return { feedback: answered.source.topic, ...(path === undefined ? {} : { path }) };
}
