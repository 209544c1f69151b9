import type { TextFile } from './repository-files.ts'

// Checks on whole files. Each takes the repository's files and returns one line for each thing that is wrong.

/** Beyond this a file is two files. */
export const linesMax = 400
/** Beyond this it is worth a look. */
export const linesSoft = 250

/** Code that is written by hand. */
export const isSource = ({ path }: TextFile): boolean =>
  /\.(ts|tsx|mjs|js|sql|css)$/.test(path) && !isGenerated(path)
const isGenerated = (path: string): boolean => path.endsWith('.gen.ts') || path.endsWith('schema.sql')
const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** Sources longer than `max` lines. An applied migration can't be split any more, so migrations are left out. */
export function tooLong(files: readonly TextFile[], max: number): readonly string[] {
  const long = files.filter(
    (file) => isSource(file) && !file.path.includes('/migrations/') && lineCount(file.text) > max,
  )
  return long.map(({ path, text }) => `${path} has ${lineCount(text)} lines, more than ${max}`)
}

/** Put together here, so that this file does not name them either. */
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npm', 'pkg', 'github', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['pypi', 'org'],
].map((labels) => labels.join('.'))

/** Files that name a package registry: which one is used is the user's own setting. */
export function namedRegistries(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ text }) => registryHosts.some((host) => text.includes(host)))
    .map(({ path }) => `${path} names a package registry`)
}

/** A lock file with addresses in it installs from those, whatever registry the user has set. */
export function lockedAddresses(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ path, text }) => path.endsWith('pnpm-lock.yaml') && /tarball:|resolution:.*https?:/.test(text))
    .map(({ path }) => `${path} holds download addresses`)
}

/** Sources that read the environment although they are no app's config. The launcher and its tools may. */
export function environmentReaders(files: readonly TextFile[]): readonly string[] {
  const mayRead = /^infra\/|\/test\/|\/src\/config\.ts$|^[^/]+$/
  return files
    .filter((file) => isSource(file) && !mayRead.test(file.path) && /\bprocess\.env\b/.test(file.text))
    .map(({ path }) => `${path} reads process.env; only src/config.ts does`)
}

/** Use cases take `ctx` first. The database's own folder, and how rows are locked and shown, are none. */
const useCase = /^export (async )?function\*? \w+(<[^>]*>)?\(\s*ctx\b/gm
const notUseCases = /^packages\/core\/src\/(database|testing)\/|\/([\w-]+-)?(lock|view)\.ts$/

/**
 * Files of core with more than one use case: a verb has its file, and what verbs of a noun share may stand beside one of them.
 * `allowed` are small nouns, of which a file for each verb would be fragments; one that need not be on the list is wrong too.
 */
export function notOneVerb(files: readonly TextFile[], allowed: readonly string[]): readonly string[] {
  const several = files
    .filter(({ path }) => /^packages\/core\/src\/[^/]+\/[^/]+\.ts$/.test(path) && !notUseCases.test(path))
    .filter(({ text }) => (text.match(useCase)?.length ?? 0) > 1)
    .map(({ path }) => path)
  return [
    ...several
      .filter((path) => !allowed.includes(path))
      .map((path) => `${path} must have exactly one use case`),
    ...allowed
      .filter((path) => !several.includes(path))
      .map((path) => `${path} need not be on the list any more`),
  ]
}
