import type { StaffMember } from '../api/types.ts'
import { StateChip } from '../parts/StateChip.tsx'

/** Whether a person can get in. */
export function StaffState({ person }: { readonly person: StaffMember }) {
  const { disabled_at, has_password, has_identity, link_expires_at, signed_in_at } = person
  if (disabled_at !== undefined) return <StateChip state="disabled" />
  if (has_password || has_identity) return <StateChip state="enabled" tone="success" />
  if (link_expires_at === undefined) return <StateChip state="link_expired" tone="warning" />
  return signed_in_at === undefined ? (
    <StateChip state="invited" tone="info" />
  ) : (
    <StateChip state="link_sent" tone="info" />
  )
}
