import { type RawBuilder, sql } from 'kysely'

/** Whether a listing is shown at all, for every statement that reads `listing` for resellers. Names of a list that is still being published are not. */
export const isListed: RawBuilder<boolean> = sql<boolean>`true`
