import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { MigrationRefused, migrate } from '@droplock/core/database/migrate'
import { stateFolder } from '../paths.ts'
import { startPostgres } from '../postgres/start.ts'
import type { AssignedPort } from './assign-ports.ts'
import type { LaunchConfig } from './config.ts'
import type { LaunchedDatabase } from './launch.ts'
import type { Output } from './output.ts'
import { sandboxEnvironment } from './payment-sandbox.ts'
import { seed } from './seed.ts'

/** Out of the way of a server that may be on 5432. */
const firstPort = 54_320
const dataFolder = join(stateFolder, 'postgres')
/** The sandbox provider's books go with the embedded database: what was paid is known to both, or to neither. */
const booksFolder = join(stateFolder, 'payment-sandbox')

/** The given database, or the embedded one: migrated, and seeded where this is a demo. */
export async function openDatabase(
  { databaseUrl, isDemo, mode }: LaunchConfig,
  ports: readonly AssignedPort[],
  output: Output,
): Promise<LaunchedDatabase> {
  const database = databaseUrl === undefined ? await startEmbedded(output) : notOurs(databaseUrl)
  try {
    const applied = await migrate(database.url)
    if (applied.length > 0) output.say(`applied ${applied.join(', ')}`)
    const env = {
      DROPLOCK_EMBEDDED: databaseUrl === undefined ? '1' : '0',
      ...sandboxEnvironment(ports, mode, booksOf(databaseUrl)),
      ...(isDemo && (await seed({ url: database.url, mode }, ports, output))),
    }
    return { ...database, env }
  } catch (error) {
    await database.stop()
    if (databaseUrl === undefined && error instanceof MigrationRefused)
      throw new Error(startAfresh(error), { cause: error })
    throw error
  }
}

/** A database of yours has books of its own, wherever this launcher finds it again. */
function booksOf(databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) return booksFolder
  return `${booksFolder}-${createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16)}`
}

function startAfresh({ message }: MigrationRefused): string {
  return `the embedded database was made by another version (${message}); delete ${dataFolder} and ${booksFolder} to start afresh`
}

/** What we did not start we do not stop. */
function notOurs(url: string) {
  return { url, stop: async () => undefined }
}

async function startEmbedded(output: Output) {
  output.say('starting the embedded PostgreSQL')
  return startPostgres({ dataFolder, port: firstPort, durable: true })
}
