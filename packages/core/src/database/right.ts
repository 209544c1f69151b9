import type { AppRole } from './app-roles.ts'
import type { Database } from './tables.gen.ts'

/** A table of the application's. */
export type Table = keyof Database
type Column<Name extends Table> = keyof Database[Name] & string

/** What a role may do with the rows of a table. Where columns are listed, with these alone. */
export type Right<Name extends Table> = {
  readonly select?: true | readonly Column<Name>[]
  readonly insert?: true
  readonly update?: true | readonly Column<Name>[]
  readonly delete?: true
  /**
   * Who locks a row must be allowed to change something of it. Of rows that are only locked it is the key: others refer to it or a
   * constraint fixes it.
   */
  readonly lock?: Column<Name>
  /** To analyze it (PostgreSQL 17 and later): after many rows were staged the planner must know of them. */
  readonly maintain?: true
}

export const read = { select: true } as const
export const readAndAdd = { ...read, insert: true } as const
export const forget = { delete: true } as const
export const addAndForget = { ...readAndAdd, ...forget } as const

/** What each role may do with a table; a role that is not named may do nothing. */
export type RightsOf<Name extends Table> = { readonly [Role in AppRole]?: Right<Name> }
