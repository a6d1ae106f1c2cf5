import { positionOfWord } from '../../mqtt/position-word.ts';
import { type FlowNode, flagOf, numberOf, recordsOf, textOf } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { type Published, traceForward } from '../trace/trace-forward.ts';
import { typedValue } from '../trace/typed-value.ts';
import { type Answered, answerFields, answerOf } from './answers.ts';
import { commandKey, type WidgetRead } from './found-item.ts';
import { plainText } from './plain-text.ts';
import { unitIn } from './value-format.ts';

/** Reads what a person commands with: switch, slider, number, list, button; `null` for any other widget. */
export function readControl(widget: FlowNode, graph: Graph): WidgetRead | null {
  switch (widget.type.replace('_', '-')) {
    case 'ui-switch':
      return readSwitch(widget, graph);
    case 'ui-slider':
    case 'ui-numeric':
    case 'ui-number-input':
      return readNumber(widget, graph);
    case 'ui-dropdown':
    case 'ui-radio-group':
    case 'ui-button-group':
    case 'ui-multistate-switch':
      return readSelect(widget, graph);
    case 'ui-button':
      return readButton(widget, graph);
    default:
      return null;
  }
}

/** What is published where a widget sends this value, or why that cannot be told. */
function commandOf(widget: FlowNode, graph: Graph, value: unknown): Published | string {
  if (value === undefined) return 'what it sends is known to the running flow alone';
  const type = textOf(widget, 'topicType');
  const topic = type === 'str' || type === '' ? textOf(widget, 'topic') : '';
  const { published, obstacles } = traceForward(graph, widget, { payload: value, topic: topic === '' ? null : topic });
  return published[0] ?? obstacles[0] ?? 'nothing that it sends is published by MQTT';
}

function readSwitch(widget: FlowNode, graph: Graph): WidgetRead {
  const [onValue, offValue] = (['on', 'off'] as const).map(name =>
    typedValue(
      textOf(widget, `${name}value`) || String(widget.fields[`${name}value`] ?? ''),
      textOf(widget, `${name}valueType`) || 'str',
    ),
  );
  const [on, off] = [commandOf(widget, graph, onValue), commandOf(widget, graph, offValue)];
  if (typeof on === 'string') return { why: on };
  if (typeof off === 'string') return { why: off };
  if (on.topic !== off.topic) return { why: `on goes to ${on.topic}, and off to ${off.topic}` };
  if (on.payload === off.payload) return { why: 'it sends the same for on and off' };
  if (on.payload === '' || off.payload === '') return { why: 'one of its two commands is empty' };
  const answered = answerOf(widget, graph, on.topic);
  const own = { on: on.payload, off: off.payload };
  const answers =
    answered.kind === 'source' ? answersOf(answered, own, { on: String(onValue), off: String(offValue) }) : {};
  const fields = { command: on.topic, ...answerFields(answered), ...own, ...answers };
  return itemOf(widget, 'switches', on, fields, answered);
}

/** The words by which the device answers, where hometui would not understand them by itself. */
function answersOf(
  { source }: Extract<Answered, { kind: 'source' }>,
  own: { readonly on: string; readonly off: string },
  shown: { readonly on: string; readonly off: string },
): { readonly answers?: Readonly<Record<string, readonly string[]>> } {
  const foreign = (['on', 'off'] as const).flatMap(position => {
    const said = source.words.filter(({ to }) => to === shown[position]).map(({ from }) => from);
    const words = (said.length === 0 ? [shown[position]] : said).filter(
      word => word !== '' && positionOfWord(word, own) !== position,
    );
    return words.length === 0 ? [] : [[position, words] as const];
  });
  return foreign.length === 0 ? {} : { answers: Object.fromEntries(foreign) };
}

/** A number that no flow holds by itself: where it comes out again is where the number goes. */
const PROBE = 90_817.25;

function readNumber(widget: FlowNode, graph: Graph): WidgetRead {
  const [min, max] = [numberOf(widget, 'min') ?? 0, numberOf(widget, 'max') ?? 10];
  if (min >= max) return { why: `its range is ${min} to ${max}` };
  const sent = commandOf(widget, graph, PROBE);
  if (typeof sent === 'string') return { why: sent };
  const [before = '', after, ...more] = sent.payload.split(String(PROBE));
  if (after === undefined || more.length > 0) return { why: `what it sends does not hold its number: ${sent.payload}` };
  const answered = answerOf(widget, graph, sent.topic);
  const step = numberOf(widget, 'step') ?? 1;
  const isPlain = before === '' && after === '';
  const fields = {
    command: sent.topic,
    ...answerFields(answered),
    unit: unitIn(textOf(widget, 'format').replace(/\{\{.*?\}\}/g, '')) || unitIn(textOf(widget, 'label')),
    min,
    max,
    ...(step > 0 && step !== 1 ? { step } : {}),
    ...(isPlain ? {} : { template: `${before.replaceAll('%', '%%')}%s${after.replaceAll('%', '%%')}` }),
  };
  return itemOf(widget, 'numbers', sent, fields, answered);
}

function readSelect(widget: FlowNode, graph: Graph): WidgetRead {
  if (flagOf(widget, 'multiple', false)) return { why: 'it chooses several at once' };
  const options: string[] = [];
  const payloads: Record<string, string> = {};
  let first: Published | null = null;
  for (const { label, value, type, valueType } of recordsOf(widget, 'options')) {
    const kind = String(type ?? valueType ?? 'str');
    const sent = commandOf(widget, graph, typeof value === 'string' ? typedValue(value, kind) : value);
    if (typeof sent === 'string') return { why: sent };
    if (first !== null && sent.topic !== first.topic) return { why: `it sends to ${first.topic} and ${sent.topic}` };
    first ??= sent;
    const option = plainText(String(label ?? '')) || plainText(sent.payload);
    if (option === '' || sent.payload === '' || options.includes(option)) continue;
    options.push(option);
    if (option !== sent.payload) payloads[option] = sent.payload;
  }
  if (first === null || options.length === 0) return { why: 'it has no options in the export' };
  const answered = answerOf(widget, graph, first.topic);
  const others = Object.keys(payloads).length === 0 ? {} : { payloads };
  const fields = { command: first.topic, ...answerFields(answered), options, ...others };
  return itemOf(widget, 'selects', first, fields, answered);
}

function readButton(widget: FlowNode, graph: Graph): WidgetRead {
  const type = textOf(widget, 'payloadType') || 'str';
  if (type === 'date') return { why: 'it sends the time' };
  const sent = commandOf(widget, graph, typedValue(textOf(widget, 'payload'), type));
  if (typeof sent === 'string') return { why: sent };
  if (sent.payload === '') return { why: 'it sends an empty message' };
  const fields = { command: sent.topic, payload: sent.payload };
  return itemOf(widget, 'buttons', sent, fields, { kind: 'none', why: null });
}

function itemOf(
  widget: FlowNode,
  group: 'switches' | 'numbers' | 'selects' | 'buttons',
  { topic, payload, broker, isRetained }: Published,
  fields: Readonly<Record<string, unknown>>,
  answered: Answered,
): WidgetRead {
  const loops = answered.kind === 'source' && flagOf(widget, 'passthru', widget.type.startsWith('ui_'));
  const notes = [
    ...(isRetained
      ? ['its command is retained in Node-RED, so that the broker repeats it later; hometui sends it once']
      : []),
    ...(loops ? ['Node-RED sends each answer on as a command: turn "pass through" off there'] : []),
    ...(answered.kind === 'source' ? answered.notes : answered.why === null ? [] : [answered.why]),
  ];
  const whole = plainText(textOf(widget, 'label')) || plainText(textOf(widget, 'name'));
  const label = group === 'numbers' && unitIn(whole) !== '' ? whole.replace(/\s*[([][^()[\]]*[)\]]$/, '') : whole;
  const sameAs = commandKey(topic, group === 'buttons' ? payload : '');
  return { items: [{ group, sameAs, label, broker, fields, rank: 6, notes }] };
}
