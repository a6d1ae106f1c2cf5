import { bashCompletion, fishCompletion, zshCompletion } from '../completion.ts';
import { ExitCode } from '../exit-code.ts';
import { manPage } from '../man-page.ts';
import { print } from '../output.ts';
import type { Arguments } from '../parse.ts';
import type { World } from '../world.ts';

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
