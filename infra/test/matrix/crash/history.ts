import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/** What a customer asks for, under an Idempotency-Key of its own. */
export type Asked = {
  readonly what: string
  /** The name that it is about, if it is. */
  readonly name?: string
  readonly path: string
  readonly body: unknown
}

/** An answer that decides: done, or refused. */
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

type Caller = { readonly accountId: string; readonly apiKey: string }

/** A call from its invocation to the answer that settles it. */
export type Call = Asked &
  Caller & {
    readonly key: string
    /** What the first try was answered. `unknown`: no answer, or one that leaves open whether it was done. */
    readonly first: 'ok' | 'fail' | 'unknown'
    readonly tries: number
    readonly settled: Answer
  }

type Settled = { readonly answer: Answer; readonly first: Call['first']; readonly tries: number }

const ANSWER_MS_MAX = 15_000
const SETTLED_MS_MAX = 60_000
const AGAIN_MS = 100
/** Answers after which the same key is to be sent again. */
const undecided: ReadonlySet<unknown> = new Set(['request_in_progress', 'try_again'])

/** What customers asked for and were answered. Unknown answers are settled by sending the same key again. */
export class History {
  readonly #gateway: string
  #repeated = 0
  readonly calls: Call[] = []

  constructor(gateway: string) {
    this.#gateway = gateway
  }

  /** Asks until the answer is known. Throws where none comes for a minute. */
  async call({ accountId, apiKey }: Caller, asked: Asked): Promise<Answer> {
    const key = randomUUID()
    const { answer, first, tries } = await this.#settle(apiKey, key, asked)
    this.calls.push({ ...asked, accountId, apiKey, key, first, tries, settled: answer })
    return answer
  }

  /** Sends what was done since the last time again, by the same key, and gives what is not answered the same. */
  async repeat(): Promise<readonly string[]> {
    const done = this.calls.slice(this.#repeated).filter(({ settled }) => settled.status < 400)
    this.#repeated = this.calls.length
    const wrong = done.map(async (call) => {
      const { answer } = await this.#settle(call.apiKey, call.key, call)
      const [is, should] = [answer, call.settled].map(({ status, body }) => `${status} ${body['id']}`)
      return is === should ? [] : [`${call.what} ${call.name ?? ''} was answered ${should}, and again ${is}`]
    })
    return (await Promise.all(wrong)).flat()
  }

  /** Reads once. Undefined where it is not answered. */
  async read({ apiKey }: Caller, path: string): Promise<Answer['body'] | undefined> {
    try {
      const headers = { Authorization: `Bearer ${apiKey}` }
      const response = await fetch(`${this.#gateway}${path}`, {
        headers,
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      })
      return response.ok ? ((await response.json()) as Answer['body']) : undefined
    } catch {
      return undefined
    }
  }

  async #settle(apiKey: string, key: string, asked: Asked): Promise<Settled> {
    const deadlineMs = performance.now() + SETTLED_MS_MAX
    let first: Call['first'] | undefined
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#try(apiKey, key, asked)
      first ??= kindOf(answer)
      if (answer !== undefined) return { answer, first, tries }
      if (performance.now() > deadlineMs) throw new Error(`${asked.what} ${asked.name ?? ''} is not answered`)
      await wait(AGAIN_MS)
    }
  }

  async #try(apiKey: string, key: string, { path, body }: Asked): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${this.#gateway}${path}`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      })
      const answer = (await response.json()) as Answer['body']
      const isOpen = response.status >= 500 || response.status === 429 || undecided.has(answer['code'])
      return isOpen ? undefined : { status: response.status, body: answer }
    } catch {
      return undefined
    }
  }
}

function kindOf(answer: Answer | undefined): Call['first'] {
  if (answer === undefined) return 'unknown'
  return answer.status < 400 ? 'ok' : 'fail'
}
