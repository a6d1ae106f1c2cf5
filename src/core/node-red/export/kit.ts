import type { ButtonConfig, NumberConfig, SelectConfig, SensorConfig } from '../../house/schema.ts';

/** A node as a flow file has it. */
export type NodeFields = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** Where a widget stands: in which group, as the how-manieth. */
export interface WidgetPlace {
  readonly id: string;
  readonly group: string;
  readonly order: number;
}

/** What a switch of a dashboard is told. */
export interface SwitchWidget {
  readonly label: string;
  readonly on: string;
  readonly off: string;
  /** Whether the device answers; else it moves when it is clicked. */
  readonly isAnswered: boolean;
}

/** How one of the two dashboards writes its nodes; those of widgets lack page, place and wires. */
export interface DashboardKit {
  /** The dashboard as a whole, and its pages. */
  readonly pages: (
    house: string,
    pages: readonly { readonly id: string; readonly label: string }[],
  ) => readonly NodeFields[];
  readonly group: (id: string, page: string, label: string, order: number) => NodeFields;
  /** A gauge needs a scale. */
  readonly gauge: (
    place: WidgetPlace,
    sensor: SensorConfig,
    range: { readonly min: number; readonly max: number },
  ) => NodeFields;
  readonly text: (place: WidgetPlace, label: string, unit: string) => NodeFields;
  /** The last day. */
  readonly chart: (place: WidgetPlace, sensor: SensorConfig) => NodeFields;
  /** These show what the device answers, and send only what a person does. */
  readonly toggle: (place: WidgetPlace, widget: SwitchWidget) => NodeFields;
  readonly slider: (place: WidgetPlace, widget: NumberConfig) => NodeFields;
  readonly list: (place: WidgetPlace, widget: SelectConfig) => NodeFields;
  readonly button: (place: WidgetPlace, widget: ButtonConfig) => NodeFields;
}

/** The choices of a selection, each with what is sent for it. */
export function optionsOf({ options, payloads = {} }: SelectConfig): readonly Readonly<Record<string, string>>[] {
  return options.map(option => ({
    ...{ label: option, type: 'str' },
    value: Object.hasOwn(payloads, option) ? (payloads[option] ?? option) : option,
  }));
}

/** What a chart keeps: one day, in seconds. */
export const DAY = { removeOlder: 1, removeOlderUnit: '86400', removeOlderPoints: '' } as const;
