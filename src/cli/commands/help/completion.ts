import { ExitCode } from '../../../app/exit-code.ts';
import type { World } from '../../../app/world.ts';
import type { Arguments } from '../../args/parse.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../help/completion.ts';
import { manPage } from '../../help/man-page.ts';
import { print } from '../../stdio/output.ts';

/** `hometui completion bash|zsh|fish|man`: made from the same table as the parser. */
export async function runCompletion({ operands }: Arguments, world: World): Promise<ExitCode> {
  const makers: Readonly<Record<string, () => string>> = {
    bash: bashCompletion,
    zsh: zshCompletion,
    fish: fishCompletion,
    man: () => manPage(world.version),
  };
  await print(world.stdout, makers[operands[0] ?? '']?.() ?? '');
  return ExitCode.ok;
}
