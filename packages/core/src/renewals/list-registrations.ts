import type { RegistrationState } from '@droplock/rules/registrations/held'
import { type OperatorContext, requirePermission, rowsOf } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import {
  inRegistrationState,
  type RegistrationView,
  selectRegistrations,
  toRegistrationView,
} from '../registrations/read.ts'
import { type RenewalView, selectRenewals, toRenewalView } from './read.ts'

/** A registration with its renewals, the newest first. */
type RegistrationWithRenewals = RegistrationView & { readonly renewals: readonly RenewalView[] }

type ListAccountRegistrations = Paging & {
  readonly accountId: string
  /** The beginning of the name. */
  readonly q?: string | undefined
  readonly state?: RegistrationState | undefined
}

/** The registrations of an account for operators, newest first. Throws Refusal('forbidden'). */
export async function listAccountRegistrations(
  ctx: OperatorContext,
  { accountId, q, state, ...page }: ListAccountRegistrations,
): Promise<Listed<RegistrationWithRenewals>> {
  requirePermission(ctx, 'money:read')
  const whose = rowsOf(ctx, accountId)
  let select = selectRegistrations(whose).orderBy('id', 'desc')
  if (q !== undefined) select = select.where('name', 'like', `${escapeLike(q.toLowerCase())}%`)
  if (state !== undefined) select = select.where(inRegistrationState[state])
  const { items, ...counts } = await readListed(ctx.db, select, page, toRegistrationView)
  const ids = items.map(({ id }) => id)
  const renewals =
    ids.length === 0
      ? []
      : await selectRenewals(whose)
          .where('renewal.registration_id', 'in', ids)
          .orderBy('renewal.id', 'desc')
          .execute()
  const byRegistration = Map.groupBy(renewals.map(toRenewalView), ({ registrationId }) => registrationId)
  return { items: items.map((item) => ({ ...item, renewals: byRegistration.get(item.id) ?? [] })), ...counts }
}
