import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

export type ListFile = { readonly path: string; readonly name: string }

/** Where real lists may lie: beside the checkout, or beside its parent. */
const sharedFolders = ['../shared', '../../shared'].map((path) => join(repositoryRoot, path, 'data', 'pl'))

/** The lists at the given paths, files or folders of files, in the order given. Throws when one is missing or empty. */
export function listsAt(paths: readonly string[]): readonly ListFile[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new Error(`there is no drop list at ${path}`)
    const files = statSync(path).isDirectory() ? inFolder(path) : [path]
    if (files.length === 0) throw new Error(`the folder ${path} is empty`)
    return files.map((file) => ({ path: file, name: basename(file) }))
  })
}

/** The real lists of the Polish registry, if they are there. */
export function sharedLists(): readonly ListFile[] {
  const folder = sharedFolders.find((path) => existsSync(path))
  return folder === undefined ? [] : listsAt([folder]).filter(({ name }) => name.endsWith('.txt'))
}

function inFolder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name))
    .toSorted()
}
