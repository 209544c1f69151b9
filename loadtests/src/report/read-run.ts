import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecondRow } from '../run/record-seconds.ts'
import type { GeneratorFacts } from '../run/watch-generator.ts'
import type { Notification } from '../side-car/figures.ts'
import type { Usage } from '../side-car/watch-processes.ts'
import { readSamples } from './read-samples.ts'

/** What the runner knows of a run; see `infra/src/loadtest/run-loadtest.ts`. */
export type Run = {
  readonly loadtest: string
  /** Of `steady`, where it is not that of a day. */
  readonly mix?: string
  readonly engine: 'k6' | 'stand-in'
  readonly startedAt: string
  readonly rule: Readonly<Record<string, number>>
  readonly machine: {
    readonly cores: number
    readonly processor: string
    readonly memoryGb: number
    readonly node: string
  }
}

export type Metric = {
  readonly type: string
  readonly values: Readonly<Record<string, number>>
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
}

/** What became of a name at the simulated registry: the creates that reached it, and who has the name. */
export type NameTruth = {
  readonly name: string
  readonly releasedAt: string | null
  readonly winner: { readonly clID: string; readonly crDate: string } | null
  readonly arrivals: readonly { readonly at: string; readonly clID: string }[]
}

/** Everything that a run leaves in its folder. What a scenario does not have is empty. */
export type RunData = {
  readonly run: Run
  readonly metrics: Readonly<Record<string, Metric>>
  /** Of the stand-in only. */
  readonly generator: GeneratorFacts | undefined
  readonly seconds: readonly SecondRow[]
  readonly resources: readonly Usage[]
  readonly notifications: readonly Notification[]
  readonly truth: readonly NameTruth[]
}

/** Reads the folder of a run. Throws when it has no run, or no summary because the script did not end. */
export async function readRun(folder: string): Promise<RunData> {
  const { metrics, generator } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))
  const samples = join(folder, 'samples.json.gz')
  return {
    run: JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')),
    metrics,
    generator,
    seconds: existsSync(samples) ? await readSamples(samples) : lines(folder, 'seconds.jsonl'),
    resources: lines(folder, 'resources.jsonl'),
    notifications: lines(folder, 'notifications.jsonl'),
    truth: lines(folder, 'truth.jsonl'),
  }
}

function lines<Line>(folder: string, name: string): readonly Line[] {
  const path = join(folder, name)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))
}
