import type { OptionSpec } from './spec.ts';

/** How the simulated devices and their house live. */
export const simulationOptions = {
  speed: {
    value: 'FACTOR',
    number: { min: 0.1, max: 1_000, isWhole: false },
    fallback: '1',
    help: 'how much faster than the real one the simulated house lives',
    group: 'command',
    commands: ['simulate', 'demo', 'replay'],
  },
  sealed: {
    help: 'with devices that seal what they send, and somebody on the line who forges and repeats',
    group: 'command',
    commands: ['demo'],
  },
  seed: {
    value: 'N',
    number: { min: 0, max: 4_294_967_295, isWhole: true },
    fallback: '1',
    help: 'the same number gives the same weather',
    group: 'command',
    commands: ['simulate', 'demo'],
  },
  fault: {
    value: 'KIND[:SECONDS]',
    isList: true,
    help: 'silent, stuck, garbage, slow or short-cycling, from so many seconds on',
    group: 'command',
    commands: ['simulate'],
  },
} as const satisfies Record<string, OptionSpec>;
