import type { AssignedPort } from './assign-ports.ts'
import type { Output } from './output.ts'

export type SeedContext = {
  readonly databaseUrl: string
  /** Only an embedded database, or one with DROPLOCK_DEMO=1 and simulated registries alone, is ever seeded. */
  readonly isEmbedded: boolean
  readonly ports: readonly AssignedPort[]
  readonly output: Output
}

/** Variables that apps need to work with what was seeded, such as the passwords of registry accounts. */
export type SeededEnvironment = Readonly<Record<string, string>>

/** The place where the demo's registries, zones and resellers are put in. */
export async function seed(_context: SeedContext): Promise<SeededEnvironment> {
  return {}
}
