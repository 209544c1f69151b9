import { z } from 'zod'
import { httpUrl } from './values.ts'

/** Names of the OpenTelemetry specification, which operators know from other programs. */
export const tracingSettings = {
  /** The collector, by OTLP over HTTP. Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** `name=value`, separated by commas: what the collector asks for. A secret; the exporter reads it itself. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  /** The share of traces that are kept. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
} as const

type TracingSettings = {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  readonly OTEL_TRACES_SAMPLER_ARG: number
}

export function tracingOf({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: TracingSettings) {
  return { endpoint, ratio }
}
