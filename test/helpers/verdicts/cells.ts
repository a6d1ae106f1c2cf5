import { changeCells } from './cells-change.ts';
import { deniedCells } from './cells-denied.ts';
import { deviceCells } from './cells-device.ts';
import { kindCells } from './cells-kinds.ts';
import { lostCells } from './cells-lost.ts';
import { plainCells } from './cells-plain.ts';
import type { Traits } from './give.ts';
import type { Cell } from './table.ts';

/** All situations for one broker and protocol; what is impossible there is left out. */
export function cellsFor(traits: Traits): readonly Cell[] {
  return [
    ...plainCells(traits),
    ...deniedCells(traits),
    ...deviceCells(traits),
    ...lostCells(traits),
    ...changeCells(traits),
    ...kindCells(traits),
  ];
}
