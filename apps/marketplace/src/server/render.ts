import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DrawnPage, PageRequest } from '../pages/page-state.ts'

export type Html = { readonly status: DrawnPage['status']; readonly html: string }

/** A page as HTML; undefined while the pages are not built. */
export type Render = (request: PageRequest) => Promise<Html | undefined>

type Pages = {
  readonly template: string
  readonly drawPage: (request: PageRequest) => Promise<DrawnPage>
  /** By the file that it was made of. */
  readonly chunks: Readonly<Record<string, Chunk | undefined>>
}

type Chunk = { readonly file: string; readonly imports?: readonly string[] }

/** Draws pages by the built bundle of the same components that the browser runs. */
export function openRender(folder: string): Render {
  let loaded: Promise<Pages> | undefined
  return async (request) => {
    loaded ??= load(folder)
    const pages = await loaded.catch(() => {
      loaded = undefined
      return undefined
    })
    if (pages === undefined) return undefined
    const { status, head, body, state } = await pages.drawPage(request)
    const parts: Readonly<Record<string, string>> = {
      language: state.language,
      head: [head, ...preloads(pages.chunks, request)].join('\n    '),
      app: body,
      state: `<script type="application/json" id="state">${safeJson(state)}</script>`,
    }
    const html = pages.template.replaceAll(/<!--(\w+)-->/g, (whole, part: string) => parts[part] ?? whole)
    return { status, html }
  }
}

async function load(folder: string): Promise<Pages> {
  const template = await readFile(join(folder, 'client', 'index.html'), 'utf8')
  const chunks = JSON.parse(await readFile(join(folder, 'client', '.vite', 'manifest.json'), 'utf8'))
  const { drawPage } = await import(pathToFileURL(join(folder, 'server', 'entry-server.js')).href)
  return { template, drawPage, chunks }
}

/** What the browser would ask for only once it has run the entry: the texts, and the page that visitors open first. */
function preloads(chunks: Pages['chunks'], { path, state: { language } }: PageRequest): readonly string[] {
  const files = new Set<string>()
  const take = (name: string): void => {
    const chunk = chunks[name]
    if (chunk === undefined || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) take(imported)
  }
  take(`src/pages/texts/${language}/first.ts`)
  if (path === `/${language}/names`) take('src/pages/names/NamesPage.tsx')
  return [...files].map((file) => `<link rel="modulepreload" fetchpriority="low" href="/${file}" />`)
}

/** JSON inside a script element: nothing in it ends the element. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}
