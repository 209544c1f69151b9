import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { callbackify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

type AddressRefusal = {
  readonly isPermanent: boolean
  /** Because of the address, not of who sends to it. */
  readonly isAddress: boolean
  readonly code: number
  readonly text: string
}

/** The development outbox refuses recipients with these local parts, for tests. */
const refusals: Readonly<Record<string, AddressRefusal>> = {
  refused: { isPermanent: true, isAddress: true, code: 550, text: '5.1.1 No such mailbox' },
  blocked: { isPermanent: true, isAddress: false, code: 550, text: '5.7.1 Relaying denied' },
  later: { isPermanent: false, isAddress: false, code: 451, text: '4.2.0 Try again later' },
}

export function refusalOf(address: string): AddressRefusal | undefined {
  const [local = ''] = address.split('@')
  return Object.hasOwn(refusals, local) ? refusals[local] : undefined
}

/** A mail as it was received. */
type ReceivedMail = {
  readonly at: Date
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string
  readonly subject: string
  readonly text: string
  /** Of `List-Unsubscribe`, where one POST is enough (RFC 8058). */
  readonly unsubscribeUrl?: string
}

/** The page reloads this often. */
const REFRESH_SECONDS = 5

/** For light and dark mode. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
article { padding: 1rem; margin: 1rem 0; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px }
h2 { margin: 0; font-size: 1.1rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .5rem 0 0 }
small { opacity: .7 }
`

/** The mails, newest first. Their text is escaped. */
function writeOutboxPage(mails: readonly ReceivedMail[]) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${REFRESH_SECONDS}"><title>Mail outbox</title><style>${raw(style)}</style></head>
<body>
<main>
<h1>Mail outbox</h1>
<p>The mails that Droplock sends in development. Mail to <code>refused@…</code> is refused; mail to <code>later@…</code> is refused temporarily, and to <code>blocked@…</code> for a reason that is not the address.</p>
${mails.length === 0 ? html`<p>No mails yet.</p>` : mails.map(article)}
</main>
</body>
</html>`
}

function article({ at, from, to, subject, text }: ReceivedMail) {
  return html`<article>
<h2>${subject}</h2>
<small>${at.toISOString()} · from ${from} · to ${to.join(', ')}</small>
<pre>${linked(text)}</pre>
</article>`
}

/** The text with its addresses as links, as mail programs show it. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part))
}

type OutboxOptions = {
  /** 0 chooses a free one. */
  readonly smtpPort: number
  readonly pagePort: number
  readonly host?: string
  readonly now?: () => Date
  /** How long it takes over each mail. Milliseconds. */
  readonly takesMs?: number
}

export type Outbox = {
  readonly smtpUrl: string
  readonly pageUrl: string
  /** Newest first. */
  readonly mails: () => readonly ReceivedMail[]
  stop(): Promise<void>
}

/** Older mails are dropped. */
const MAILS_MAX = 200
const MAIL_BYTES_MAX = 1_048_576

/**
 * A mail server for development: accepts every mail, delivers none, and shows them on a page. Recipients `refused@…`, `blocked@…` and
 * `later@…` are refused. Throws when a port is in use.
 */
export async function startOutbox(options: OutboxOptions): Promise<Outbox> {
  const { host = '127.0.0.1', smtpPort, pagePort, now = () => new Date(), takesMs = 0 } = options
  const mails: ReceivedMail[] = []
  const keep = async (mail: ReceivedMail) => {
    if (takesMs > 0) await wait(takesMs)
    mails.unshift(mail)
    mails.length = Math.min(mails.length, MAILS_MAX)
  }
  const smtp = await listenSmtp(host, smtpPort, now, keep)
  const page = await listenPage(host, pagePort, mails).catch(async (error: unknown) => {
    await smtp.stop()
    throw error
  })
  return {
    smtpUrl: `smtp://${host}:${smtp.port}`,
    pageUrl: `http://${host}:${page.port}`,
    mails: () => [...mails],
    stop: async () => void (await Promise.all([smtp.stop(), page.stop()])),
  }
}

type Stoppable = { readonly port: number; stop(): Promise<void> }

async function listenSmtp(
  host: string,
  port: number,
  now: () => Date,
  keep: (mail: ReceivedMail) => Promise<void>,
): Promise<Stoppable> {
  const server = new SMTPServer({
    // Not needed on loopback.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAIL_BYTES_MAX,
    closeTimeout: 1,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const refusal = refusalOf(address)
      done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address)
      const receive = async () => keep({ ...(await read(stream, now())), to })
      callbackify(receive)((error) => done(error, 'accepted'))
    },
  })
  // A client that closes its connection is not an error.
  server.on('error', () => undefined)
  const listener = server.listen(port, host)
  await once(listener, 'listening')
  return {
    port: portOf(listener.address()),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function read(stream: SMTPServerDataStream, at: Date): Promise<ReceivedMail> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  const {
    from,
    messageId = '',
    subject = '',
    text = '',
    headers,
  } = await PostalMime.parse(Buffer.concat(parts))
  const header = (name: string) => headers.find(({ key }) => key === name)?.value
  const [, url] = /^<(.+)>$/.exec(header('list-unsubscribe') ?? '') ?? []
  const isOneClick = header('list-unsubscribe-post') === 'List-Unsubscribe=One-Click'
  return {
    at,
    from: from?.address ?? '',
    to: [],
    messageId,
    subject,
    text: text.trimEnd(),
    ...(url !== undefined && isOneClick && { unsubscribeUrl: url }),
  }
}

/** As all our servers say it (`safeHeaders` in `packages/http`, which this package does not know); the page has its own styles. */
const safe = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

async function listenPage(host: string, port: number, mails: readonly ReceivedMail[]): Promise<Stoppable> {
  const app = new Hono()
  app.use(safe, async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.get('/', (c) => c.html(writeOutboxPage(mails)))
  app.get('/mails.json', (c) => c.json(mails))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  const server = createServer(getRequestListener(app.fetch))
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: portOf(server.address()),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')
  return address.port
}
