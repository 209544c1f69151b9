import type { ConstraintName } from '../../../src/database/tables.gen.ts'

/**
 * A faulty write in plain SQL. It breaks one guarantee about money and is refused while the constraint exists. Where there is no
 * row to write to, it does nothing.
 */
export type Violation = {
  readonly constraint: ConstraintName
  readonly table: string
  /** Other constraints that would refuse it too. They are dropped where this one is tested alone. */
  readonly backstops?: readonly (readonly [table: string, constraint: ConstraintName])[]
  readonly statements: readonly string[]
  /** What fails without the constraint where no invariant does: a use case whose `on conflict` names it fails at once. */
  readonly fall?: string
}

/** With the table: constraints of two tables may have the same name. */
export const nameOf = ({ table, constraint }: Violation): string => `${table}: ${constraint}`
