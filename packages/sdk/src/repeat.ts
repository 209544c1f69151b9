/** Attempts at one request, the first included. */
const ATTEMPTS_MAX = 5
/** The pause doubles from the first to the longest. Milliseconds. */
const FIRST_PAUSE_MS = 50
const PAUSE_MS_MAX = 2_000
const MS_PER_SECOND = 1_000

/** A POST under a key is done once, however often it is sent. */
export const KEY_HEADER = 'Idempotency-Key'
/** Repeating one of these does what sending it once does (RFC 9110 §9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])
/** With these the API says that nothing was done, whatever the method; or that the first request under the key is still running. */
const passingCodes: ReadonlySet<unknown> = new Set(['try_again', 'request_timeout', 'request_in_progress'])
const passingStatuses: ReadonlySet<number> = new Set([408, 409, 503])

/**
 * `fetch` that repeats what is safe to repeat: an idempotent request, or one under an Idempotency-Key, after a failure of the network or
 * a 503; any request after an answer which says that nothing was done. The answer to an order that was lost is given again.
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

async function isRepeatable({ method, headers, signal }: Request, outcome: Outcome): Promise<boolean> {
  const isIdempotent = idempotentMethods.has(method) || headers.has(KEY_HEADER)
  if (!(outcome instanceof Response)) return isIdempotent && !signal.aborted
  if (outcome.status === 503 && isIdempotent) return true
  return passingStatuses.has(outcome.status) && passingCodes.has((await problemIn(outcome)).code)
}

/** Whether a refusal may have passed a little later: `retryable` of the problem, or a server or proxy that is being restarted. */
export async function isPassing(response: Response): Promise<boolean> {
  return response.status >= 500 || (await problemIn(response)).retryable === true
}

/** What of a problem decides whether a request is repeated; nothing where the body is none. The response can still be read. */
async function problemIn(
  response: Response,
): Promise<{ readonly code?: unknown; readonly retryable?: unknown }> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return typeof body === 'object' && body !== null ? body : {}
}

/** As long as the answer asks for, else twice as long as before; shorter by chance, so that clients do not return together. */
function pauseMs(attempt: number, outcome: Outcome): number {
  const asked = outcome instanceof Response ? Number(outcome.headers.get('retry-after')) : 0
  if (asked > 0) return Math.min(asked * MS_PER_SECOND, PAUSE_MS_MAX)
  return backOffMs(attempt, FIRST_PAUSE_MS, PAUSE_MS_MAX)
}

/** The pause after so many attempts: it doubles from the first to the longest, and is shorter by chance. Milliseconds. */
export function backOffMs(attempts: number, first: number, longest: number): number {
  return Math.min(first * 2 ** (attempts - 1), longest) * (0.5 + Math.random() / 2)
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
