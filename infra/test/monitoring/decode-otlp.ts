import { spawnSync } from 'node:child_process'

export type Span = {
  readonly service: string
  readonly name: string
  readonly trace: string
  readonly span: string
  readonly parent: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Debian's package python3-opentelemetry-proto. */
export const hasOtlp =
  spawnSync('/usr/bin/python3', ['-c', 'import opentelemetry.proto.trace.v1.trace_pb2']).status === 0

/** Reads OTLP by the classes that OpenTelemetry generates from its own definition. */
const decoder = `
import sys, json, struct
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
data = sys.stdin.buffer.read()
at = 0
while at < len(data):
    size = struct.unpack_from('>I', data, at)[0]
    request = ExportTraceServiceRequest()
    request.ParseFromString(data[at + 4:at + 4 + size])
    at += 4 + size
    for resource in request.resource_spans:
        of = {a.key: a.value.string_value for a in resource.resource.attributes}
        for scope in resource.scope_spans:
            for s in scope.spans:
                assert 0 < s.start_time_unix_nano <= s.end_time_unix_nano
                value = lambda v: v.string_value or str(v.int_value)
                print(json.dumps({'service': of['service.name'], 'name': s.name, 'trace': s.trace_id.hex(), 'span': s.span_id.hex(),
                    'parent': s.parent_span_id.hex(), 'attributes': {a.key: value(a.value) for a in s.attributes}}))
`

export function decodeOtlp(bodies: readonly Buffer[]): readonly Span[] {
  const framed = bodies.map((body) => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length)
    return Buffer.concat([size, body])
  })
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', decoder], {
    input: Buffer.concat(framed),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Span => JSON.parse(line))
}
