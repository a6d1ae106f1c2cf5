import type { CommandedKind } from './bench.ts';
import { SHORT_S } from './bench.ts';
import { DEAF, give, NO_LISTENERS, NO_LISTENERS_SAID, NO_WORD, PATIENT_S, provenDenial, type Traits } from './give.ts';
import type { Cell } from './table.ts';

/** What each kind is told, and what another answer of it is. */
const TARGETS: Readonly<Record<CommandedKind, { readonly target: string; readonly other: string | null }>> = {
  number: { target: '21.5', other: '20' },
  select: { target: 'auto', other: 'heat' },
  button: { target: 'press', other: null },
};

const NO_FEEDBACK = 'it has no feedback: nothing tells whether the device did it';

/** The same loop for what is no switch: set-points, selections and buttons. */
export function kindCells(traits: Traits): readonly Cell[] {
  return (['number', 'select', 'button'] as const).flatMap(kind => cellsOf(kind, traits));
}

function cellsOf(kind: CommandedKind, traits: Traits): readonly Cell[] {
  const { target, other } = TARGETS[kind];
  const isV5 = traits.protocol === '5';
  const isTold = isV5 && traits.hidesDesertion !== true;
  const isProvenAtOnce = isV5 || traits.closesOnDenial === true;
  const timeoutS = traits.closesOnDenial === true ? PATIENT_S : SHORT_S;
  return [
    {
      situation: `${kind}: allowed`,
      expect: 'confirmed/feedback',
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('monitor', { kind }), device, {}, target);
      },
    },
    {
      situation: `${kind}: denied publish`,
      ...(isProvenAtOnce ? provenDenial(traits) : { expect: 'not-confirmed', honest: NO_WORD }),
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('guest', { kind, timeoutS }), device, { isDenied: true }, target);
      },
    },
    {
      situation: `${kind}: nobody listening`,
      expect: isTold ? 'nobody-listening/refused' : 'not-confirmed',
      ...(isTold ? {} : { honest: isV5 ? NO_LISTENERS_SAID : NO_LISTENERS }),
      run: async bench => give(await bench.console('monitor', { kind }), null, { isDeserted: true }, target),
    },
    {
      situation: `${kind}: device silent`,
      expect: 'not-confirmed',
      run: async bench => {
        const device = await bench.device({ answer: () => null });
        return give(await bench.console('monitor', { kind }), device, {}, target);
      },
    },
    {
      situation: `${kind}: denied read of the feedback`,
      expect: 'not-confirmed',
      honest: DEAF,
      run: async bench => {
        const device = await bench.device();
        return give(await bench.console('deaf', { kind }), device, { isDeaf: true }, target);
      },
    },
    {
      situation: `${kind}: no feedback in the house file`,
      expect: 'not-confirmed',
      honest: NO_FEEDBACK,
      run: async bench => {
        const device = await bench.device();
        const outcome = await give(await bench.console('monitor', { kind, hasFeedback: false }), device, {}, target);
        const isSaid = outcome.verdict.detail.includes('has no feedback');
        const isQuick = outcome.verdict.elapsedMs < 1_900;
        const faults = [
          isSaid ? null : 'that there is no feedback was not told',
          isQuick ? null : 'it waited for nothing',
        ];
        return { ...outcome, faults };
      },
    },
    ...(other === null
      ? []
      : [
          {
            situation: `${kind}: device does another thing`,
            expect: 'not-confirmed',
            run: async (bench: Parameters<Cell['run']>[0]) => {
              const device = await bench.device({ answer: () => other });
              return give(await bench.console('monitor', { kind }), device, {}, target);
            },
          },
        ]),
  ];
}
