import type { SensorConfig } from '../../house/schema.ts';
import { bandsOf, COLORS } from './gauge-bands.ts';
import { DAY, type DashboardKit, optionsOf, type WidgetPlace } from './kit.ts';

const SIZE = { width: 0, height: 0, className: '' };

/** The nodes of node-red-dashboard, the first one. */
export const dashboard1: DashboardKit = {
  pages: (_, pages) =>
    pages.map(({ id, label }, order) => ({
      ...{ id, type: 'ui_tab', name: label, icon: 'dashboard', order: order + 1, disabled: false, hidden: false },
    })),
  group: (id, tab, name, order) => ({
    ...{ id, type: 'ui_group', name, tab, order, disp: true, width: '6', collapse: false, className: '' },
  }),
  gauge: ({ id, group, order }, sensor, { min, max }) => ({
    ...{
      id,
      type: 'ui_gauge',
      name: '',
      group,
      order,
      ...SIZE,
      gtype: 'gage',
      title: sensor.label,
      label: sensor.unit,
    },
    ...{ format: '{{value}}', min, max, ...segmentsOf(sensor, min), diff: false },
  }),
  text: ({ id, group, order }, label, unit) => ({
    ...{ id, type: 'ui_text', name: '', group, order, ...SIZE, label, format: `{{msg.payload}}${unit && ` ${unit}`}` },
    ...{ layout: 'row-spread', style: false, font: '', fontSize: 16, color: '#000000' },
  }),
  chart: ({ id, group, order }, { label, range }) => ({
    ...{ id, type: 'ui_chart', name: '', group, order, ...SIZE, label, chartType: 'line', legend: 'false' },
    ...{ xformat: 'HH:mm:ss', interpolate: 'linear', nodata: '', dot: false, ...DAY, cutout: 0, useOneColor: false },
    ...{ ymin: String(range?.min ?? ''), ymax: String(range?.max ?? ''), useUTC: false, outputs: 1 },
    ...{ colors: ['#1f77b4', '#aec7e8', '#ff7f0e', '#2ca02c', '#98df8a', '#d62728'], useDifferentColor: false },
  }),
  toggle: (place, { label, on, off, isAnswered }) => ({
    ...widget(place, 'ui_switch', label),
    ...{ tooltip: '', passthru: false, decouple: String(isAnswered), ...TO, style: '', animate: false },
    ...{ onvalue: on, onvalueType: 'str', onicon: '', oncolor: '' },
    ...{ offvalue: off, offvalueType: 'str', officon: '', offcolor: '' },
  }),
  slider: (place, { label, unit, min, max, step = 1 }) => ({
    ...widget(place, 'ui_slider', unit === '' ? label : `${label} (${unit})`),
    ...{ tooltip: '', passthru: false, outs: 'end', ...TO, min, max, step },
  }),
  list: (place, select) => ({
    ...widget(place, 'ui_dropdown', select.label),
    ...{ tooltip: '', place: '', passthru: false, multiple: false, options: optionsOf(select), payload: '', ...TO },
  }),
  button: (place, { label, payload }) => ({
    ...widget(place, 'ui_button', label),
    ...{ passthru: false, tooltip: '', color: '', bgcolor: '', icon: '', payload, payloadType: 'str', ...TO },
  }),
};

/** What the node behind it says. */
const TO = { topic: '', topicType: 'str' };

function widget({ id, group, order }: WidgetPlace, type: string, label: string) {
  return { id, type, name: '', group, order, ...SIZE, label };
}

/** It has three colours and two places where they change. Where a house file has more limits, the high ones are shown. */
function segmentsOf(sensor: SensorConfig, min: number): Readonly<Record<string, unknown>> {
  const { warning, critical } = sensor;
  const isHigh = warning?.high !== undefined || critical?.high !== undefined;
  const only = (level: SensorConfig['warning']) =>
    isHigh ? (level?.high === undefined ? {} : { high: level.high }) : (level ?? {});
  const bands = bandsOf({ warning: only(warning), critical: only(critical) }, min);
  const [, second, third] = bands;
  const colors = [0, 1, 2].map(place => bands[place]?.color ?? bands.at(-1)?.color ?? COLORS.good);
  return { colors, seg1: String(second?.from ?? ''), seg2: String(third?.from ?? '') };
}
