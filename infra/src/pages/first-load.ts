import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { repositoryRoot } from '../paths.ts'

/** Pages as they were built, and what the first one may weigh. */
type BuiltPages = {
  /** In `apps`. */
  readonly folder: string
  /** Gzip: what a browser on a mobile network loads within seconds. Bytes. */
  readonly bytesMax: number
}

/** Opened by operators, again and again from the browser's cache. */
export const consolePages: BuiltPages = { folder: 'console/dist', bytesMax: 350_000 }

/** Opened by anybody, on a phone, once. */
export const marketplacePages: BuiltPages = { folder: 'marketplace/dist/client', bytesMax: 200_000 }

const entry = 'index.html'

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

const placeOf = ({ folder }: BuiltPages) => join(repositoryRoot, 'apps', folder)

function manifestOf(pages: BuiltPages) {
  return Manifest.parse(JSON.parse(readFileSync(join(placeOf(pages), '.vite', 'manifest.json'), 'utf8')))
}

/** The components that a module, or the entry, loads when they are needed. */
export function laterComponents(pages: BuiltPages, module = entry): readonly string[] {
  return (manifestOf(pages)[module]?.dynamicImports ?? []).filter((name) => name.endsWith('.tsx'))
}

/** The scripts and styles that a browser needs for the entry and these modules. */
export function weighFirstLoad(pages: BuiltPages, modules: readonly string[]): FirstLoad {
  const manifest = manifestOf(pages)
  const needed = new Set<string>()
  const take = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`the build has no ${name}`)
    if (needed.has(chunk.file)) return
    for (const file of [chunk.file, ...chunk.css]) needed.add(file)
    for (const imported of chunk.imports) take(imported)
  }
  for (const name of [entry, ...modules]) take(name)
  const files = [...needed]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(placeOf(pages), file))).byteLength }))
    .toSorted((one, other) => other.bytes - one.bytes)
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files }
}

/** Whether any of these files has this text. */
export function hasText(pages: BuiltPages, { files }: FirstLoad, text: string): boolean {
  return files.some(({ file }) => readFileSync(join(placeOf(pages), file), 'utf8').includes(text))
}
