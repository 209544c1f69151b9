import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen } from '@droplock/http/listen'
import { createTestApp, notReached, someKey } from './app.ts'

/** How long the app waits for a whole request. Milliseconds. */
const REQUEST_MS_MAX = 200

/** A gateway behind a real socket that waits only so long, and what it logged. `database`: what answers instead of one. */
export async function listenBriefly(database = notReached) {
  const app = createTestApp({ test: database }, { requestMsMax: REQUEST_MS_MAX })
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  const begin = (method: string, path: string) => {
    const headers = {
      Authorization: `Bearer ${someKey}`,
      'Content-Type': 'application/json',
      'Content-Length': '100',
    }
    const sending = request(`${server.url}${path}`, { method, headers })
    sending.on('error', () => undefined)
    sending.write('{')
    return sending
  }
  return { begin, logged: app.logged, close: () => server.close(0) }
}

/** Sends one octet of a body of 100 and waits for the answer. */
export async function sendSlowly(method: string, path: string, database = notReached): Promise<Response> {
  const gateway = await listenBriefly(database)
  const sending = gateway.begin(method, path)
  const [answer]: IncomingMessage[] = await once(sending, 'response')
  if (answer === undefined) throw new Error('there was no answer')
  const body = await text(answer)
  sending.destroy()
  await gateway.close()
  return new Response(body, {
    status: answer.statusCode ?? 0,
    headers: Object.entries(answer.headersDistinct).map(([name, values]): [string, string] => [
      name,
      values?.[0] ?? '',
    ]),
  })
}
