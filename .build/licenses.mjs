// Collects the licence texts of everything that is in the bundle, as these licences ask.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]es?|copying|notice|third.party.*)([.-].*)?$/i;

/** The licence texts of the packages that a build's inputs come from; throws for a package that has none. */
export async function licenseTexts(inputPaths) {
  const roots = new Map();
  for (const path of inputPaths) {
    const [, root, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path) ?? [];
    if (root !== undefined) roots.set(root, name);
  }
  const sorted = [...roots].sort(([, a], [, b]) => a.localeCompare(b, 'en'));
  const texts = await Promise.all(sorted.map(([root]) => licenseOf(root)));
  const intro = 'hometui contains these packages; each is under the licence that follows its name.\n';
  return [intro, ...texts].join(`\n${'='.repeat(80)}\n\n`);
}

async function licenseOf(root) {
  const info = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const title = `${info.name} ${info.version} (${info.license ?? 'see below'})\n${homeOf(info)}\n\n`;
  const files = (await readdir(root)).filter(name => LICENCE_FILE.test(name)).sort();
  const texts = await Promise.all(files.map(name => readFile(join(root, name), 'utf8')));
  // A package that is itself a bundle lists the licences of what is in it beside its code.
  if (info.name === 'meow') texts.push(await readFile(join(root, 'build', 'licenses.md'), 'utf8'));
  if (texts.length > 0) return `${title}${texts.map(text => text.trim()).join('\n\n')}\n`;
  const known = STANDARD_TEXTS[info.license];
  if (known === undefined) throw new Error(`${info.name} has no licence file, and ${info.license} is not known here`);
  return `${title}${known(holderOf(info))}`;
}

function homeOf({ homepage, repository, name }) {
  const address = typeof repository === 'string' ? repository : repository?.url;
  return homepage ?? address ?? `https://www.npmjs.com/package/${name}`;
}

function holderOf({ author, name }) {
  return (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
}

/** For packages that name a licence and do not bring its text. */
const STANDARD_TEXTS = {
  MIT: holder => `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`,
};
