import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ofEachApp } from '@droplock/core/database/app-roles'
import { MigrationRefused, migrate } from '@droplock/core/database/migrate'
import { makeRoles } from '../postgres/cluster.ts'
import { startPostgres } from '../postgres/start.ts'
import { supervisePostgres } from '../postgres/supervise.ts'
import type { LaunchConfig } from './config.ts'
import { seed } from './demo-environment.ts'
import type { LaunchedDatabase } from './launch-record.ts'
import type { Output } from './output.ts'
import { booksIn, outboxEnvironment, pagesEnvironment, sandboxEnvironment } from './sandboxes.ts'
import { openTestWorld } from './test-world.ts'

/** Out of the way of a server that may be on 5432. */
const firstPort = 54_320

/** The given database, or the embedded one: migrated, with a login for each app, and seeded, where this is a demo, once the ports are known. */
export async function openDatabase(config: LaunchConfig, output: Output): Promise<LaunchedDatabase> {
  const { databaseUrl, isDemo, mode, stateFolder } = config
  const database = databaseUrl === undefined ? await startEmbedded(stateFolder, output) : notOurs(databaseUrl)
  try {
    const applied = await migrate(database.url)
    if (applied.length > 0) output.say(`applied ${applied.join(', ')}`)
  } catch (error) {
    await database.stop()
    if (databaseUrl === undefined && error instanceof MigrationRefused)
      throw new Error(startAfresh(error, stateFolder), { cause: error })
    throw error
  }
  const urls =
    databaseUrl === undefined
      ? await makeRoles(database.url)
      : (config.appUrls ?? ofEachApp(() => databaseUrl))
  const prepare: LaunchedDatabase['prepare'] = async (ports) => ({
    DROPLOCK_EMBEDDED: databaseUrl === undefined ? '1' : '0',
    DROPLOCK_AUTH_CODE_SECRET: config.authCodeSecret ?? (await keptKey(stateFolder, 'auth-code')),
    DROPLOCK_WEBHOOK_SECRET_KEY: config.webhookSecretKey ?? (await keptKey(stateFolder, 'webhook')),
    DROPLOCK_STAFF_SECRET_KEY: config.staffSecretKey ?? (await keptKey(stateFolder, 'staff')),
    DROPLOCK_MARKETPLACE_SECRET: await keptKey(stateFolder, 'marketplace'),
    ...pagesEnvironment(ports),
    // In a world that is simulated an endpoint may be a program on the same machine.
    ...(isDemo && { DROPLOCK_WEBHOOK_LOOPBACK: 'on' }),
    ...(config.needsSandbox && sandboxEnvironment(ports, mode, booksIn(stateFolder, databaseUrl))),
    ...outboxEnvironment(ports),
    ...(isDemo && (await seed({ url: database.url, mode, stateFolder }, ports, output))),
  })
  const test = config.test && (await openTestWorld(config.test, { stateFolder, output }))
  return { ...database, urls, prepare, ...(test && { test }) }
}

const dataFolderIn = (stateFolder: string) => join(stateFolder, 'postgres')

function startAfresh({ message }: MigrationRefused, stateFolder: string): string {
  const books = booksIn(stateFolder)
  return `the embedded database was made by another version (${message}); delete ${dataFolderIn(stateFolder)} and ${books} to start afresh`
}

/** What was made by the key of an earlier launch opens in this one. Only its owner can read the file. */
async function keptKey(
  stateFolder: string,
  of: 'auth-code' | 'webhook' | 'staff' | 'marketplace',
): Promise<string> {
  await mkdir(stateFolder, { recursive: true })
  const file = join(stateFolder, `${of}-secret-key`)
  await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  return readFile(file, 'utf8')
}

/** What we did not start we do not stop. */
function notOurs(url: string) {
  return { url, stop: async () => undefined }
}

async function startEmbedded(stateFolder: string, output: Output) {
  output.say('starting the embedded PostgreSQL')
  const dataFolder = dataFolderIn(stateFolder)
  return supervisePostgres(await startPostgres({ dataFolder, port: firstPort, durable: true }), output.say)
}
