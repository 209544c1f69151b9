import { join } from 'node:path'
import { migrate } from '@droplock/core/database/migrate'
import { stateFolder } from '../paths.ts'
import { startPostgres } from '../postgres/start.ts'
import type { AssignedPort } from './assign-ports.ts'
import type { LaunchedDatabase } from './launch.ts'
import type { Output } from './output.ts'
import { seed } from './seed.ts'

/** Out of the way of a server that may be on 5432. */
const firstPort = 54_320

/** The given database, or the embedded one: migrated and seeded. */
export async function openDatabase(
  given: string | undefined,
  ports: readonly AssignedPort[],
  output: Output,
): Promise<LaunchedDatabase> {
  const database =
    given === undefined ? await startEmbedded(output) : { url: given, stop: async () => undefined }
  try {
    const applied = await migrate(database.url)
    if (applied.length > 0) output.say(`applied ${applied.join(', ')}`)
    const env = await seed({ databaseUrl: database.url, isEmbedded: given === undefined, ports, output })
    return { ...database, env }
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function startEmbedded(output: Output) {
  output.say('starting the embedded PostgreSQL')
  return startPostgres({ dataFolder: join(stateFolder, 'postgres'), port: firstPort, durable: true })
}
