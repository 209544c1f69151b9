import type { LiveResource } from '@droplock/rules/changes'
import type { Context } from '../context.ts'

/** Notes that records of a list have changed, where neither an event nor a trigger does: after a sweep, whose statements orders share. */
export async function noteChange({ db }: Context, resource: LiveResource): Promise<void> {
  await db.insertInto('change_notice').values({ resource }).execute()
}
