import type { Context } from '@droplock/core/context'
import type { AppUrls } from '@droplock/core/database/rights'
import type { Apps } from '../environment/apps.ts'

/** How a burst of drops goes. */
export type BurstRule = {
  /** Names that drop. */
  readonly names: number
  readonly namesPerSecond: number
  /** A deliberate fault: for so long from the first drop on, nothing can be settled. 0 for none. */
  readonly stallMs: number
}

/** What is there before a scenario prepares its own: an empty, migrated database. */
export type World = {
  readonly ctx: Context
  /** As its owner. */
  readonly databaseUrl: string
  readonly urls: AppUrls
  readonly apps: Apps
  /** For certificates and the journal; gone afterwards. */
  readonly folder: string
  readonly burst: BurstRule
  readonly stop: AbortSignal
  /** A word for a person. */
  readonly say: (line: string) => void
  /** Runs when the script has ended, before the apps are stopped. */
  readonly defer: (end: () => void | Promise<void>) => void
}

/** Starts the apps a scenario needs and seeds its data. Resolves with what its script has to be told. */
export type Prepare = (world: World) => Promise<Readonly<Record<string, string>>>

export const host = '127.0.0.1'
/** Our login at a simulated registry. */
export const clid = 'droplock'

/** The zones of the generated lists. */
export const zones = ['com', 'net', 'org', 'info', 'xyz', 'shop', 'app'] as const
