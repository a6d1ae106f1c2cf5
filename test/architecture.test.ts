import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FOLDERS_IN_ORDER, judgeLengths, judgeSizes } from './helpers/rules/folder-rules.ts';
import { findBreaches, findStrayTests, WHO_MAY_IMPORT_WHOM } from './helpers/rules/house-rules.ts';

const root = new URL('..', import.meta.url).pathname;

function filesUnder(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(root.length));
}

function readSources(): ReadonlyMap<string, string> {
  const paths = filesUnder('src').filter(path => /\.tsx?$/.test(path));
  return new Map(paths.map(path => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('the house', () => {
  it('keeps to the table of who may import whom, has a pure core, and acts on import in main.ts only', () => {
    const sources = readSources();
    expect(sources.size).toBeGreaterThan(10);
    expect(findBreaches(sources).join('\n')).toBe('');
  });

  it('has its tests where its sources are', () => {
    expect(findStrayTests(filesUnder('test'), filesUnder('src')).join('\n')).toBe('');
  });

  it('has no folder with more files than a person keeps in mind, and no file longer than one reads', () => {
    expect(judgeSizes(filesUnder('src')).join('\n')).toBe('');
    expect(judgeLengths(readSources()).join('\n')).toBe('');
    const named = Object.entries(FOLDERS_IN_ORDER).flatMap(([room, folders]) => folders.map(name => join(room, name)));
    expect(named.filter(folder => !existsSync(join(root, folder)))).toEqual([]);
  });

  it('has a row in the table for each folder of src/', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory());
    const rooms = Object.keys(WHO_MAY_IMPORT_WHOM).filter(room => room !== 'main');
    expect(folders.map(folder => folder.name).filter(name => !rooms.includes(name))).toEqual([]);
    expect(rooms.filter(room => !existsSync(join(root, 'src', room)))).toEqual([]);
  });
});
