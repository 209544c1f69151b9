import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import type { AppUrls } from '@droplock/core/database/rights'
import { newId } from '@droplock/core/new-id'
import { type AppOrder, type Apps, demoApps } from '../environment/apps.ts'
import type { Output } from '../launch/output.ts'
import { makeRoles } from '../postgres/cluster.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'

type World = { readonly ctx: Context; readonly urls: AppUrls; readonly apps: Apps }

/**
 * Starts a database, migrated, with the roles of the apps, and beside it the apps that need none. What is started is handed to `cleanup` at once, so that
 * nothing is left when the rest does not start. Rejects then, or when `stop` aborts.
 */
export async function startWorld(
  cleanup: AsyncDisposableStack,
  first: readonly AppOrder[],
  output: Output,
  stop: AbortSignal,
): Promise<World> {
  const starting = startTemporaryPostgres()
  cleanup.defer(() =>
    starting.then(
      (started) => started.stop(),
      () => undefined,
    ),
  )
  const apps = demoApps(output, stop)
  // The apps end before the database: disposal goes backwards.
  cleanup.defer(() => apps.stop())
  const [postgres] = await Promise.all([starting, apps.start(first)])
  await migrate(postgres.url)
  const urls = await makeRoles(postgres.url)
  const db = openDatabase({ url: postgres.url, connectionsMax: 4, applicationName: 'droplock-demo' })
  cleanup.defer(() => db.destroy())
  return { ctx: { db, newId }, urls, apps }
}
