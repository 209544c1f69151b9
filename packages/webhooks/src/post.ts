import { Agent } from 'undici'
import { ForbiddenUrl, type Guard } from './guard.ts'

export type PostRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

/** What was answered: its status and the beginning of its body. */
export type PostAnswer = { readonly status: number; readonly beginning: string }

export type WebhookPost = {
  /**
   * Posts to an address that its guard allows, and to no other: the name is resolved once, and the connection is made to what was
   * checked. Redirects are not followed. Throws ForbiddenUrl, and Error where there is no answer.
   */
  readonly post: (request: PostRequest) => Promise<PostAnswer>
  readonly close: () => Promise<void>
}

/** Until the connection is made. Milliseconds. */
const CONNECT_MS_MAX = 5_000
/** An idle connection is kept for the next event, and not for long: there may be many endpoints. Milliseconds. */
const KEEP_ALIVE_MS = 4_000
/** Some servers refuse requests that name no program. */
const USER_AGENT = 'Droplock'
/** The beginning of an answer is enough. Characters. */
const ANSWER_CHARACTERS_MAX = 1_000

/** `guard` left out: to any address, for receivers of our own. */
export function openPost(guard?: Guard): WebhookPost {
  const agent = new Agent({
    connect: { timeout: CONNECT_MS_MAX, ...(guard !== undefined && { lookup: guard.lookup }) },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  })
  return {
    post: async ({ url, headers, body, signal }) => {
      // A literal address is connected to without a lookup.
      const reason = guard?.judge(url)
      if (reason !== undefined) throw new ForbiddenUrl(reason)
      const { origin, pathname, search } = new URL(url)
      // It follows no redirect, and costs a third of a `fetch`.
      const answer = await agent.request({
        origin,
        path: `${pathname}${search}`,
        method: 'POST',
        headers: { 'User-Agent': USER_AGENT, ...headers },
        body,
        signal,
      })
      // The status is the answer: whether the rest of it arrives changes nothing.
      const beginning = await readBeginning(answer.body).catch(() => '')
      return { status: answer.statusCode, beginning }
    },
    close: () => agent.destroy(),
  }
}

/** And no more: an answer without an end would be kept in memory. */
async function readBeginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= ANSWER_CHARACTERS_MAX) break
  }
  return text.slice(0, ANSWER_CHARACTERS_MAX)
}
