import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

/** Without `startTracing` its spans are nothing, and cost nothing. */
const tracer = trace.getTracer('droplock')

const ofHeaders = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
}

/**
 * Runs a request that came from outside in a span of its own, which continues the trace that its `traceparent` names (W3C Trace
 * Context). `work` gives it its name when that is known.
 */
export function inRequestSpan(headers: Headers, work: (span: Span) => Promise<void>): Promise<void> {
  const from = propagation.extract(ROOT_CONTEXT, headers, ofHeaders)
  return tracer.startActiveSpan('request', { kind: SpanKind.SERVER }, from, (span) => ending(span, work))
}

/** Runs a piece of background work in a span with which a trace begins. */
export function inRootSpan<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes, root: true }, (span) =>
    ending(span, work),
  )
}

async function ending<Result>(span: Span, work: (span: Span) => Promise<Result>): Promise<Result> {
  try {
    return await work(span)
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) })
    throw error
  } finally {
    span.end()
  }
}

/** Says of a request's span what was asked and answered, by OpenTelemetry's conventions for HTTP. */
export function describeRequest(
  span: Span,
  {
    method,
    route,
    path,
    status,
  }: { readonly method: string; readonly route: string; readonly path: string; readonly status: number },
): void {
  if (!span.isRecording()) return
  span.updateName(`${method} ${route}`)
  span.setAttributes({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'url.path': path,
  })
  if (status >= SERVER_FAULT) span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The first status that says that the server is at fault. RFC 9110 §15.6. */
const SERVER_FAULT = 500

/** Records what another system was asked and has answered already. Times are those of `performance.now()`, in milliseconds. */
export function recordExchange(
  name: string,
  attributes: Attributes,
  { startMs, endMs, failed }: { readonly startMs: number; readonly endMs: number; readonly failed: boolean },
): void {
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: startMs })
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(endMs)
}

/** The headers by which another process continues the running trace; none where nothing is traced. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  propagation.inject(context.active(), headers)
  return headers
}

/** The id of the span's trace, if it is kept: for log lines. */
export function traceIdOf(span: Span): string | undefined {
  return span.isRecording() ? span.spanContext().traceId : undefined
}

/** The kind of an error and not its text, which may contain what a caller sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'error'
}
