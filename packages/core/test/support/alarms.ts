import type { Context } from '../../src/context.ts'

/** The open alarms, as `kind subject`. */
export async function openAlarms({ db }: Pick<Context, 'db'>): Promise<readonly string[]> {
  const alarms = await db
    .selectFrom('alarm')
    .select(['kind', 'subject'])
    .where('closed_at', 'is', null)
    .orderBy('kind')
    .execute()
  return alarms.map(({ kind, subject }) => `${kind} ${subject}`)
}
