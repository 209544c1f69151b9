import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations')

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/

/** The migrations of a folder, in order. Throws on a file that is not NNNN_name.sql, and on a number used twice. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder).toSorted()
  const numbers = names.map((name) => {
    const number = fileName.exec(name)?.[1]
    if (number === undefined) throw new Error(`${name} is not named like a migration: NNNN_what_it_does.sql`)
    return number
  })
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index)
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice}`)
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}
