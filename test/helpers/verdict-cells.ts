import { changeCells } from './verdict-cells-change.ts';
import { deniedCells } from './verdict-cells-denied.ts';
import { deviceCells } from './verdict-cells-device.ts';
import { lostCells } from './verdict-cells-lost.ts';
import { plainCells } from './verdict-cells-plain.ts';
import type { Traits } from './verdict-give.ts';
import type { Cell } from './verdict-table.ts';

/** All situations for one broker and protocol; what is impossible there is left out. */
export function cellsFor(traits: Traits): readonly Cell[] {
  return [
    ...plainCells(traits),
    ...deniedCells(traits),
    ...deviceCells(traits),
    ...lostCells(traits),
    ...changeCells(traits),
  ];
}
