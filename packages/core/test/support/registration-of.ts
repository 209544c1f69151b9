import type { Context } from '../../src/context.ts'

/** The id of the registration that a backorder became. */
export async function registrationOf({ db }: Pick<Context, 'db'>, backorderId: string): Promise<string> {
  const { id } = await db
    .selectFrom('registration')
    .select('id')
    .where('backorder_id', '=', backorderId)
    .executeTakeFirstOrThrow()
  return id
}
