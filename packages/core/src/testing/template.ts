import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { type AppRole, appRoles, ofEachApp } from '../database/app-roles.ts'
import { migrate } from '../database/migrate.ts'
import { createRoles, nameOfRole } from '../database/roles.ts'
import { databaseOn, onServer } from './server.ts'
import { watchMachines } from './watch-machines.ts'

/** Everything that a test run creates on the server is named `droplock_<prefix>_…`, so that runs can share a server. */
export type Template = {
  readonly serverUrl: string
  readonly prefix: string
  readonly name: string
  /** The passwords of the apps' roles, which all its databases share. */
  readonly passwords: Readonly<Record<AppRole, string>>
}

declare module 'vitest' {
  interface ProvidedContext {
    template: Template
  }
}

/** Creates the run's template, a migrated database that is cloned for tests. In it a state can only change as its machine allows. */
export async function makeTemplate(serverUrl: string, prefix: string): Promise<Template> {
  const passwords = ofEachApp(() => randomUUID())
  const template = { serverUrl, prefix, name: `${nameIn(prefix)}template`, passwords }
  await dropAll(template)
  await onServer(serverUrl, (client) => client.query(`create database ${template.name}`))
  const url = databaseOn(serverUrl, template.name)
  await migrate(url)
  await createRoles(url, { prefix, passwords, renewPasswords: true })
  await onServer(url, watchMachines)
  return template
}

/** The beginning of every name on the server. */
export function nameIn(prefix: string): string {
  return `droplock_${prefix}_`
}

/** Drops the template, every clone that a test left behind, and the roles. */
export async function dropAll({ serverUrl, prefix }: Template): Promise<void> {
  await onServer(serverUrl, async (client: Client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where datname ^@ $1 order by datname',
      [nameIn(prefix)],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
    for (const app of appRoles) await client.query(`drop role if exists ${nameOfRole(prefix, app)}`)
  })
}
