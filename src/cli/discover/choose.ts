import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { deviceLines, proposalLines } from '../../core/discover/discovery-text.ts';
import type { Proposal, ProposedDevice } from '../../core/discover/proposal.ts';
import { wrapText } from '../../core/fit-text.ts';
import { ask } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/** What is taken without asking: what describes itself or was seen, and belongs to the house. */
export function usualChoice(proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals.filter(({ basis, isExtra }) => basis !== 'supposed' && !isExtra);
}

const HELP =
  'y takes it, n leaves it, a takes this and what is usual of the rest, s leaves the rest, q ends without writing';

/** One question: about an item, or about all settings of a device together. */
interface Question {
  readonly lines: readonly string[];
  readonly text: string;
  readonly about: readonly Proposal[];
  /** What Enter says. */
  readonly isUsual: boolean;
}

/** Asks item by item; `null` where it was broken off, and then nothing is to be written. */
export async function askForItems(
  proposals: readonly Proposal[],
  devices: readonly ProposedDevice[],
  world: World,
): Promise<readonly Proposal[] | null> {
  const questions = questionsOf(proposals, devices, world.stdout.columns || DEFAULT_COLUMNS);
  const taken: Proposal[] = [];
  await print(world.stdout, `${HELP}\n`);
  for (const [place, { lines, text, about, isUsual }] of questions.entries()) {
    await print(world.stdout, cleanLines(`${lines.join('\n')}\n`));
    const answer = await askLetter(`${text} [${isUsual ? 'Y/n' : 'y/N'}/a/s/q] `, world);
    if (answer === 'q') return null;
    if (answer === 's') return taken;
    if (answer === 'y' || answer === 'a' || (answer === '' && isUsual)) taken.push(...about);
    if (answer === 'a') return [...taken, ...usualChoice(questions.slice(place + 1).flatMap(later => later.about))];
  }
  return taken;
}

function questionsOf(
  proposals: readonly Proposal[],
  devices: readonly ProposedDevice[],
  columns: number,
): readonly Question[] {
  return [...devices, null].flatMap(device => {
    const own = proposals.filter(one => one.device === (device?.key ?? null));
    const extras = own.filter(({ isExtra }) => isExtra);
    const names = extras.map(({ label }) => label).join(', ');
    const questions: Question[] = own
      .filter(({ isExtra }) => !isExtra)
      .map(proposal => ({
        ...{ lines: proposalLines(proposal, columns), text: `Take ${proposal.label}?`, about: [proposal] },
        isUsual: proposal.basis !== 'supposed',
      }));
    if (extras.length > 0) {
      const lines = wrapText(`  Settings and values of the device itself: ${names}`, columns);
      const text = `Take ${extras.length === 1 ? 'it' : `all ${extras.length} of these`}?`;
      questions.push({ lines, text, about: extras, isUsual: false });
    }
    const heading = ['', ...deviceLines(device, columns)];
    return questions.map((one, place) => (place === 0 ? { ...one, lines: [...heading, ...one.lines] } : one));
  });
}

const DEFAULT_COLUMNS = 80;

/** One of the letters, or nothing for Enter; asked again for another one. A question that is broken off is q. */
async function askLetter(question: string, world: World): Promise<'y' | 'n' | 'a' | 's' | 'q' | ''> {
  for (;;) {
    const answer = await ask(world, question, false);
    if (answer === null) return 'q';
    const letter = answer.trim().toLowerCase().charAt(0);
    if (letter === '' || letter === 'y' || letter === 'n' || letter === 'a' || letter === 's' || letter === 'q')
      return letter;
    await print(world.stderr, `${HELP}\n`);
  }
}
