import { join } from 'node:path'
import { openDatabase } from '@droplock/core/database/connect'
import { dumpSchema } from '@droplock/core/database/dump-schema'
import { generateTables } from '@droplock/core/database/generate-tables'
import { migrate } from '@droplock/core/database/migrate'
import { renderAllMachines } from '@droplock/rules/machines/render'
import { repositoryRoot } from '../paths.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'

/** A committed file that is derived from something else. */
type GeneratedFile = { readonly path: string; readonly text: string }

/** The golden schema and the table types, from a migrated database. */
async function schemaFiles(url: string): Promise<readonly GeneratedFile[]> {
  const db = openDatabase({ url, connectionsMax: 1, applicationName: 'droplock-generate' })
  try {
    const core = join(repositoryRoot, 'packages', 'core')
    return [
      { path: join(core, 'schema.sql'), text: await dumpSchema(db) },
      { path: join(core, 'src', 'database', 'tables.gen.ts'), text: await generateTables(db) },
    ]
  } finally {
    await db.destroy()
  }
}

/** All derived files as they should be now, from a fresh embedded database: another release may print definitions otherwise. */
export async function generateFiles(): Promise<readonly GeneratedFile[]> {
  const postgres = await startTemporaryPostgres()
  try {
    await migrate(postgres.url)
    return await derivedFiles(postgres.url)
  } finally {
    await postgres.stop()
  }
}

/** The same from a migrated, embedded database that is there. */
export async function derivedFiles(url: string): Promise<readonly GeneratedFile[]> {
  return [
    ...(await schemaFiles(url)),
    // `rules` is pure, so its page is written from here.
    { path: join(repositoryRoot, 'docs', 'state-machines.md'), text: renderAllMachines() },
  ]
}
