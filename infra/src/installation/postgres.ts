import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { Client, type QueryResultRow } from 'pg'

/** Where Debian and its kin, and the packages of the project itself for others, install it. */
const folders = ['/usr/lib/postgresql/17', '/usr/pgsql-17']

/** The folder of an installed PostgreSQL 17, whose programs are in `bin`. */
export function findPostgres17(): string | undefined {
  return folders.find((folder) => existsSync(`${folder}/bin/postgres`))
}

/**
 * What the administrator of the server does first, as with `createuser` and `createdb`: a login that is no superuser, and an empty
 * database of the same name that it owns. Returns its URL.
 */
export async function makeDatabase(superuserUrl: string, login: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  await ask(superuserUrl, `create role ${login} login createrole password '${password}'`)
  await ask(superuserUrl, `create database ${login} owner ${login}`)
  const url = new URL(superuserUrl)
  url.username = login
  url.password = password
  url.pathname = `/${login}`
  return url.href
}

/**
 * Another database on the same server with the data of the first, as a backup that is restored has it: no logins and no settings come with
 * it. Nobody may be connected to the first. Returns its URL.
 */
export async function restoreElsewhere(superuserUrl: string, databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl)
  const [from, to] = [url.pathname.slice(1), 'restored']
  await ask(superuserUrl, `create database ${to} template ${from} owner ${url.username}`)
  url.pathname = `/${to}`
  return url.href
}

/** The rows of one statement, over a connection of its own. */
export async function ask<Row extends QueryResultRow>(
  url: string,
  statement: string,
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
