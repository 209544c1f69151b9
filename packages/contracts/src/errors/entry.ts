/** What is published about a refusal code. A published code never changes its meaning. */
export type ErrorEntry = {
  readonly status:
    | 400
    | 401
    | 402
    | 403
    | 404
    | 405
    | 408
    | 409
    | 410
    | 412
    | 413
    | 415
    | 416
    | 422
    | 428
    | 429
    | 500
    | 503
  readonly title: string
  /** Whether the same request, unchanged, may succeed a little later. */
  readonly retryable: boolean
  /** What it means, and what the caller can do. */
  readonly doc: string
}

/** A refusal that repeating the same request does not change. */
export function entry(status: ErrorEntry['status'], title: string, doc: string): ErrorEntry {
  return { status, title, retryable: false, doc }
}

/** A refusal that may have passed a little later. */
export function passing(status: ErrorEntry['status'], title: string, doc: string): ErrorEntry {
  return { status, title, retryable: true, doc }
}
