import { html, raw } from 'hono/html'
import { docsGroups, docsPages } from './page-list.ts'

/** A heading of a page, for the navigation. */
export type Section = { readonly id: string; readonly title: string }

type Shown = {
  readonly title: string
  readonly body: ReturnType<typeof html>
  /** Which page of the navigation it is; undefined for one that is not there. */
  readonly slug?: string
  readonly sections?: readonly Section[]
}

const addressOf = (slug: string) => (slug === '' ? '/docs' : `/docs/${slug}`)

/** A page with its navigation. It needs no script. */
export function layOut({ title, body, slug, sections = [] }: Shown) {
  const groups = docsGroups.map(
    (group) => html`<p class="group">${group.title}</p>
        <ul>${group.pages.map((page) => html`<li>${entry(page, slug, sections)}</li>`)}${group.title === 'Look up' ? html`<li><a href="/docs/reference">API reference</a></li>` : ''}</ul>`,
  )
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title} · Droplock API</title>
    <link rel="stylesheet" href="/docs/docs.css">
  </head>
  <body>
    <a class="skip" href="#content">To the content</a>
    <div class="frame">
      <div class="side">
        <nav aria-label="Documentation">
          <a class="brand" href="/docs">Droplock <small>Reseller API</small></a>
          ${groups}
        </nav>
      </div>
      <main id="content">
${body}
${footer(slug)}
      </main>
    </div>
  </body>
</html>
`
}

type Page = { readonly slug: string; readonly title: string }

function entry(page: Page, slug: string | undefined, sections: readonly Section[]) {
  if (page.slug !== slug) return html`<a href="${addressOf(page.slug)}">${page.title}</a>`
  const within = sections.map(({ id, title }) => html`<li><a href="#${id}">${raw(title)}</a></li>`)
  return html`<a href="${addressOf(page.slug)}" aria-current="page">${page.title}</a>
          ${within.length > 0 ? html`<ul class="sections">${within}</ul>` : ''}`
}

/** The pages before and after it. */
function footer(slug: string | undefined) {
  const index = docsPages.findIndex((page) => page.slug === slug)
  const [before, after] = [index > 0 ? docsPages[index - 1] : undefined, docsPages[index + 1]]
  if (index < 0) return ''
  return html`<footer>
          <span>${before ? html`<a href="${addressOf(before.slug)}" rel="prev">${before.title}</a>` : ''}</span>
          <span>${after ? html`<a href="${addressOf(after.slug)}" rel="next">${after.title}</a>` : ''}</span>
        </footer>`
}
