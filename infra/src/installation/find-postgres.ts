import { existsSync } from 'node:fs'

/** Where Debian and its kin, and the packages of the project itself for others, install it. */
const folders = ['/usr/lib/postgresql/17', '/usr/pgsql-17']

/** The folder of an installed PostgreSQL 17, whose programs are in `bin`. */
export function findPostgres17(): string | undefined {
  return folders.find((folder) => existsSync(`${folder}/bin/postgres`))
}
