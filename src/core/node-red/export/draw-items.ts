import { assertNever } from '../../assert-never.ts';
import type { CommandedConfig, WordConfig } from '../../house/house.ts';
import type { SensorConfig } from '../../house/schema.ts';
import { COLUMNS, type Drawing, drawCommand, drawSource, put, ROW, wire } from './drawing.ts';
import type { NodeFields, WidgetPlace } from './kit.ts';
import { nodeId } from './node-id.ts';

/** Where an item stands on the dashboard. */
export interface Spot {
  readonly item: string;
  readonly group: string;
  readonly order: number;
  /** Of its panel: each has widgets of its own. */
  readonly panel: string;
}

/** A gauge where there is a scale, else a text, and a chart. */
export function drawSensor(sensor: SensorConfig, spot: Spot, drawing: Drawing): void {
  const { kit, notes } = drawing;
  const { label, unit, topic, path, range, scale, offset } = sensor;
  if (sensor.map !== undefined)
    notes.push(`${label} is shown there as its device says it, without the numbers for words`);
  const widget = placeOf(spot, 'value', drawing);
  const shown = range === undefined ? kit.text(widget, label, unit) : kit.gauge(widget, sensor, range);
  const chart = kit.chart({ ...placeOf(spot, 'chart', drawing), order: spot.order + 1 }, sensor);
  const source = drawSource({ topic, path, scale, offset }, drawing);
  for (const node of [shown, chart]) drawWidget(node, source, drawing);
}

/** A text: what is said in words. */
export function drawWord(word: WordConfig, spot: Spot, drawing: Drawing): void {
  const { label, topic, path } = word;
  const changes = word.kind === 'binary' ? wordChanges(word) : [];
  if (word.kind === 'binary' && word.offAfter !== undefined)
    drawing.notes.push(`${label} stays ${word.words.on} there once it was: ${word.words.off} is not presumed`);
  const source = drawSource({ topic, path, isText: true, changes }, drawing);
  drawWidget(drawing.kit.text(placeOf(spot, 'value', drawing), label, ''), source, drawing);
}

function wordChanges({ on, off, words }: Extract<WordConfig, { kind: 'binary' }>) {
  return [
    ...(on === undefined ? [] : [{ from: on, to: words.on }]),
    ...(off === undefined ? [] : [{ from: off, to: words.off }]),
  ];
}

/** What a person commands with. */
export function drawCommanded(config: CommandedConfig, spot: Spot, drawing: Drawing): void {
  const { label, command, feedback, path } = config;
  if (config.kind === 'number' && (config.scale !== undefined || config.offset !== undefined)) {
    drawing.notes.push(`${label} is not in it: its commands are other numbers than it shows`);
    return;
  }
  const node = widgetOf(config, spot, drawing);
  const answers = config.kind === 'switch' ? config.answers : undefined;
  const changes = [
    ...(answers?.on ?? []).map(from => ({ from, to: config.kind === 'switch' ? config.on : from })),
    ...(answers?.off ?? []).map(from => ({ from, to: config.kind === 'switch' ? config.off : from })),
  ];
  const isText = config.kind !== 'number';
  const isShown = feedback !== undefined && config.kind !== 'button';
  drawWidget(node, isShown ? drawSource({ topic: feedback, path, isText, changes }, drawing) : null, drawing);
  drawing.y -= ROW;
  const template = config.kind === 'button' ? undefined : config.template;
  drawCommand(node.id, { item: spot.item, command, template }, drawing);
  drawing.y += ROW;
  if (config.ask === true) drawing.notes.push(`${label} is commanded without a question there`);
}

function widgetOf(config: CommandedConfig, spot: Spot, drawing: Drawing): NodeFields {
  const { kit } = drawing;
  const place = placeOf(spot, config.kind, drawing);
  switch (config.kind) {
    case 'switch':
      return kit.toggle(place, { ...config, isAnswered: config.feedback !== undefined });
    case 'number':
      return kit.slider(place, config);
    case 'select':
      return kit.list(place, config);
    case 'button':
      return kit.button(place, config);
    default:
      return assertNever(config);
  }
}

function placeOf({ item, group, order, panel }: Spot, what: string, { house }: Drawing): WidgetPlace {
  return { id: nodeId(house, what, panel, item), group, order };
}

function drawWidget(node: NodeFields, source: string | null, drawing: Drawing): void {
  put(drawing, node, COLUMNS.widget);
  if (source !== null) wire(drawing, source, node.id);
  drawing.y += ROW;
}
