import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { recordSeconds, type SecondRow } from '../run/record-seconds.ts'
import type { MetricType } from '../run/sinks.ts'

/** A line of `k6 run --out json`: a metric when it first comes, and each of its samples. */
type Line =
  | { readonly type: 'Metric'; readonly metric: string; readonly data: { readonly type: MetricType } }
  | {
      readonly type: 'Point'
      readonly metric: string
      readonly data: {
        readonly time: string
        readonly value: number
        readonly tags: Readonly<Record<string, string>> | null
      }
    }

/** The samples that k6 wrote, summed up by second as the stand-in does it while it runs. */
export async function readSamples(path: string): Promise<readonly SecondRow[]> {
  const rows: SecondRow[] = []
  const recorder = recordSeconds((row) => rows.push(row))
  const types = new Map<string, MetricType>()
  const input = createReadStream(path).pipe(createGunzip())
  for await (const text of createInterface({ input })) {
    const line: Line = JSON.parse(text)
    if (line.type === 'Metric') {
      types.set(line.metric, line.data.type)
      continue
    }
    const type = types.get(line.metric)
    if (type === undefined) continue
    const { time, value, tags } = line.data
    recorder.record(Date.parse(time), { metric: line.metric, type, value, tags: tags ?? {} })
  }
  recorder.end()
  return rows
}
