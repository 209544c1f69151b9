import { addressOfSource } from '@droplock/http/source'
import { traceHeaders } from '@droplock/observability/spans'
import { Refusal } from '@droplock/rules/refusals'
import { proxy } from 'hono/proxy'

/** What of a request is passed on. Nothing that names a browser or its cookies. */
const PASSED_ON = [
  'accept',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'range',
] as const

type Forwarded = {
  readonly request: Request
  /** Path and query at the gateway. */
  readonly path: string
  readonly body: ArrayBuffer | undefined
  readonly apiKey: string
  readonly requestId: string
  /** Where the request came from, as far as it is known; the gateway trusts it where this server is one of its proxies. */
  readonly source?: string
  /** Who asks waits less long. Milliseconds. */
  readonly answerMsMax?: number
}

export type Gateway = { readonly forward: (forwarded: Forwarded) => Promise<Response> }

/**
 * The public gateway. A request is answered as the gateway answers it. Throws Refusal('unavailable') where it cannot be reached, or its
 * answer has not begun within `answerMsMax`: a process that is stopped accepts connections and says nothing.
 */
export function openGateway(url: string, answerMsMax: number): Gateway {
  return {
    forward: async ({ request, path, body, apiKey, requestId, source, ...asked }) => {
      const headers = new Headers({
        authorization: `Bearer ${apiKey}`,
        'x-request-id': requestId,
        ...traceHeaders(),
      })
      for (const name of PASSED_ON) {
        const value = request.headers.get(name)
        if (value !== null) headers.set(name, value)
      }
      if (source !== undefined) headers.set('x-forwarded-for', addressOfSource(source))
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), asked.answerMsMax ?? answerMsMax)
      try {
        return await proxy(new URL(path, url).href, {
          method: request.method,
          headers,
          signal: AbortSignal.any([request.signal, late.signal]),
          ...(body !== undefined && body.byteLength > 0 && { body }),
        })
      } catch (error) {
        if (request.signal.aborted) throw error
        throw new Refusal(
          'unavailable',
          'The service cannot be reached at the moment. Send the request again shortly: under its Idempotency-Key it is done once.',
        )
      } finally {
        // What has begun may last: a file, or a stream of events.
        clearTimeout(timer)
      }
    },
  }
}
