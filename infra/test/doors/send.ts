import { Agent, request } from 'node:http'
import { permissionTable, roles } from '@droplock/rules/staff'
import type { Generated } from './generate.ts'
import type { People, Session } from './world.ts'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** A request as it left. */
export type Sent = {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
}

/** Longer than the servers themselves wait (`patience`). Milliseconds. */
const answerMsMax = 90_000

export type Client = { ask(sent: Sent): Promise<Answer>; close(): void }

export function openClient(connectionsMax: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax })
  const ask = (asked: Sent): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      const { url, method, headers, body } = asked
      const { hostname, port, origin } = new URL(url)
      // As it is written: `URL` would put a path in order.
      const path = url.slice(origin.length)
      const length = body === undefined ? {} : { 'content-length': String(body.length) }
      const sent = request(
        { agent, hostname, port, path, method, headers: { ...headers, ...length }, timeout: answerMsMax },
        (response) => {
          const { statusCode: status = 0, headers: answered } = response
          const chunks: Buffer[] = []
          const answer = () => resolve({ status, headers: answered, body: Buffer.concat(chunks) })
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk)
            if (!isStream(answered)) return
            // It has no end: its beginning is the answer.
            answer()
            sent.destroy()
          })
          response.on('error', reject)
          response.on('end', answer)
        },
      )
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${answerMsMax} ms`)))
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed an idle connection at the moment at which it was used again: Node's documentation says to repeat it.
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(ask(asked))
        else reject(error)
      })
      sent.end(body)
    })
  return { ask, close: () => agent.destroy() }
}

function isStream(headers: Answer['headers']): boolean {
  return String(headers['content-type']).startsWith('text/event-stream')
}

function bearer(key: string) {
  return { authorization: `Bearer ${key}` }
}

/** The sender of a request to the gateway: mostly a reseller with a key, now and then one without. */
export function keyOf({ who }: Generated, { keys }: People): Readonly<Record<string, string>> {
  if (who < 72) return bearer(keys.rich)
  if (who < 84) return bearer(keys.other)
  if (who < 89) return bearer(keys.narrow)
  if (who < 92) return {}
  if (who < 95) return bearer(`dlk_test_${'k'.repeat(43)}`)
  if (who < 97) return bearer(keys.rich.replace('test', 'live'))
  return { authorization: 'Basic YTpi' }
}

/** Whose session it is sent with: mostly of a role that has the permission. */
export function roleOf({ operation, who }: Generated): string {
  const [permission] = (operation.security['session'] ?? []) as readonly string[]
  const table: Readonly<Record<string, readonly string[]>> = permissionTable
  const allowed = permission === undefined ? roles : (table[permission] ?? roles)
  const among = who < 85 ? allowed : roles
  return among[who % among.length] ?? 'viewer'
}

/** The headers of a request to the operators' API. */
export function sessionOf({ who }: Generated, { cookie, csrfToken }: Session): Record<string, string> {
  if (who >= 97) return {}
  if (who >= 95) return { cookie: 'droplock_session=%00; droplock_session=x', 'x-csrf-token': csrfToken }
  if (who >= 93) return { cookie }
  if (who >= 91) return { cookie, 'x-csrf-token': 'another' }
  return { cookie, 'x-csrf-token': csrfToken }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** The request as a line for a shell. */
export function curls({ url, method, headers, body }: Sent): string {
  const given = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const data =
    body === undefined ? [] : [`--data-binary @<(base64 -d <<<${Buffer.from(body).toString('base64')})`]
  return ['curl -si --path-as-is', `-X ${method}`, ...given, ...data, quoted(url)].join(' ')
}
