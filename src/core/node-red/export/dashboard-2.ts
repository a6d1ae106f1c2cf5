import { bandsOf } from './gauge-bands.ts';
import { DAY, type DashboardKit, optionsOf, type WidgetPlace } from './kit.ts';
import { nodeId } from './node-id.ts';

const CLASS = { className: '' };
const SHOWN = { visible: 'true', disabled: 'false', className: '' };

/** Columns by the width of the screen, pixels. */
const BREAKPOINTS = [
  { name: 'Default', px: '0', cols: '3' },
  { name: 'Tablet', px: '576', cols: '6' },
  { name: 'Small Desktop', px: '768', cols: '9' },
  { name: 'Desktop', px: '1024', cols: '12' },
];

/** The nodes of @flowfuse/node-red-dashboard, which calls itself dashboard 2. */
export const dashboard2: DashboardKit = {
  pages: (house, pages) => {
    const [ui, theme] = [nodeId(house, 'ui-base'), nodeId(house, 'ui-theme')];
    return [
      {
        ...{ id: ui, type: 'ui-base', name: house, path: '/dashboard', appIcon: '', includeClientData: true },
        ...{ acceptsClientConfig: ['ui-notification', 'ui-control'], showPathInSidebar: false, headerContent: 'page' },
        ...{ navigationStyle: 'default', titleBarStyle: 'default', showReconnectNotification: true },
        ...{ notificationDisplayTime: 1, showDisconnectNotification: true, allowInstall: true },
      },
      {
        ...{ id: theme, type: 'ui-theme', name: `${house} (hometui)` },
        colors: {
          surface: '#ffffff',
          primary: '#0094CE',
          bgPage: '#eeeeee',
          groupBg: '#ffffff',
          groupOutline: '#cccccc',
        },
        sizes: {
          density: 'default',
          pagePadding: '12px',
          groupGap: '12px',
          groupBorderRadius: '4px',
          widgetGap: '12px',
        },
      },
      ...pages.map(({ id, label }, order) => ({
        ...{ id, type: 'ui-page', name: label, ui, path: `/${id}`, icon: 'home', layout: 'grid', theme, ...SHOWN },
        ...{ breakpoints: BREAKPOINTS, order: order + 1 },
      })),
    ];
  },
  group: (id, page, name, order) => ({
    ...{ id, type: 'ui-group', name, page, width: '6', height: '1', order, showTitle: true, ...SHOWN },
    groupType: 'default',
  }),
  gauge: ({ id, group, order }, sensor, { min, max }) => ({
    ...{ id, type: 'ui-gauge', name: '', group, order, value: 'payload', valueType: 'msg', width: 3, height: 3 },
    ...{ gtype: 'gauge-half', gstyle: 'needle', title: sensor.label, alwaysShowTitle: false, units: sensor.unit },
    ...{ floatingTitlePosition: 'top-left', icon: '', prefix: '', suffix: '', min, max, ...CLASS },
    segments: bandsOf(sensor, min).map(({ from, color }) => ({ from: String(from), color })),
    ...{ sizeThickness: 16, sizeGap: 4, sizeKeyThickness: 8, styleRounded: true, styleGlow: false },
  }),
  text: ({ id, group, order }, label, unit) => ({
    ...{ id, type: 'ui-text', name: '', group, order, width: 0, height: 0, label, layout: 'row-spread', style: false },
    ...{ format: `{{msg.payload}}${unit && ` ${unit}`}`, font: 'Helvetica', fontSize: 16, color: '#717171' },
    ...{ wrapText: false, value: 'payload', valueType: 'msg', ...CLASS },
  }),
  chart: ({ id, group, order }, { label, unit, range }) => ({
    ...{
      id,
      type: 'ui-chart',
      name: '',
      group,
      order,
      label,
      chartType: 'line',
      category: 'topic',
      categoryType: 'msg',
    },
    ...{ xAxisLabel: '', xAxisProperty: '', xAxisPropertyType: 'timestamp', xAxisType: 'time', xAxisFormat: '' },
    ...{ xAxisFormatType: 'auto', xmin: '', xmax: '', yAxisLabel: unit, yAxisProperty: 'payload', bins: 10 },
    ...{ yAxisPropertyType: 'msg', ymin: String(range?.min ?? ''), ymax: String(range?.max ?? ''), action: 'append' },
    ...{ stackSeries: false, pointShape: 'circle', pointRadius: 2, showLegend: false, ...DAY, width: 6, height: 4 },
    ...{ colors: ['#0095ff', '#ff0000', '#ff7f0e', '#2ca02c', '#a347e1', '#d62728'], textColor: ['#666666'] },
    ...{ textColorDefault: true, gridColor: ['#e5e5e5'], gridColorDefault: true, interpolation: 'linear', ...CLASS },
  }),
  toggle: (place, { label, on, off, isAnswered }) => ({
    ...widget(place, 'ui-switch', label),
    ...{ passthru: false, decouple: isAnswered, ...TO, style: '', layout: 'row-spread', clickableArea: 'switch' },
    ...{ onvalue: on, onvalueType: 'str', onicon: '', oncolor: '' },
    ...{ offvalue: off, offvalueType: 'str', officon: '', offcolor: '' },
  }),
  slider: (place, { label, unit, min, max, step = 1 }) => ({
    ...widget(place, 'ui-slider', unit === '' ? label : `${label} (${unit})`),
    ...{ tooltip: '', passthru: false, outs: 'end', ...TO, thumbLabel: true, showTicks: 'always', min, max, step },
    ...{ iconPrepend: '', iconAppend: '', color: '', colorTrack: '', colorThumb: '', showTextField: true },
  }),
  list: (place, select) => ({
    ...widget(place, 'ui-dropdown', select.label),
    ...{ tooltip: '', passthru: false, multiple: false, chips: false, clearable: false, options: optionsOf(select) },
    ...{ payload: '', ...TO, typeIsComboBox: false, msgTrigger: 'onChange' },
  }),
  button: (place, { label, payload }) => ({
    ...widget(place, 'ui-button', label),
    ...{ emulateClick: false, tooltip: '', color: '', bgcolor: '', icon: '', iconPosition: 'left', ...TO },
    ...{ payload, payloadType: 'str', buttonColor: '', textColor: '', iconColor: '', enableClick: true },
    ...{ enablePointerdown: false, pointerdownPayload: '', pointerdownPayloadType: 'str' },
    ...{ enablePointerup: false, pointerupPayload: '', pointerupPayloadType: 'str' },
  }),
};

/** What the node behind it says. */
const TO = { topic: '', topicType: 'str' };

function widget({ id, group, order }: WidgetPlace, type: string, label: string) {
  return { id, type, name: '', group, order, width: 0, height: 0, label, ...CLASS };
}
