import './orders.css'
import { useParams } from 'wouter'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { useViewing } from '../viewing.tsx'
import { CasePage } from './CasePage.tsx'
import { LiveOrders } from './live/LiveOrders.tsx'
import { OrdersPage } from './OrdersPage.tsx'

/** The list of orders and the case of each, with one stream of events for both. */
export function OrdersArea() {
  const { id } = useParams()
  const { viewer } = useViewing()
  if (viewer === null) return <SignInFirst />
  return <LiveOrders>{id === undefined ? <OrdersPage /> : <CasePage key={id} id={id} />}</LiveOrders>
}
