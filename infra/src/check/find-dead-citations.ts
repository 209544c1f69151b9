import { posix } from 'node:path'
import type { TextFile } from './repository-files.ts'
import { isSource } from './tidy.ts'

// What pages and comments cite has to be in the repository. Each function takes the repository's files and returns one line for
// each citation that leads nowhere.

const rulesPage = 'docs/rules.md'
const openApiFile = 'packages/contracts/openapi.json'

/** All citations that lead nowhere. */
export function findDeadCitations(files: readonly TextFile[]): readonly string[] {
  return [
    ...deadPaths(files),
    ...unknownRules(files),
    ...unknownAdrs(files),
    ...missingFiles(files),
    ...unknownNames(files),
    ...unknownPaths(files),
  ]
}

/**
 * Paths in backticks or links of a page. Patterns (`*`, `<noun>`, `NNNN`, `…`) are no paths. Links start at the page's own folder; those
 * that start with a slash are addresses at the gateway, whose tests follow them.
 */
function deadPaths(files: readonly TextFile[]): readonly string[] {
  const known = new Set(files.flatMap(({ path }) => withParents(path)))
  const tops = new Set(files.map(({ path }) => path.split('/')[0] ?? path))
  const isDead = (path: string) =>
    path.includes('/') && tops.has(path.split('/')[0] ?? '') && !known.has(path)
  return files
    .filter(isPage)
    .flatMap(({ path: page, text }) => [
      ...find(page, text, /`([\w@./-]+?)\/?`/g).filter(({ cited }) => isDead(cited)),
      ...find(page, text, /\]\(((?!\/)[\w@./-]+?)\/?(?:#[\w-]*)?\)/g).filter(
        ({ cited }) => !known.has(posix.join(posix.dirname(page), cited)),
      ),
    ])
    .map(describe)
}

function withParents(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Business rules, cited as "rule 9" or "Rules 1, 2 and 6", that have no heading in `docs/rules.md`. */
function unknownRules(files: readonly TextFile[]): readonly string[] {
  const page = files.find(({ path }) => path === rulesPage)?.text ?? ''
  const known = new Set([...page.matchAll(/^### Rule (\d+): /gm)].map(([, number]) => number))
  return citing(files, /\brules? (\d+(?:(?:,| and|, and) \d+)*)/gi)
    .flatMap(({ page: path, cited }) =>
      [...cited.matchAll(/\d+/g)].map(([cite]) => ({ page: path, cited: cite })),
    )
    .filter(({ cited }) => !known.has(cited))
    .map(({ page: path, cited }) => describe({ page: path, cited: `rule ${cited}` }))
}

function unknownAdrs(files: readonly TextFile[]): readonly string[] {
  const known = new Set(files.map(({ path }) => Number(/^docs\/adr\/(\d+)-/.exec(path)?.[1])))
  return citing(files, /\bADR (\d+)/g)
    .filter(({ cited }) => !known.has(Number(cited)))
    .map(({ page, cited }) => describe({ page, cited: `ADR ${cited}` }))
}

/** What a comment names: a file, by the end of its path, or a section of a document that is no RFC. */
function missingFiles(files: readonly TextFile[]): readonly string[] {
  const known = files.map(({ path }) => `/${path}`)
  return files.filter(isSource).flatMap(({ path, text }) => {
    const comments = [...text.matchAll(/(?:^\s*\*|(?:^|\s)(?:\/\/|\/\*\*|--))\s(.*)/gm)]
      .map(([, words]) => words)
      .join('\n')
    const named = find(path, comments, /([\w./-]*\w\.(?:md|tsx?|mjs|sql))\b/g)
    const missing = named.filter(({ cited }) => !known.some((file) => file.endsWith(`/${cited}`)))
    return [...missing, ...find(path, comments, /\b([A-Za-z][\w.-]* §)/g)].map(describe)
  })
}

/** Paths of the reseller API that a page calls (`$API/v1/…`) and that are in no operation. A segment in capitals is a parameter. */
function unknownPaths(files: readonly TextFile[]): readonly string[] {
  const document = files.find(({ path }) => path === openApiFile)?.text ?? ''
  const known = new Set(
    [...document.matchAll(/^ *"(\/v1\/[^"]+)": \{$/gm)].map(([, path = '']) =>
      path.replaceAll(/\{\w+\}/g, '{}'),
    ),
  )
  return files
    .filter(isPage)
    .flatMap(({ path, text }) => find(path, text, /\$API(\/v1\/[\w./-]+)/g))
    .filter(({ cited }) => !known.has(cited.replaceAll(/(?<=\/)[A-Z][A-Z-]*(?=\/|$)/g, '{}')))
    .map(describe)
}

/** Functions, tables and constraints that pages about our own code name in backticks. A name that only tests mention is none. */
function unknownNames(files: readonly TextFile[]): readonly string[] {
  const ours = files.filter((file) => !isPage(file) && !file.path.includes('/test/'))
  const known = new Set(ours.flatMap(({ text }) => text.match(/\w+/g) ?? []))
  return files
    .filter(({ path }) => /^(ARCHITECTURE|CONTRIBUTING)\.md$|^docs\/rules\.md$/.test(path))
    .flatMap(({ path, text }) => find(path, text, /`([a-z]+(?:_[a-z]+|[A-Z][a-z]+)+)`/g))
    .filter(({ cited }) => !known.has(cited))
    .map(describe)
}

type Citation = { readonly page: string; readonly cited: string }

/** What sources and pages cite. */
function citing(files: readonly TextFile[], pattern: RegExp): readonly Citation[] {
  return files
    .filter((file) => isSource(file) || isPage(file))
    .flatMap(({ path, text }) => find(path, text, pattern))
}

const isPage = ({ path }: TextFile) => path.endsWith('.md')

/** What the pattern's group finds, but for patterns of names. */
function find(page: string, text: string, pattern: RegExp): readonly Citation[] {
  const cited = [...text.matchAll(pattern)].map(([, found = '']) => found)
  return cited.filter((path) => !/NNNN|NAME/.test(path)).map((path) => ({ page, cited: path }))
}

function describe({ page, cited }: Citation): string {
  return `${page} cites ${cited}, which is not there`
}
