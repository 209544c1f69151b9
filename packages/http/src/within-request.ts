/** Until when a request's work is of use. */
export type RequestBounds = {
  /** Aborts when it is answered, when its time has passed, or when its client has gone. */
  readonly signal: AbortSignal
  /** By `performance.now()`. */
  readonly untilMs: number
}

/** Does `work` for a request; what it still has under way when the request is over is told by the signal. */
export async function withinRequest<Result>(
  request: Pick<Request, 'signal'>,
  msMax: number,
  work: (bounds: RequestBounds) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  const end = () => over.abort()
  const timer = setTimeout(end, msMax)
  request.signal.addEventListener('abort', end)
  if (request.signal.aborted) end()
  try {
    return await work({ signal: over.signal, untilMs: performance.now() + msMax })
  } finally {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', end)
    end()
  }
}
