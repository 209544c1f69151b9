import type { TextFile } from './repository-files.ts'

// Checks on whole files. Each takes the repository's files and returns one line for each thing that is wrong.

/** A longer file must be split. */
export const LINES_MAX = 400
/** A longer file should be looked at. */
export const LINES_SOFT_MAX = 250

/** Code that is written by hand. */
export const isSource = ({ path }: TextFile): boolean =>
  /\.(ts|tsx|mjs|js|sql|css)$/.test(path) && !isGenerated(path)
const isGenerated = (path: string): boolean => path.endsWith('.gen.ts') || path.endsWith('schema.sql')
const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** Sources longer than `max` lines. Migrations are left out, as an applied one cannot be split. */
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

/** Files that name a package registry: the user's own settings decide which one is used. */
export function namedRegistries(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ text }) => registryHosts.some((host) => text.includes(host)))
    .map(({ path }) => `${path} names a package registry`)
}

/** Lock files with download addresses: packages would be installed from those, whatever registry the user has set. */
export function lockedAddresses(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ path, text }) => path.endsWith('pnpm-lock.yaml') && /tarball:|resolution:.*https?:/.test(text))
    .map(({ path }) => `${path} holds download addresses`)
}

/** Sources that read the environment and are not an app's `config.ts`. The launcher and its tools may. */
export function environmentReaders(files: readonly TextFile[]): readonly string[] {
  const mayRead = /^infra\/|\/(test|bench|src\/testing)\/|\/src\/config\.ts$|^[^/]+$/
  return files
    .filter((file) => isSource(file) && !mayRead.test(file.path) && /\bprocess\.env\b/.test(file.text))
    .map(({ path }) => `${path} reads process.env; only src/config.ts does`)
}

/** Use cases take `ctx` first. */
const useCase = /^export (?:async )?function\*? (\w+)(?:<[^>]*>)?\(\s*ctx\b/gm
/** How the name of a use case begins that changes nothing. */
const reading = /^(get|list|read|find|search|preview|quote|count|is|was|diff|select|export|verify|prove)[A-Z]/
const mayHoldSeveral = /^packages\/core\/src\/(database|testing)\/|\/(read|administer)\.ts$/

/**
 * Files in the folders of core's nouns with more than one use case that changes something. What moves money, exclusivity or state
 * has its own file, named for the verb. Reads of a noun share `read.ts`, the upkeep of its rows `administer.ts`, and a small noun
 * is a file without a folder. `allowed` are steps that are read together; one that need not be listed is wrong too.
 */
export function notOneVerb(files: readonly TextFile[], allowed: readonly string[]): readonly string[] {
  const several = files
    .filter(({ path }) => /^packages\/core\/src\/[^/]+\/[^/]+\.ts$/.test(path) && !mayHoldSeveral.test(path))
    .filter(
      ({ text }) => [...text.matchAll(useCase)].filter(([, name]) => !reading.test(name ?? '')).length > 1,
    )
    .map(({ path }) => path)
  return [
    ...several
      .filter((path) => !allowed.includes(path))
      .map((path) => `${path} has several use cases that change something; each has its own file`),
    ...allowed.filter((path) => !several.includes(path)).map((path) => `${path} need not be listed any more`),
  ]
}

/** Tables whose rows several nouns lock: the lock order of `locks.ts` is about them. */
const lockedByMany =
  /^(sync_run|registry|zone|listing|catch_target|backorder|registration|renewal|registry_request|payment|account|bank_transfer|refund)$/

/**
 * Locks outside `packages/core/src/locks.ts` that could deadlock: one that waits for a row of a table which several nouns lock, and a
 * statement that locks several rows without an order. Rows that are skipped when they are locked (`skip locked`) are waited for by
 * nobody. `allowed` are files that lock a row together with what they read of it.
 */
export function strayLocks(files: readonly TextFile[], allowed: readonly string[]): readonly string[] {
  const sources = files.filter(
    ({ path }) =>
      /^packages\/core\/src\/.*\.ts$/.test(path) &&
      !/^packages\/core\/src\/(receiver-)?locks\.ts$/.test(path),
  )
  const stray = sources
    .filter(({ path }) => !isGenerated(path))
    .filter(({ text }) => hasStrayLock(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    .map(({ path }) => path)
  return [
    ...stray
      .filter((path) => !allowed.includes(path))
      .map((path) => `${path} locks rows in no order; waiting locks are in locks.ts`),
    ...allowed.filter((path) => !stray.includes(path)).map((path) => `${path} need not be listed any more`),
  ]
}

function hasStrayLock(code: string): boolean {
  const built = [...code.matchAll(/\.for(?:Update|NoKeyUpdate|Share|KeyShare)\([^)]*\)(\s*\.skipLocked)?/g)]
  const written = [
    ...code.matchAll(/\bfor (?:no key )?(?:update|share)\b(?:[^`()]*?)(skip locked)?(?=[`)]|\n|$)/g),
  ]
  return (
    built.some(({ index, 1: skips }) => skips === undefined && isUnordered(code.slice(0, index))) ||
    written.some(({ index, 1: skips }) => skips === undefined && !isSorted(code.slice(0, index)))
  )
}

/** Of a query as far as its lock: whether it is of a table that several nouns lock, and is not sorted. */
function isUnordered(before: string): boolean {
  const query = before.slice(before.lastIndexOf('.selectFrom('))
  const [, table = ''] = /^\.selectFrom\('(\w+)/.exec(query) ?? []
  return lockedByMany.test(table) && !query.includes('.orderBy(')
}

/** Of a statement in SQL as far as its lock. */
function isSorted(before: string): boolean {
  return /order by/.test(before.slice(before.lastIndexOf('select')))
}
