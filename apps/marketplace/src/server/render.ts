import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DrawnPage, PageRequest } from '../pages/page-state.ts'

export type Html = { readonly status: DrawnPage['status']; readonly html: string }

/** A page as HTML; undefined while the pages are not built. */
export type Render = (request: PageRequest) => Promise<Html | undefined>

type Pages = { readonly template: string; readonly drawPage: (request: PageRequest) => Promise<DrawnPage> }

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
      head,
      app: body,
      state: `<script type="application/json" id="state">${safeJson(state)}</script>`,
    }
    const html = pages.template.replaceAll(/<!--(\w+)-->/g, (whole, part: string) => parts[part] ?? whole)
    return { status, html }
  }
}

async function load(folder: string): Promise<Pages> {
  const template = await readFile(join(folder, 'client', 'index.html'), 'utf8')
  const { drawPage } = await import(pathToFileURL(join(folder, 'server', 'entry-server.js')).href)
  return { template, drawPage }
}

/** JSON inside a script element: nothing in it ends the element. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}
