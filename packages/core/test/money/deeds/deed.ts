import type { ConstraintName } from '../../../src/database/tables.gen.ts'

/**
 * What a careless caller would write, in plain SQL: each deed breaks one promise about money, and is refused by its keeper as
 * long as that stands. Where the world has nothing to do it to, it does nothing.
 */
export type Deed = {
  readonly keeper: ConstraintName
  readonly table: string
  /** Others that would refuse it too; away with them where this keeper alone is to be seen. */
  readonly backstops?: readonly (readonly [table: string, keeper: ConstraintName])[]
  readonly statements: readonly string[]
  /** What falls without the keeper, where that is not an invariant: a use case that names it as its arbiter fails at once. */
  readonly fall?: string
}

/** A deed by name: keepers of two tables have one name. */
export const nameOf = ({ table, keeper }: Deed): string => `${table}: ${keeper}`
