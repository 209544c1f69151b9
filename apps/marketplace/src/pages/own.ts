/** Our own server refused a request: sign-up, sign-in, the people of an account and their mails, which the gateway knows nothing of. */
export class OwnProblem extends Error {
  override readonly name = 'OwnProblem'
  readonly status: number
  /** Stable, for texts. Of `/auth` in capitals, as better-auth writes them. */
  readonly code: string | undefined
  /** Where it says when to come back. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, code: string | undefined, detail: string, retryAfterSeconds?: number) {
    super(detail)
    this.status = status
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

type Method = 'GET' | 'POST' | 'DELETE'

/** A request to our own server. Resolves with the answer's JSON, undefined where there is none. Throws OwnProblem. */
export async function askOwn<Answer = undefined>(
  method: Method,
  path: `/auth/${string}` | `/people/${string}` | `/mails/${string}`,
  body?: object,
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    ...(method !== 'GET' && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    }),
  })
  const text = await response.text()
  const answer = text === '' ? undefined : JSON.parse(text)
  if (!response.ok)
    throw new OwnProblem(
      response.status,
      answer?.code,
      answer?.detail ?? answer?.message ?? text,
      answer?.retry_after_seconds,
    )
  return answer
}
