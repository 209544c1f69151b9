import type { Client } from 'pg'
import { migrate } from '../database/migrate.ts'
import { databaseOn, onServer } from './server.ts'
import { watchMachines } from './watch-machines.ts'

/** Everything a test run makes on the server starts with its own prefix, so that runs can share a server. */
export type Template = { readonly serverUrl: string; readonly prefix: string; readonly name: string }

declare module 'vitest' {
  interface ProvidedContext {
    template: Template
  }
}

/** Makes the run's template: a migrated database that nobody connects to, cloned for tests. No test writes a state but by its machine. */
export async function makeTemplate(serverUrl: string, prefix: string): Promise<Template> {
  const template = { serverUrl, prefix, name: `${prefix}_template` }
  await dropDatabases(template)
  await onServer(serverUrl, (client) => client.query(`create database ${template.name}`))
  await migrate(databaseOn(serverUrl, template.name))
  await onServer(databaseOn(serverUrl, template.name), watchMachines)
  return template
}

/** Drops the template and every clone a test left behind. */
export async function dropDatabases({ serverUrl, prefix }: Template): Promise<void> {
  await onServer(serverUrl, async (client: Client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datname ^@ ($1 || '_') order by datname",
      [prefix],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  })
}
