import { getRow } from '../../home/state/table.ts';
import { labelOf } from '../../house/house.ts';
import { valueText } from '../../house/values/commanded.ts';
import { type Condition, condition, type Judgement } from '../condition.ts';
import { say } from '../measured.ts';

/**
 * Whether a switch says that it stands elsewhere than it was told to be. Where somebody else has moved it since, it was
 * told by them.
 */
export function elsewhere(id: string): Condition {
  return condition({
    looksAt: { items: [id] },
    start: () => null,
    judge: (_, state): Judgement => {
      const verdict = getRow(state.switches, id)?.verdict ?? null;
      if (verdict?.kind !== 'not-confirmed') return { kind: 'not-so', value: null };
      const said = say(state, id);
      if (said.kind === 'unwatched') return said;
      if (said.word === verdict.target) return { kind: 'not-so', value: said.text };
      const told = valueText(verdict.target, state.house.switches.get(id));
      const detail = `${labelOf(state.house, id)} was told ${told}, and says ${said.text}`;
      return { kind: 'so', value: said.text, detail, mark: `${verdict.target} ${verdict.at}` };
    },
  });
}
