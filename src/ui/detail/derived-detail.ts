import { formatValue } from '../../core/home/readings/value-text.ts';
import { derivedValue } from '../../core/home/select.ts';
import { labelOf } from '../../core/house/house.ts';
import type { DerivedConfig } from '../../core/house/schema.ts';
import { fieldLines } from '../panels/field-lines.ts';
import { itemLine } from '../panels/panel-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import { calmAge } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView, type Lines } from '../text/house-view.ts';
import { span } from '../text/line.ts';
import { freshnessStyle } from '../text/state-style.ts';

/** A derived value in full: what it is computed from, and why it is as fresh as it is; `name` where the title cuts it. */
export function derivedDetail(view: HouseView, id: string, name: Lines, width: number): Lines {
  const config = view.home.house.derived.get(id);
  if (config === undefined) return [];
  const { value, unit, freshness, reason } = derivedValue(view.home, id, calmAge);
  const text = value === null ? 'no value yet' : formatValue(value, unit);
  const style = freshnessStyle[freshness];
  const fields = [
    { name: 'Computed', text: formulaText(view, config) },
    ...(reason === null ? [] : [{ name: 'Why', text: reason, style }]),
  ];
  const look = { focusedId: null, keys: new Map<string, string>() };
  return [
    [
      span(`${text}  `, freshness === 'live' ? 'value' : 'notLive'),
      span(`${freshnessSymbol(view.glyphs, freshness)} ${freshness}`, style),
    ],
    [],
    ...name,
    ...fieldLines(fields, width),
    [],
    headingLine(view, 'Computed from', '', width, 0),
    ...partsOf(config).map(part => itemLine(view, part, width, look)),
  ];
}

function partsOf(config: DerivedConfig): readonly string[] {
  return config.kind === 'difference' ? [config.minuend, config.subtrahend] : [config.temperature, config.humidity];
}

function formulaText({ home }: HouseView, config: DerivedConfig): string {
  const [first = '', second = ''] = partsOf(config).map(id => labelOf(home.house, id));
  if (config.kind === 'difference') return `${first} minus ${second}, as fresh as the less fresh of them`;
  return `from ${first} and ${second} by the Magnus formula: below this temperature a wall gets wet`;
}
