import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Redirect, useParams, useSearch } from 'wouter'
import { type BackorderDetail, useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { chosenIn } from './chosen.ts'
import { ExpiredOrder } from './ExpiredOrder.tsx'
import { PendingOrder } from './PendingOrder.tsx'
import { backorderQuery } from './queries.ts'
import { SecuredOrder } from './SecuredOrder.tsx'

/** A payment may arrive at any moment. Milliseconds. */
const READ_AGAIN_MS = 5_000

/** `/orders/:id/pay`: an order that waits for its payment, until it is secured or has lapsed. */
export function PayPage() {
  const { viewer } = useViewing()
  return viewer === null ? <SignInFirst /> : <Pay />
}

function Pay() {
  const { id = '' } = useParams()
  const href = useHref()
  const chosen = chosenIn(useSearch())
  const { data, error, refetch } = useQuery({
    ...backorderQuery(useApi(), id),
    refetchInterval: ({ state: { data: read } }) =>
      read !== undefined && isUndecided(read) ? READ_AGAIN_MS : false,
  })
  // What was read stays while the service cannot be reached: the next reading may succeed.
  if (data === undefined)
    return error === null ? (
      <Skeleton height={300} />
    ) : (
      <Problem error={error} onAgain={() => void refetch()} />
    )
  switch (data.state) {
    case 'pending_payment':
      return <PendingOrder order={data} chosen={chosen} onPaid={() => void refetch()} />
    case 'backordered':
      return <SecuredOrder order={data} chosen={chosen} />
    case 'expired':
      return <ExpiredOrder order={data} chosen={chosen} />
    default:
      return <Redirect to={href(`/orders/${id}`)} replace />
  }
}

/** Whether something may still change: an order waits for its payment, or a payment of one that has expired for its refund. */
function isUndecided({ state, payments, refunds }: BackorderDetail): boolean {
  if (state === 'pending_payment') return true
  return (
    state === 'expired' && payments.filter((payment) => payment.state !== 'canceled').length > refunds.length
  )
}
