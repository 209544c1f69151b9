import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { repositoryRoot } from '../paths.ts'

/** What the first page may weigh, gzip: with it, a browser on a mobile network shows Today within seconds. Bytes. */
export const FIRST_LOAD_BYTES_MAX = 350_000

const dist = join(repositoryRoot, 'apps', 'console', 'dist')

/** The page that opens first, and the page of its entry. */
const entry = 'index.html'
const firstPage = 'src/today/TodayPage.tsx'

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    css: z.array(z.string()).default([]),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
  }),
)

type Weight = { readonly file: string; readonly bytes: number }

export type FirstLoad = {
  /** Gzip, as they are sent. */
  readonly bytes: number
  /** The heaviest first. */
  readonly files: readonly Weight[]
}

/** The scripts and styles that the built console needs before Today is shown. */
export function weighFirstLoad(): FirstLoad {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')))
  const needed = new Set<string>()
  const take = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`the build has no ${name}`)
    if (needed.has(chunk.file)) return
    for (const file of [chunk.file, ...chunk.css]) needed.add(file)
    for (const imported of chunk.imports) take(imported)
  }
  for (const name of [entry, firstPage]) take(name)
  const files = [...needed]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, file))).byteLength }))
    .toSorted((one, other) => other.bytes - one.bytes)
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files }
}

/** Whether any of these files has this text. */
export function hasText({ files }: FirstLoad, text: string): boolean {
  return files.some(({ file }) => readFileSync(join(dist, file), 'utf8').includes(text))
}
