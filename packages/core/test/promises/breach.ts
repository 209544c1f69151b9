import type { ConstraintName } from '../../src/database/tables.gen.ts'
import type { Scene } from './scene.ts'

/** A promise of the schema, and a deed that breaks it: refused while the promise stands, done once it is dropped. */
export type Breach = {
  readonly table: string
  /** The constraint, unique index or trigger in the catalog. */
  readonly keeper: ConstraintName
  /** The name it refuses by, where one trigger says several. */
  readonly refusesAs?: ConstraintName
  /** What is true as long as the keeper stands: the test's name. */
  readonly promise: string
  /** Other keepers that would stop the same deed; dropped beforehand, so that this one alone is seen at work. */
  readonly backstops?: readonly (readonly [table: string, keeper: ConstraintName])[]
  readonly deed: (scene: Scene) => Promise<unknown>
}
