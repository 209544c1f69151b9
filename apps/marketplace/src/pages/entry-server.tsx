import { dehydrate } from '@tanstack/react-query'
import { prerender } from 'react-dom/static.edge'
import { App, makeQueries } from './App.tsx'
import { headOf } from './head.ts'
import type { DrawnPage, PageRequest } from './page-state.ts'
import { prefetch } from './prefetch.ts'
import { textsOf } from './texts/texts.ts'

/** On the page that is drawn where no other is. No text of a page has it, as quotes in texts are escaped. */
const NOT_FOUND_MARK = ' data-not-found=""'

/** Draws a page with all that a visitor may read of it. What only a person with a session sees is drawn in the browser. */
export async function drawPage(request: PageRequest): Promise<DrawnPage> {
  const { path, search, now, api } = request
  const queries = makeQueries()
  const [texts, found] = await Promise.all([textsOf(request.state.language), prefetch(request, queries)])
  const state = { ...request.state, queries: dehydrate(queries) }
  const { prelude } = await prerender(
    <App state={state} texts={texts} api={api} queries={queries} ssr={{ path, search, now }} />,
    // The whole page in its place: what comes later in pieces needs scripts within the page, which its policy refuses.
    { progressiveChunkSize: Number.POSITIVE_INFINITY },
  )
  const body = await new Response(prelude).text()
  const status = body.includes(NOT_FOUND_MARK) ? 404 : found
  return { status, head: headOf(request, status, texts, queries), body, state }
}
