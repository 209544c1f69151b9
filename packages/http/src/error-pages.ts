import { errors, isRefusalCode } from '@droplock/contracts/errors'
import type { ErrorEntry } from '@droplock/contracts/errors/entry'
import { Refusal } from '@droplock/rules/refusals'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { HttpEnvironment } from './observe.ts'

type Html = ReturnType<typeof html>

/**
 * `/errors` and `/errors/{code}`, to which the `type` of a problem refers: a page for people, JSON for programs. `layOut` makes a page of a
 * title and what is on it.
 */
export function mountErrorPages<App extends HttpEnvironment>(
  app: Hono<App>,
  layOut: (title: string, content: Html) => Html = page,
): void {
  const show = (title: string, sections: readonly Html[]) =>
    layOut(title, html`<h1>${title}</h1>${[...sections]}`)
  app.get('/errors', (c) => {
    const entries = Object.entries(errors).map(([code, entry]) => ({ code, ...entry }))
    return wantsPage(c) ? c.html(show('Errors', entries.map(section))) : c.json({ items: entries })
  })
  app.get('/errors/:code', (c) => {
    const code = c.req.param('code')
    if (!isRefusalCode(code)) throw new Refusal('not_found', 'There is no such error code.')
    const entry = { code, ...errors[code] }
    return wantsPage(c) ? c.html(show(entry.title, [section(entry)])) : c.json(entry)
  })
}

function wantsPage(c: Pick<Context, 'header' | 'req'>): boolean {
  c.header('Vary', 'Accept')
  return c.req.header('Accept')?.includes('text/html') ?? false
}

type Coded = ErrorEntry & { readonly code: string }

function section({ code, title, status, doc, retryable }: Coded) {
  return html`<section>
    <h2><a href="/errors/${code}"><code>${code}</code></a></h2>
    <p>${title}. HTTP ${status}${retryable ? '; the same request may succeed a little later' : ''}.</p>
    <p>${doc}</p>
  </section>`
}

function page(title: string, content: Html) {
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8"><title>${title} · Droplock</title></head>
      <body>${content}</body>
    </html>`
}
