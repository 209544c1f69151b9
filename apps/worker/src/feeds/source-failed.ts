import type { SourceFailure } from '@droplock/rules/list-sources'

/** A try of a source brought no list. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed'
  readonly code: SourceFailure
  /** The first line of what came in place of a list. */
  readonly excerpt: string | undefined
  /** How long the source asks to be left alone. Milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: SourceFailure,
    message: string,
    {
      excerpt,
      retryAfterMs,
      cause,
    }: { excerpt?: string; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.code = code
    this.excerpt = excerpt
    this.retryAfterMs = retryAfterMs
  }
}

/** What a try threw, as a failure of its source. */
export function failureOf(error: unknown, code: SourceFailure): SourceFailed {
  if (error instanceof SourceFailed) return error
  if (error instanceof Error && error.name === 'TimeoutError')
    return new SourceFailed('timed_out', 'The source did not send its list in time.', { cause: error })
  return new SourceFailed(code, reasonOf(error), { cause: error })
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause, message } = error
  if (cause === undefined) return message
  return `${message}: ${cause instanceof Error ? cause.message : String(cause)}`
}
