import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Runs the files of one project evenly among those of the others, so that files which wait for a broker stand beside
 * files which compute, from the first to the last; of each project those first that may take longest.
 */
export class MixedSequence extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(file => file.project))];
    const places = projects.flatMap(project => {
      const own = longestFirst(sorted.filter(file => file.project === project));
      return own.map((file, place) => ({ file, at: (place + 0.5) / own.length }));
    });
    return places.sort((one, other) => one.at - other.at).map(({ file }) => file);
  }
}

/** By the longest time limit that a file states for its tests; where none does, as they were. */
function longestFirst(files: readonly TestSpecification[]): readonly TestSpecification[] {
  const limits = new Map(files.map(file => [file, longestLimit(readFileSync(file.moduleId, 'utf8'))]));
  return [...files].sort((one, other) => (limits.get(other) ?? 0) - (limits.get(one) ?? 0));
}

/** `90_000` and its like, ms. */
function longestLimit(text: string): number {
  return Math.max(0, ...[...text.matchAll(/\b\d{2,3}_000\b/g)].map(([limit]) => Number(limit.replace('_', ''))));
}
