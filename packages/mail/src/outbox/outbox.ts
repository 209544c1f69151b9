import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callbackify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

type AddressRefusal = { readonly isForGood: boolean; readonly code: number; readonly text: string }

/** What the development outbox answers to recipients with these local parts, as magic cards do of a sandbox. */
const refusals: Readonly<Record<string, AddressRefusal>> = {
  refused: { isForGood: true, code: 550, text: 'No such mailbox' },
  later: { isForGood: false, code: 451, text: 'Try again later' },
}

export function refusalOf(address: string): AddressRefusal | undefined {
  const [local = ''] = address.split('@')
  return Object.hasOwn(refusals, local) ? refusals[local] : undefined
}

/** A mail as it came over the wire. */
type ReceivedMail = {
  readonly at: Date
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string
  readonly subject: string
  readonly text: string
}

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
function writeOutboxPage(mails: readonly ReceivedMail[]) {
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

type OutboxOptions = {
  /** 0 takes a free one. */
  readonly smtpPort: number
  readonly pagePort: number
  readonly host?: string
  readonly now?: () => Date
}

export type Outbox = {
  readonly smtpUrl: string
  readonly pageUrl: string
  /** The newest first. */
  readonly mails: () => readonly ReceivedMail[]
  stop(): Promise<void>
}

/** Older ones are forgotten. */
const mailsMax = 200
const mailBytesMax = 1_048_576

/**
 * A mail server for development: takes every mail, delivers none, and shows them on a page. Recipients `refused@…` and `later@…`
 * are refused. Throws when a port is taken.
 */
export async function startOutbox(options: OutboxOptions): Promise<Outbox> {
  const { host = '127.0.0.1', smtpPort, pagePort, now = () => new Date() } = options
  const mails: ReceivedMail[] = []
  const keep = (mail: ReceivedMail) => {
    mails.unshift(mail)
    mails.length = Math.min(mails.length, mailsMax)
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
  keep: (mail: ReceivedMail) => void,
): Promise<Stoppable> {
  const server = new SMTPServer({
    // On loopback there is nobody to hide from, and no name to have a certificate for.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: mailBytesMax,
    closeTimeout: 1,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const refusal = refusalOf(address)
      done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address)
      const take = async () => keep({ ...(await read(stream, now())), to })
      callbackify(take)((error) => done(error, 'kept'))
    },
  })
  // A client that closes its connection is no failure of the server.
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
  const { from, messageId = '', subject = '', text = '' } = await PostalMime.parse(Buffer.concat(parts))
  return { at, from: from?.address ?? '', to: [], messageId, subject, text: text.trimEnd() }
}

async function listenPage(host: string, port: number, mails: readonly ReceivedMail[]): Promise<Stoppable> {
  const app = new Hono()
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
