import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { parseHouse } from '../../core/house/parse.ts';
import { formatIssue } from '../../core/issue.ts';
import { shownWord } from '../../core/to-copy.ts';
import { openDraft, runEditor } from '../../io/editor.ts';
import { changeFile, readForChange } from '../../io/files/change-file.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { ask, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/**
 * Opens a house file in the person's editor, and puts what was written there in its place once it is right: until then the
 * house file is the old one. Throws a `Failure`: 66, 74, 77 without a terminal.
 */
export async function editHouse(path: string, world: World): Promise<ExitCode> {
  if (!canAsk(world)) {
    const cure = 'Edit the file in another way, and look at it with hometui house check.';
    throw new Failure(ExitCode.denied, 'an editor needs a terminal, and there is none', cure);
  }
  const before = readForChange(path);
  if (!before.ok) {
    const cure = cureOfOwnFile(before.error, path, 'Check the path.');
    throw new Failure(ExitCode.noInput, `${path} cannot be read: ${before.error.why}`, cure);
  }
  if (before.value === null) {
    const cure = `Begin with a preset: hometui house show --format json > ${shownWord(path)}`;
    throw new Failure(ExitCode.noInput, `there is no ${path}`, cure);
  }
  const draft = openDraft(path, before.value);
  try {
    return await editDraft({ path, draft: draft.path, before: Buffer.from(before.value) }, world);
  } finally {
    draft.close();
  }
}

interface Edited {
  readonly path: string;
  readonly draft: string;
  readonly before: Buffer;
}

async function editDraft({ path, draft, before }: Edited, world: World): Promise<ExitCode> {
  const say = (text: string) => print(world.stdout, cleanLines(`${text}\n`));
  const editor = world.env.VISUAL || world.env.EDITOR || 'vi';
  for (;;) {
    const code = await runEditor(editor, draft);
    if (code !== 0) {
      const cure = 'Name one that is installed in the variable EDITOR: EDITOR=nano hometui house edit …';
      throw new Failure(ExitCode.output, `the editor ${editor} ended with ${code}; ${path} is as it was`, cure);
    }
    const text = readTextFile(draft);
    if (!text.ok) throw new Failure(ExitCode.noInput, `what was written cannot be read: ${text.error.why}`, null);
    if (Buffer.from(text.value).equals(before)) {
      await say(`${path} is as it was: nothing was changed.`);
      return ExitCode.ok;
    }
    const house = parseHouse(text.value, path);
    if (house.ok) return putInPlace(path, text.value, before, say);
    await say(house.error.map(formatIssue).join('\n'));
    const answer = await ask(world, `The old one stays as long as this is so. Edit it again? [Y/n] `, false);
    if (answer === null || /^n/i.test(answer)) {
      await say(`${path} is as it was; what was written is thrown away.`);
      return ExitCode.config;
    }
  }
}

async function putInPlace(
  path: string,
  text: string,
  before: Buffer,
  say: (text: string) => Promise<unknown>,
): Promise<ExitCode> {
  const written = changeFile(path, now => {
    const isAsRead = now !== null && before.equals(now);
    return { content: isAsRead ? new TextEncoder().encode(text) : null, value: isAsRead };
  });
  if (!written.ok)
    throw new Failure(ExitCode.output, `${path} cannot be written: ${written.error.why}`, 'Check who owns it.');
  if (!written.value) {
    const cure = 'Edit it again: it is as the other one left it.';
    throw new Failure(ExitCode.output, `somebody else changed ${path} meanwhile`, cure);
  }
  await say(`${path} is written.`);
  return ExitCode.ok;
}
