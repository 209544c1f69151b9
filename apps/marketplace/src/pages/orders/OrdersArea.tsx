import './orders.css'
import { Skeleton } from '@mantine/core'
import { Suspense } from 'react'
import { useParams } from 'wouter'
import { later } from '../later.tsx'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { useViewing } from '../viewing.tsx'
import { LiveOrders } from './live/LiveOrders.tsx'

const OrdersPage = later(async () => (await import('./OrdersPage.tsx')).OrdersPage)
const CasePage = later(async () => (await import('./CasePage.tsx')).CasePage)

/** The list of orders and the case of each, with one stream of events for both. */
export function OrdersArea() {
  const { id } = useParams()
  const { viewer } = useViewing()
  if (viewer === null) return <SignInFirst />
  return (
    <LiveOrders>
      <Suspense fallback={<Skeleton height={400} />}>
        {id === undefined ? <OrdersPage /> : <CasePage key={id} id={id} />}
      </Suspense>
    </LiveOrders>
  )
}
