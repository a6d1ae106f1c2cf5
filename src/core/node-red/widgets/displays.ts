import { type FlowNode, numberOf, recordsOf, textOf } from '../flow/flow-node.ts';
import type { Graph } from '../flow/graph.ts';
import { pathOfKeys, payloadKeys } from '../trace/property-path.ts';
import { type Source, traceBack } from '../trace/trace-back.ts';
import { type Band, limitsOfBands } from './band-limits.ts';
import { conversionOf } from './conversion.ts';
import { type FoundItem, heardKey, labelOfTopic, type WidgetRead } from './found-item.ts';
import { plainText } from './plain-text.ts';
import { parseFormat, unitIn, unitOfField } from './value-format.ts';

/** What a widget shows, and how. */
interface Display {
  readonly label: string;
  readonly keys: readonly string[];
  readonly unit: string;
  /** Whether what it shows is a number for sure. */
  readonly isNumber: boolean;
  readonly rank: number;
  /** Range, limits and digits, as a house file has them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Reads a gauge, chart, text or bar of progress; `null` for any other widget. */
export function readDisplay(widget: FlowNode, graph: Graph): WidgetRead | null {
  const display = displayOf(widget);
  if (display === null || typeof display === 'string') return display === null ? null : { why: display };
  const { sources, obstacles } = traceBack(graph, widget, display.keys);
  if (sources.length === 0) return { why: obstacles[0] ?? 'no topic of MQTT is wired to it' };
  const others = obstacles.map(obstacle => `a part of what it shows is not taken: ${obstacle}`);
  const items = sources.map(source => itemOf(display, source, sources.length === 1));
  return { items: items.map(item => ({ ...item, notes: [...item.notes, ...others] })) };
}

function itemOf(display: Display, { topic, keys, broker, isPart, line }: Source, isAlone: boolean): FoundItem {
  const path = pathOfKeys(keys);
  const place = { topic, ...(path === undefined ? {} : { path }) };
  const label = (isAlone ? display.label : '') || labelOfTopic(path === undefined ? topic : `${topic}/${keys.at(-1)}`);
  const made = conversionOf(line);
  const isSensor = display.isNumber || display.unit !== '' || Object.keys(made).length > 0;
  return {
    group: isSensor ? 'sensors' : 'states',
    sameAs: heardKey(topic, path),
    label,
    broker,
    fields: isSensor ? { ...place, unit: display.unit, ...made, ...display.fields } : place,
    rank: display.rank - (isAlone ? 0 : 1),
    notes: [
      ...display.notes,
      ...(isPart ? ['a switch node lets only some of its values through in Node-RED: hometui shows all'] : []),
    ],
  };
}

/** `null` for a widget that shows no value; a clause for one whose value cannot be told. */
function displayOf(widget: FlowNode): Display | string | null {
  switch (widget.type) {
    case 'ui_gauge':
      return gaugeOf(widget, textOf(widget, 'format'), unitOfField(textOf(widget, 'label')), bandsOfGauge1(widget));
    case 'ui-gauge': {
      const unit = unitOfField(textOf(widget, 'units')) || unitIn(textOf(widget, 'suffix'));
      return gaugeOf(widget, formatOfValue(widget), unit, bandsOfGauge2(widget));
    }
    case 'ui_chart':
    case 'ui-chart':
      return chartOf(widget);
    case 'ui_text':
      return textDisplay(widget, textOf(widget, 'format'));
    case 'ui-text':
      return textDisplay(
        widget,
        textOf(widget, 'format').includes('{{') ? textOf(widget, 'format') : formatOfValue(widget),
      );
    case 'ui-progress': {
      const label = plainText(textOf(widget, 'label'));
      return {
        label,
        keys: [],
        unit: '%',
        isNumber: true,
        rank: 4,
        fields: { range: { min: 0, max: 100 } },
        notes: [],
      };
    }
    default:
      return null;
  }
}

/** The value of a widget of dashboard 2 as a format of dashboard 1. */
function formatOfValue(widget: FlowNode): string {
  const type = textOf(widget, 'valueType');
  if (type !== 'msg' && type !== '') return '';
  return `{{msg.${textOf(widget, 'value') || 'payload'}}}`;
}

const COMPUTED = 'what it shows of a message is computed by its format';

function gaugeOf(widget: FlowNode, text: string, unit: string, bands: readonly Band[]): Display | string {
  const format = parseFormat(text === '' ? '{{value}}' : text);
  if (format === null) return COMPUTED;
  const [min, max] = [numberOf(widget, 'min'), numberOf(widget, 'max')];
  const range = min !== null && max !== null && min < max ? { range: { min, max } } : {};
  const limits = bands.length < 2 ? {} : limitsOfBands(bands);
  const notes = limits === null ? ['the colours of its gauge are no limits that can be told'] : [];
  const decimals = format.decimals === null ? {} : { decimals: format.decimals };
  return {
    label: plainText(textOf(widget, 'title')),
    keys: format.keys,
    unit: unit || unitIn(format.suffix),
    isNumber: true,
    rank: 5,
    fields: { ...range, ...decimals, ...limits },
    notes,
  };
}

/** Three colours and where the second and third begin; without both there is a gradient, which limits nothing. */
function bandsOfGauge1(widget: FlowNode): readonly Band[] {
  const [min, second, third] = [numberOf(widget, 'min'), numberOf(widget, 'seg1'), numberOf(widget, 'seg2')];
  const colors = Array.isArray(widget.fields.colors) ? widget.fields.colors.map(String) : [];
  if (min === null || (second === null && third === null)) return [];
  return [min, second, third].flatMap((from, place) => (from === null ? [] : [{ from, color: colors[place] ?? '' }]));
}

function bandsOfGauge2(widget: FlowNode): readonly Band[] {
  return recordsOf(widget, 'segments').flatMap(({ from, color }) => {
    const value = Number(from);
    return String(from).trim() === '' || !Number.isFinite(value) ? [] : [{ from: value, color: String(color) }];
  });
}

function chartOf(widget: FlowNode): Display | string {
  const property = textOf(widget, 'yAxisProperty');
  const keys = property === '' ? [] : payloadKeys(/^payload\b/.test(property) ? property : `payload.${property}`);
  if (keys === null) return COMPUTED;
  const [min, max] = [numberOf(widget, 'ymin'), numberOf(widget, 'ymax')];
  const label = plainText(textOf(widget, 'label'));
  return {
    label,
    keys,
    unit: unitIn(textOf(widget, 'yAxisLabel')) || (/[([]/.test(label) ? unitIn(label) : ''),
    isNumber: true,
    rank: 3,
    fields: min !== null && max !== null && min < max ? { range: { min, max } } : {},
    notes: [],
  };
}

function textDisplay(widget: FlowNode, text: string): Display | string {
  const format = parseFormat(text);
  if (format === null) return COMPUTED;
  return {
    label: plainText(textOf(widget, 'label')),
    keys: format.keys,
    unit: unitIn(format.suffix),
    isNumber: format.decimals !== null,
    rank: 1,
    fields: format.decimals === null ? {} : { decimals: format.decimals },
    notes: [],
  };
}
