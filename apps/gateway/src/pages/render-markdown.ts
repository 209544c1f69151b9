import { Marked, type Tokens } from 'marked'
import type { Section } from './layout.ts'

type Rendered = { readonly title: string; readonly body: string; readonly sections: readonly Section[] }

/** What a code block is, above it. One that only says what is printed is `text`. */
const labels: Readonly<Record<string, string>> = {
  bash: 'Shell',
  ts: 'TypeScript',
  python: 'Python',
  php: 'PHP',
  go: 'Go',
  json: 'JSON',
  http: 'HTTP',
  text: 'Prints',
}

/** A page of the documentation as HTML. Its sources are ours: what they contain is not escaped again. */
export function renderMarkdown(markdown: string): Rendered {
  const sections: Section[] = []
  let title = ''
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens)
        if (depth === 1) title = text
        if (depth === 1) return `<h1>${text}</h1>\n`
        const id = slugOf(text)
        if (depth === 2) sections.push({ id, title: text })
        return `<h${depth} id="${id}"><a href="#${id}">${text}</a></h${depth}>\n`
      },
      // Sources refer to each other by file, so that they can be read in the repository too.
      link({ href, tokens }) {
        const address = href.replace(/^(?:\.\.\/)?(?:api\/)?([\w-]+)\.md(#.*)?$/, '/docs/$1$2')
        return `<a href="${escapeHtml(address)}">${this.parser.parseInline(tokens)}</a>`
      },
      code: ({ text, lang = '' }: Tokens.Code) => renderCode(text, lang),
      table(token) {
        // It scrolls where the screen is narrow; the focus makes that possible with a keyboard.
        return `<div class="table" tabindex="0" role="region" aria-label="Table">${tableOf(this, token)}</div>\n`
      },
    },
  })
  const body = marked.parse(markdown, { async: false })
  return { title, body, sections }
}

type Renderer = {
  readonly parser: { parseInline(tokens: Tokens.TableCell['tokens']): string }
}

function tableOf({ parser }: Renderer, { header, rows }: Tokens.Table): string {
  const head = header.map(({ tokens }) => `<th scope="col">${parser.parseInline(tokens)}</th>`).join('')
  const body = rows.map((row) => {
    const cells = row.map(({ tokens }) => `<td>${parser.parseInline(tokens)}</td>`)
    return `<tr>${cells.join('')}</tr>`
  })
  const isHeaded = header.some(({ text }) => text !== '')
  return `<table>${isHeaded ? `<thead><tr>${head}</tr></thead>` : ''}<tbody>${body.join('\n')}</tbody></table>`
}

function renderCode(text: string, lang: string): string {
  const label = labels[lang]
  const isPrinted = lang === 'text'
  const above = label === undefined ? '' : `<p class="label">${label}</p>\n`
  return `${above}<pre tabindex="0"${isPrinted ? ' class="prints"' : ''}><code>${escapeHtml(text)}</code></pre>\n`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The words of a heading, for its address. */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/<[^>]*>|&\w+;/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
