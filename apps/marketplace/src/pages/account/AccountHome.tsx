import { Redirect } from 'wouter'
import { useHref } from '../viewing.tsx'

/** `/account` is its first part. */
export function AccountHome() {
  const href = useHref()
  return <Redirect to={href('/account/balance')} replace />
}
