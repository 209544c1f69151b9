import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from './logger.ts'

/** Where traces end after this, whoever is away. Milliseconds. */
const EXPORT_MS_MAX = 5_000

/** How often a collector that is away is logged. Milliseconds. */
const COMPLAIN_EVERY_MS = 60_000

type TracingOptions = {
  /** The app whose spans these are: `gateway`, `worker`, … */
  readonly app: string
  /** Where the collector listens by OTLP over HTTP, without `/v1/traces`. If absent, nothing is traced. */
  readonly endpoint: string | undefined
  /** The share of traces that are kept, from 0 to 1. A trace is kept in all processes or in none. */
  readonly ratio: number
  readonly logger: Logger
}

export type Tracing = {
  /** Sends what is waiting to the collector. Resolves within seconds also when it is away. */
  readonly close: () => Promise<void>
}

/**
 * Sends the spans of this process to a collector (OTLP, protobuf over HTTP). Spans that the collector does not take in time are
 * dropped: no work waits for them. Whether a trace is kept is decided by its id alone, and not by what a caller asks for.
 */
export function startTracing({ app, endpoint, ratio, logger }: TracingOptions): Tracing {
  if (endpoint === undefined) return { close: async () => undefined }
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS_MAX })
  const processor = new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_MS_MAX })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `droplock-${app}`, 'service.namespace': 'droplock' }),
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: [processor],
  })
  setGlobalErrorHandler(complainBy(logger))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  logger.info({ url, ratio }, 'traces are sent')
  return {
    close: () =>
      provider.shutdown().catch((error: unknown) => logger.warn({ err: error }, 'traces were lost')),
  }
}

function complainBy(logger: Logger): (error: unknown) => void {
  let complainedAtMs = -Infinity
  return (error) => {
    if (performance.now() - complainedAtMs < COMPLAIN_EVERY_MS) return
    complainedAtMs = performance.now()
    logger.warn({ err: error }, 'the collector does not take traces')
  }
}
