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

/** The golden schema and the table types, from a fresh embedded database: another release may print definitions otherwise. */
async function schemaFiles(): Promise<readonly GeneratedFile[]> {
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

/** The diagrams of all state machines; `rules` is pure, so the file is written from here. */
async function stateMachineFiles(): Promise<readonly GeneratedFile[]> {
  return [{ path: join(repositoryRoot, 'docs', 'state-machines.md'), text: renderAllMachines() }]
}

/** One function per source. A new derived file (an OpenAPI document, a diagram) is a new line here; the test follows. */
const generators: readonly (() => Promise<readonly GeneratedFile[]>)[] = [schemaFiles, stateMachineFiles]

/** All derived files as they should be now. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = []
  for (const generate of generators) files.push(...(await generate()))
  return files
}
