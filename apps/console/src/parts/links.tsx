import { Link } from '@mui/material'
import type { ReactNode } from 'react'
import { useRecordContext, useResourceContext } from 'react-admin'
import { Link as RouterLink } from 'react-router-dom'

/** The address of a list with these filters set. */
export function listLink(resource: string, filter: Readonly<Record<string, string>> = {}): string {
  if (Object.keys(filter).length === 0) return `/${resource}`
  return `/${resource}?${new URLSearchParams({ filter: JSON.stringify(filter), page: '1' })}`
}

/** The address of one record's page. */
export function recordLink(resource: string, id: string): string {
  return `/${resource}/${encodeURIComponent(id)}/show`
}

/** A link to another page of the console. */
export function AppLink({
  to,
  children,
  underline = 'always',
}: {
  to: string
  children: ReactNode
  /** A link within a text differs from it in more than its colour. */
  underline?: 'always' | 'hover'
}) {
  return (
    <Link component={RouterLink} to={to} underline={underline} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  )
}

/** A link to a record's page; none where there is no such record. */
export function linkTo(resource: string, id: string | undefined, text: string | undefined) {
  return id === undefined ? undefined : <AppLink to={recordLink(resource, id)}>{text ?? 'View'}</AppLink>
}

/** The cell that names a row: a link to the row's page, for the keyboard and for a new tab. */
export function RowLink({ children }: { children: ReactNode }) {
  const resource = useResourceContext()
  const record = useRecordContext()
  if (resource === undefined || record === undefined) return children
  return (
    <AppLink to={recordLink(resource, String(record.id))} underline="hover">
      {children}
    </AppLink>
  )
}
