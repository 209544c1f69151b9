import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('droplock.database')

/**
 * Runs a statement as a span below the running one, with its text and never with its values. Where nothing is traced, or the statement
 * belongs to no traced work, it costs nothing. Attributes by OpenTelemetry's conventions for databases.
 */
export async function traceStatement<Result>(text: string, run: () => Promise<Result>): Promise<Result> {
  if (trace.getActiveSpan()?.isRecording() !== true) return run()
  const operation = text.trimStart().split(/\s/, 1)[0]?.toUpperCase() ?? ''
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation,
    'db.query.text': text,
  }
  const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes })
  try {
    return await run()
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none'
    span.setAttribute('db.response.status_code', code)
    throw error
  } finally {
    span.end()
  }
}
