import type { ReactNode } from 'react'
import { useRecordContext, useResourceContext } from 'react-admin'
import { recordLink } from '../format/links.ts'
import { AppLink } from './AppLink.tsx'

/** The cell of a list that names the row: a link to its page, for the keyboard and for a new tab. */
export function RowLink({ children }: { children: ReactNode }) {
  const resource = useResourceContext()
  const record = useRecordContext()
  if (resource === undefined || record === undefined) return children
  return <AppLink to={recordLink(resource, String(record.id))}>{children}</AppLink>
}
