/** Attempts at one request, the first included. */
const ATTEMPTS_MAX = 5
/** The pause doubles from the first to the longest. Milliseconds. */
const FIRST_PAUSE_MS = 50
const PAUSE_MS_MAX = 2_000
const MS_PER_SECOND = 1_000

/** Repeating one of these does what sending it once does (RFC 9110 §9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])
/** With these the API says that nothing was done, whatever the method. */
const nothingDoneCodes: ReadonlySet<unknown> = new Set(['try_again', 'request_timeout'])

/**
 * `fetch` that repeats what is safe to repeat: an idempotent request after a failure of the network or a 503, any request after
 * an answer which says that nothing was done. An order whose answer was lost is not repeated: it may have been taken.
 */
export async function fetchWithRepeats(request: Request): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === ATTEMPTS_MAX
    // A request's body is read once; the next attempt needs its own.
    const outcome = await attemptOnce(request.clone())
    if (isLast || !(await isRepeatable(request, outcome))) {
      if (outcome instanceof Response) return outcome
      throw outcome.failure
    }
    await pause(pauseMs(attempt, outcome), request.signal)
  }
}

type Outcome = Response | { readonly failure: unknown }

async function attemptOnce(request: Request): Promise<Outcome> {
  try {
    return await fetch(request)
  } catch (failure) {
    return { failure }
  }
}

async function isRepeatable({ method, signal }: Request, outcome: Outcome): Promise<boolean> {
  const isIdempotent = idempotentMethods.has(method)
  if (!(outcome instanceof Response)) return isIdempotent && !signal.aborted
  if (outcome.status === 503 && isIdempotent) return true
  return (
    (outcome.status === 503 || outcome.status === 408) && nothingDoneCodes.has(await codeOf(outcome.clone()))
  )
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined)
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
}

/** As long as the answer asks for, else twice as long as before; shorter by chance, so that clients do not return together. */
function pauseMs(attempt: number, outcome: Outcome): number {
  const asked = outcome instanceof Response ? Number(outcome.headers.get('retry-after')) : 0
  if (asked > 0) return Math.min(asked * MS_PER_SECOND, PAUSE_MS_MAX)
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), PAUSE_MS_MAX) * (0.5 + Math.random() / 2)
}

/** Rejects with the signal's reason when that is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
