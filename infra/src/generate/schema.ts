import { join } from 'node:path'
import { openDatabase } from '@droplock/core/database/connect'
import { dumpSchema } from '@droplock/core/database/dump-schema'
import { generateTables } from '@droplock/core/database/generate-tables'
import { migrate } from '@droplock/core/database/migrate'
import { repositoryRoot } from '../paths.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import type { GeneratedFile } from './generated-file.ts'

/** The golden schema and the table types, from a fresh embedded database: another release may print definitions otherwise. */
export async function schemaFiles(): Promise<readonly GeneratedFile[]> {
  const postgres = await startTemporaryPostgres()
  try {
    await migrate(postgres.url)
    const db = openDatabase({ url: postgres.url, connectionsMax: 1, applicationName: 'droplock-generate' })
    const core = join(repositoryRoot, 'packages', 'core')
    const files = [
      { path: join(core, 'schema.sql'), text: await dumpSchema(db) },
      { path: join(core, 'src', 'database', 'tables.gen.ts'), text: await generateTables(db) },
    ]
    await db.destroy()
    return files
  } finally {
    await postgres.stop()
  }
}
