import { recordLink } from '../format/links.ts'
import { AppLink } from './AppLink.tsx'

/** A fact that leads to a record's page; none where there is no such record. */
export function linkTo(resource: string, id: string | undefined, text?: string) {
  return id === undefined ? undefined : <AppLink to={recordLink(resource, id)}>{text ?? 'Open'}</AppLink>
}
