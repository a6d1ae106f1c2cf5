// Puts the parts that esbuild made into two files: a small program that Node reads at each start, and the parts beside it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { codeOfPart, importsOfParts } from './part.mjs';

/** Begins the line above each group, which names its parts. */
const GROUP_MARK = '//= ';
/** So many of the stages, from the first on, are gone through by each start, one after the other. */
const EVERY_START = 2;
/** What is smaller, characters, is no group of its own where it can go along with another. */
const SMALL_GROUP = 6_000;

/**
 * The texts of the two files. `outputs` and `metafile` are those of an esbuild build with splitting; `entry` is the name of
 * the first part to run. `stages` are the entry points that matter for the start, those in one list that a start needs
 * together: what the same stages need is compiled as one. `kinds` are the words that make a start another kind of start.
 * `title` is the line below the interpreter's.
 */
export async function toProgramFiles({ outputs, metafile, entry, stages, kinds, title }) {
  const libraries = libraryParts(metafile);
  const imports = importsOfParts(outputs);
  const names = [...imports.keys()];
  const made = await Promise.all(
    outputs.map(async output => {
      const name = basename(output.path);
      return { name, number: names.indexOf(name), text: await codeOfPart(output, imports, libraries.has(name)) };
    }),
  );
  const { groups, body } = layOut(groupParts(made, stagesOf(metafile, stages)));
  const builtins = [...new Set([...body.matchAll(/\bbuiltin\["([\w:/]+)"\]/g)].map(([, name]) => name))];
  const build = hashOf(body);
  const sign = `// ${build}\n`;
  const loader = await readFile(new URL('loader.cjs', import.meta.url), 'utf8');
  const values = {
    __ENTRY__: String(names.indexOf(entry)),
    __SIGN__: sign.trimEnd(),
    __BUILD__: build,
    __KINDS__: JSON.stringify(kinds),
    __TABLE__: JSON.stringify(groups.map(group => ({ ...group, start: group.start + sign.length }))),
    __BUILTINS__: JSON.stringify(builtins),
  };
  return {
    program: `#!/usr/bin/env node\n// ${title}\n'use strict';\n${fillIn(loader, values)}`,
    parts: sign + body,
  };
}

/** The parts of which nearly all is other people's code. */
function libraryParts({ outputs }) {
  const parts = Object.entries(outputs).filter(([, { bytes, inputs }]) => {
    const own = Object.entries(inputs).filter(([path]) => !path.includes('node_modules/'));
    return own.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0) < bytes / 4;
  });
  return new Set(parts.map(([path]) => basename(path)));
}

/** Of each part the stages that load it at once, each by its place in the list. */
function stagesOf({ outputs }, stages) {
  const found = new Map();
  const visit = (path, stage) => {
    const known = found.get(path) ?? new Set();
    if (known.has(stage)) return;
    found.set(path, known.add(stage));
    for (const { path: next, kind } of outputs[path].imports)
      if (kind === 'import-statement' && outputs[next] !== undefined) visit(next, stage);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    for (const [stage, entryPoints] of stages.entries()) if (entryPoints.includes(entryPoint)) visit(path, stage);
  }
  const known = new Set(Object.values(outputs).map(({ entryPoint }) => entryPoint));
  const unknown = stages.flat().filter(name => !known.has(name));
  if (unknown.length > 0) throw new Error(`these are no entry points: ${unknown.join(', ')}`);
  return new Map([...found].map(([path, set]) => [basename(path), groupOf([...set].sort())]));
}

/** What one of the first stages needs is there when a later one asks for it: every start goes through these. */
function groupOf(stages) {
  return stages[0] < EVERY_START ? String(stages[0]) : stages.join('+');
}

/**
 * Parts by the stages that need them; who belongs to none is alone. A group costs a start 0.1 ms, however small it is: a
 * small one goes along with another that the same stages need at least.
 */
function groupParts(parts, stages) {
  const groups = new Map();
  for (const part of parts) {
    const key = stages.get(part.name) ?? part.name;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  const staged = [...groups.keys()].filter(key => /^[\d+]+$/.test(key));
  for (const key of staged) {
    const small = groups.get(key);
    if (small.reduce((sum, { text }) => sum + text.length, 0) >= SMALL_GROUP) continue;
    const isNeededToo = other => key.split('+').every(stage => other.split('+').includes(stage));
    const others = staged.filter(other => other !== key && groups.has(other) && isNeededToo(other));
    const [nearest] = others.sort((one, other) => one.length - other.length);
    if (nearest === undefined) continue;
    groups.get(nearest).push(...small);
    groups.delete(key);
  }
  return [...groups.values()];
}

function layOut(groupedParts) {
  const groups = [];
  let body = '';
  // The first line is the sign.
  let line = 1;
  for (const parts of groupedParts) {
    body += `${GROUP_MARK}${parts.map(({ name }) => name).join(' ')}\n`;
    line += 1;
    const code = `[${parts.map(({ text }) => text).join(',\n')}]`;
    groups.push({ parts: parts.map(({ number }) => number), start: body.length, length: code.length, line });
    body += `${code}\n`;
    line += code.split('\n').length;
  }
  return { groups, body };
}

const hashOf = text => createHash('sha256').update(text).digest('hex').slice(0, 12);

function fillIn(text, values) {
  return Object.entries(values).reduce((filled, [name, value]) => filled.replace(name, () => value), text);
}
