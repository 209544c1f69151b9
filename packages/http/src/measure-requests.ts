import type { Metrics } from '@droplock/observability/metrics'

export type Answered = {
  readonly method: string
  /** The template of its path, `*` where none fits: strangers choose paths, and not templates. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** Others are strangers' inventions. RFC 9110 §9, RFC 5789. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Returns what notes each answered request. */
export function measureRequests(metrics: Metrics): (answered: Answered) => void {
  const note = metrics.durations({
    name: 'http_request_duration_seconds',
    help: 'From the request to the start of its answer.',
    labels: ['method', 'route', 'status'],
  })
  return ({ method, route, status, seconds }) =>
    note({ method: methods.has(method) ? method : 'other', route, status: String(status) }, seconds)
}
