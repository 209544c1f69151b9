import { createHash } from 'node:crypto'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import { html, raw } from 'hono/html'
import { composePage, type Fact, type Party } from './page.ts'
import { stylesheet } from './stylesheet.ts'

/**
 * The page may only use its own stylesheet. Nothing is fetched, run or sent, even if a name contains markup.
 */
export const htmlPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ')

/** The page as self-contained HTML to print on A4. Every text is escaped. The same document gives the same octets. */
export async function renderHtml(document: InvoiceDocument): Promise<string> {
  const page = composePage(document)
  const { line } = page
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${document.number}</title>
<style>${raw(stylesheet)}</style>
</head>
<body>
<main>
${page.warning === undefined ? '' : html`<p class="warning">${page.warning}</p>`}
<h1>${page.title}</h1>
<dl class="facts">${page.facts.map(fact)}</dl>
<div class="parties">${page.parties.map(party)}</div>
<table>
<thead><tr><th scope="col">Description</th><th scope="col">Period</th><th scope="col">Net amount</th></tr></thead>
<tbody><tr>
<td>${line.description}${line.ascii === undefined ? '' : html`<br><span class="ascii">${line.ascii}</span>`}</td>
<td>${line.period}</td>
<td>${line.amount}</td>
</tr></tbody>
</table>
<dl class="totals">
${page.totals.map(total)}
<dt class="total">${page.total.label}</dt><dd class="total">${page.total.value}</dd>
</dl>
<div class="notes">${page.notes.map((note) => html`<p>${note}</p>`)}</div>
</main>
</body>
</html>
`
  return text.toString()
}

const fact = ({ label, value }: Fact) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`

const total = ({ label, value }: Fact) => html`<dt>${label}</dt><dd>${value}</dd>`

const party = ({ label, name, lines }: Party) => html`<section>
<h2 class="label">${label}</h2>
<p class="name">${name}</p>
${lines.map((line) => html`<p>${line}</p>`)}
</section>`
