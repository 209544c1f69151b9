import { sql } from 'kysely'

const MARK = '/* prepared */'

/**
 * Stands in a statement, or in a part of one, that is to be prepared once per connection: where planning is most of its time, its texts
 * are few, and one plan fits all its values.
 */
export const prepared = sql.raw(MARK)

/** Whether a statement says that it is to be prepared. */
export function isPrepared(text: string): boolean {
  return text.includes(MARK)
}
