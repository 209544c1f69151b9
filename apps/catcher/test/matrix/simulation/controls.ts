import type { Statement } from '@droplock/core/testing/simulated-connections'
import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import type { PostgresQueryResult } from 'kysely'
import type { Drive } from '../../../src/drive/drive.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import type { SimulatedProcess } from './process.ts'
import type { Line } from './sending.ts'

/** A protection that is taken away, by what surrounds the product. */
export type Control = {
  readonly name: string
  readonly instead?: (statement: Statement, process: SimulatedProcess) => PostgresQueryResult<unknown> | undefined
  readonly committed?: (texts: readonly string[], server: SimulatedServer) => void
  readonly drive?: (process: SimulatedProcess, time: VirtualTime) => Partial<Drive>
  readonly sent?: (octets: Buffer | string, line: Line) => Buffer | string | undefined
}
