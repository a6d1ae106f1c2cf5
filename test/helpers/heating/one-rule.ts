import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { type OneCondition, openCondition, type Said } from '../alarms/one-condition.ts';
import { heatingAlarms } from './heating-run.ts';

export type { Said };
export type OneRule = OneCondition;

/** A rule of a house by its id, with a link since noon and these words at its begin. */
export function openRule(config: HouseConfig, id: string, first: Said = {}): OneRule {
  const house = createHouse(config);
  const rule = heatingAlarms(house).find(one => one.id === id);
  if (rule === undefined) throw new Error(`this house has no rule ${id}`);
  return openCondition(house, rule.condition, first);
}
