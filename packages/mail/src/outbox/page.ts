import { html, raw } from 'hono/html'
import type { ReceivedMail } from './received-mail.ts'

/** The page looks again by itself this often. */
const refreshSeconds = 5

/** Small, and readable by light and by dark. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
article { padding: 1rem; margin: 1rem 0; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px }
h2 { margin: 0; font-size: 1.1rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0 }
small { opacity: .7 }
`

/** The mails that were sent, the newest first. Their text is text: nothing in it is taken for markup. */
export function writeOutboxPage(mails: readonly ReceivedMail[]) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${refreshSeconds}"><title>Mail outbox</title><style>${raw(style)}</style></head>
<body>
<main>
<h1>Mail outbox</h1>
<p>Mails that Droplock sends in development end here. Mail to <code>refused@…</code> is refused, mail to <code>later@…</code> is put off.</p>
${mails.length === 0 ? html`<p>No mails yet.</p>` : mails.map(article)}
</main>
</body>
</html>`
}

function article({ at, from, to, subject, text }: ReceivedMail) {
  return html`<article>
<h2>${subject}</h2>
<small>${at.toISOString()} · from ${from} · to ${to.join(', ')}</small>
<pre>${text}</pre>
</article>`
}
